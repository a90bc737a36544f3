package secret

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
)

const (
	keySize = 32
	// KeyFile is the name of the key file inside the data directory.
	KeyFile = "secret.key"

	sealVersion = 1
	nonceSize   = 12
	sealedMin   = 1 + nonceSize + 16 // the version, the nonce and GCM's tag
)

// Key encrypts values at rest with AES-256-GCM. It does not print.
type Key struct {
	raw  []byte
	aead cipher.AEAD
	// before is the key that this one is to replace, while a rotation has begun and not ended.
	before *Key
}

// ErrSealed is the cause when a value cannot be opened: it was sealed with another key, under another
// name, or was changed since.
var ErrSealed = errors.New("sealed with another key, or damaged")

// ParseKey reads a key of 32 bytes written in base64 (either alphabet, padded or not) or hex.
func ParseKey(text string) (*Key, error) {
	text = strings.TrimSpace(text)
	decoders := []func(string) ([]byte, error){
		hex.DecodeString,
		base64.StdEncoding.DecodeString, base64.RawStdEncoding.DecodeString,
		base64.URLEncoding.DecodeString, base64.RawURLEncoding.DecodeString,
	}
	for _, decode := range decoders {
		if raw, err := decode(text); err == nil && len(raw) == keySize {
			return newKey(raw)
		}
	}
	return nil, errors.New("a secret key is 32 bytes in base64 or hex, such as `openssl rand -base64 32` prints")
}

func newKey(raw []byte) (*Key, error) {
	block, err := aes.NewCipher(raw)
	if err != nil {
		return nil, fmt.Errorf("secret key: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("secret key: %w", err)
	}
	return &Key{raw: raw, aead: aead}, nil
}

// NewKey makes a key.
func NewKey() *Key {
	raw := make([]byte, keySize)
	rand.Read(raw) // never fails: it ends the program instead
	key, err := newKey(raw)
	if err != nil {
		panic(err) // the size is right
	}
	return key
}

// Reveal writes the key as ParseKey reads it.
func (k *Key) Reveal() string { return base64.StdEncoding.EncodeToString(k.raw) }

// LoadKey reads the key from setting (HOOKFLOW_SECRET_KEY) or, when that is empty, from the key file
// in dir, which is made on the first start. A key file that others can read is closed to them, with
// a warning.
func LoadKey(setting, dir string, log *slog.Logger) (*Key, error) {
	if setting != "" {
		key, err := ParseKey(setting)
		if err != nil {
			return nil, fmt.Errorf("HOOKFLOW_SECRET_KEY: %w", err)
		}
		return key, nil
	}
	path := filepath.Join(dir, KeyFile)
	text, err := readKeyFile(path, log)
	if errors.Is(err, fs.ErrNotExist) {
		if err = createKeyFile(path); err == nil {
			text, err = readKeyFile(path, log)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("secret key file: %w", err)
	}
	key, err := parseKeyFile(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return key, nil
}

// parseKeyFile reads the key and, on a second line, the one that it is to replace.
func parseKeyFile(text string) (*Key, error) {
	first, second, rotating := strings.Cut(strings.TrimSpace(text), "\n")
	key, err := ParseKey(first)
	if err == nil && rotating {
		key.before, err = ParseKey(second)
	}
	return key, err
}

func readKeyFile(path string, log *slog.Logger) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		if err := os.Chmod(path, 0o600); err != nil {
			return "", err
		}
		log.Warn("the secret key file could be read by others; its mode is 0600 now", "file", path, "was", mode)
	}
	text, err := os.ReadFile(path) //nolint:gosec // the path is the operator's own data directory
	return string(text), err
}

// createKeyFile links a new key into place, so that of two first starts one wins.
func createKeyFile(path string) error {
	return writeKeyFile(path, []*Key{NewKey()}, func(made string) error {
		if err := os.Link(made, path); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
		return nil
	})
}

// replaceKeyFile puts other keys in the place of the file.
func replaceKeyFile(path string, keys ...*Key) error {
	return writeKeyFile(path, keys, func(made string) error { return os.Rename(made, path) })
}

// writeKeyFile writes keys beside path and has place put the file there, so that a crash leaves no
// half a key.
func writeKeyFile(path string, keys []*Key, place func(made string) error) error {
	file, err := os.CreateTemp(filepath.Dir(path), KeyFile+".*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) //nolint:errcheck // in its place by now, or a key that seals nothing
	for _, key := range keys {
		_, failure := io.WriteString(file, key.Reveal()+"\n")
		err = errors.Join(err, failure)
	}
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := place(file.Name()); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// syncDir makes what was put into a directory durable.
func syncDir(path string) error {
	dir, err := os.Open(path) //nolint:gosec // the operator's own data directory
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// Seal encrypts plain under name, which Open must be given again: a sealed value cannot be moved to
// another name. The first byte is the version of the form.
func (k *Key) Seal(name string, plain []byte) []byte {
	sealed := make([]byte, 1+nonceSize, sealedMin+len(plain))
	sealed[0] = sealVersion
	rand.Read(sealed[1:])
	return k.aead.Seal(sealed, sealed[1:], plain, []byte(name))
}

// Open decrypts what Seal returned for name.
func (k *Key) Open(name string, sealed []byte) ([]byte, error) {
	if len(sealed) < sealedMin || sealed[0] != sealVersion {
		return nil, fmt.Errorf("open secret %s: %w", name, ErrSealed)
	}
	plain, err := k.aead.Open(nil, sealed[1:1+nonceSize], sealed[1+nonceSize:], []byte(name))
	if err != nil {
		return nil, fmt.Errorf("open secret %s: %w", name, ErrSealed)
	}
	return plain, nil
}

// Format prints Mask for every verb.
func (*Key) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, Mask) }

// MarshalText writes Mask, to JSON too.
func (*Key) MarshalText() ([]byte, error) { return []byte(Mask), nil }

// LogValue logs Mask.
func (*Key) LogValue() slog.Value { return slog.StringValue(Mask) }
