package script

import (
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/des" //nolint:gosec // offered because receivers of old demand it
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/md5" //nolint:gosec // as above
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // as above
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"strings"
)

// digest is a hash function under its lower-case OpenSSL name.
type digest struct {
	new func() hash.Hash
	id  crypto.Hash
}

var digests = map[string]digest{
	"md5":        {md5.New, crypto.MD5},
	"sha1":       {sha1.New, crypto.SHA1},
	"sha224":     {sha256.New224, crypto.SHA224},
	"sha256":     {sha256.New, crypto.SHA256},
	"sha384":     {sha512.New384, crypto.SHA384},
	"sha512":     {sha512.New, crypto.SHA512},
	"sha512-224": {sha512.New512_224, crypto.SHA512_224},
	"sha512-256": {sha512.New512_256, crypto.SHA512_256},
	"sha3-224":   {func() hash.Hash { return sha3.New224() }, crypto.SHA3_224},
	"sha3-256":   {func() hash.Hash { return sha3.New256() }, crypto.SHA3_256},
	"sha3-384":   {func() hash.Hash { return sha3.New384() }, crypto.SHA3_384},
	"sha3-512":   {func() hash.Hash { return sha3.New512() }, crypto.SHA3_512},
}

var errDigest = errors.New("unsupported digest")

// findDigest knows OpenSSL's spellings: SHA256, sha-256, RSA-SHA256.
func findDigest(name string) (digest, error) {
	name = strings.TrimPrefix(strings.ToLower(name), "rsa-")
	d, ok := digests[name]
	if !ok {
		d, ok = digests[strings.Replace(name, "sha-", "sha", 1)]
	}
	if !ok {
		return digest{}, fmt.Errorf("%w: %s", errDigest, name)
	}
	return d, nil
}

// encodeDigest writes bytes in one of the encodings that need no Buffer.
func encodeDigest(data []byte, encoding string) string {
	switch encoding {
	case "hex":
		return hex.EncodeToString(data)
	case "base64url":
		return base64.RawURLEncoding.EncodeToString(data)
	}
	return encode64(data)
}

// hashData takes a digest's name, data and the encoding of the result. Without
// data it says whether there is such a digest.
func hashData(_ *realm, a args) (any, error) {
	d, err := findDigest(a.text(0))
	if len(a) == 1 {
		return err == nil, nil //nolint:nilerr // that is the answer
	}
	if err != nil {
		return nil, err
	}
	data, err := a.data(1)
	if err != nil {
		return nil, err
	}
	h := d.new()
	h.Write(data)
	return encodeDigest(h.Sum(nil), a.text(3)), nil
}

// hmacData takes a digest's name, a key, data and the encoding of the result.
func hmacData(_ *realm, a args) (any, error) {
	d, err := findDigest(a.text(0))
	if err != nil {
		return nil, err
	}
	key, err := a.data(1)
	if err != nil {
		return nil, err
	}
	data, err := a.data(3)
	if err != nil {
		return nil, err
	}
	h := hmac.New(d.new, key)
	h.Write(data)
	return encodeDigest(h.Sum(nil), a.text(5)), nil
}

const maxRandom = 16 << 20

func randomBytes(_ *realm, a args) (any, error) {
	n := a.number(0)
	if n < 0 || n > maxRandom {
		return nil, fmt.Errorf("at most %d random bytes at once", maxRandom)
	}
	data := make([]byte, n)
	_, _ = rand.Read(data) // never fails
	return encode64(data), nil
}

func timingSafeEqual(_ *realm, a args) (any, error) {
	x, err := a.bytes(0)
	if err != nil {
		return nil, err
	}
	y, err := a.bytes(1)
	if err != nil {
		return nil, err
	}
	return subtle.ConstantTimeCompare(x, y) == 1, nil
}

const (
	maxDerived    = 1 << 20
	maxIterations = 1 << 31
)

// pbkdf2Key takes a password, a salt, iterations, the key's length and a
// digest.
func pbkdf2Key(_ *realm, a args) (any, error) {
	password, err := a.bytes(0)
	if err != nil {
		return nil, err
	}
	salt, err := a.bytes(1)
	if err != nil {
		return nil, err
	}
	d, err := findDigest(a.text(4))
	if err != nil {
		return nil, err
	}
	iterations, length := a.number(2), a.number(3)
	if iterations < 1 || iterations >= maxIterations || length < 0 || length > maxDerived {
		return nil, errors.New("iterations or key length out of range")
	}
	if length == 0 {
		return "", nil
	}
	key, err := pbkdf2.Key(d.new, string(password), salt, iterations, length)
	return encode64(key), err
}

// hkdfKey takes a digest, a secret, a salt, an info and the key's length.
func hkdfKey(_ *realm, a args) (any, error) {
	d, err := findDigest(a.text(0))
	if err != nil {
		return nil, err
	}
	var in [3][]byte
	for i := range in {
		if in[i], err = a.bytes(1 + i); err != nil {
			return nil, err
		}
	}
	key, err := hkdf.Key(d.new, in[0], in[1], string(in[2]), a.number(4))
	return encode64(key), err
}

// blockCipher is one of OpenSSL's names taken apart: aes-256-cbc.
type blockCipher struct {
	block cipher.Block
	mode  string
}

var errCipher = errors.New("Unknown cipher") //nolint:revive,staticcheck // Node's words

func newBlockCipher(name string, key []byte) (blockCipher, error) {
	name = strings.ToLower(name)
	name = strings.TrimPrefix(name, "id-")
	var bits int
	var mode string
	if _, err := fmt.Sscanf(name, "aes-%3d-%s", &bits, &mode); err == nil {
		if len(key)*8 != bits {
			return blockCipher{}, errors.New("Invalid key length") //nolint:revive,staticcheck // Node's words
		}
		block, err := aes.NewCipher(key)
		return blockCipher{block, mode}, err
	}
	if mode, ok := strings.CutPrefix(name, "des-ede3-"); ok {
		block, err := des.NewTripleDESCipher(key) //nolint:gosec // receivers of old demand it
		return blockCipher{block, mode}, err
	}
	return blockCipher{}, errCipher
}

// cipherData takes a cipher's name, whether to encrypt, a key, an iv, all the
// data so far, whether that is all, whether to pad, the additional data and
// the expected tag. It returns all the output so far, and after a point the
// tag when it encrypts with GCM. It keeps nothing between calls, so the
// prelude passes the whole data each time and takes what is new.
func cipherData(_ *realm, a args) (any, error) {
	var in [3][]byte
	for i := range in {
		var err error
		if in[i], err = a.bytes(2 + i); err != nil {
			return nil, err
		}
	}
	c, err := newBlockCipher(a.text(0), in[0])
	if err != nil {
		return nil, err
	}
	encrypt, iv, data, last, pad := a.flag(1), in[1], in[2], a.flag(5), a.flag(6)
	switch c.mode {
	case "cbc", "ecb":
		return c.blocks(encrypt, iv, data, last, pad)
	case "ctr":
		return c.counter(iv, data)
	case "gcm":
		additional, err := a.bytes(7)
		if err != nil {
			return nil, err
		}
		tag, err := a.bytes(8)
		if err != nil {
			return nil, err
		}
		return c.authenticated(encrypt, iv, data, last, additional, tag)
	}
	return nil, errCipher
}

var errIV = errors.New("Invalid initialization vector") //nolint:revive,staticcheck // Node's words

func (c blockCipher) blocks(encrypt bool, iv, data []byte, last, pad bool) (any, error) {
	size := c.block.BlockSize()
	if (c.mode == "cbc") != (len(iv) == size) {
		return nil, errIV
	}
	whole := len(data) / size * size
	switch {
	case !last && !encrypt && pad && whole == len(data):
		whole = max(0, whole-size) // the last block may be padding
	case last && encrypt && pad:
		data = addPadding(data, size)
		whole = len(data)
	case last && whole != len(data), last && !encrypt && pad && whole == 0:
		return nil, errors.New("wrong final block length")
	}
	out := make([]byte, whole)
	c.crypt(encrypt, iv, out, data[:whole])
	if last && !encrypt && pad {
		var err error
		if out, err = removePadding(out, size); err != nil {
			return nil, err
		}
	}
	return encode64(out), nil
}

func (c blockCipher) crypt(encrypt bool, iv, out, data []byte) {
	switch {
	case c.mode == "cbc" && encrypt:
		cipher.NewCBCEncrypter(c.block, iv).CryptBlocks(out, data)
	case c.mode == "cbc":
		cipher.NewCBCDecrypter(c.block, iv).CryptBlocks(out, data)
	default:
		one := c.block.Decrypt
		if encrypt {
			one = c.block.Encrypt
		}
		for i := 0; i < len(data); i += c.block.BlockSize() {
			one(out[i:], data[i:])
		}
	}
}

func addPadding(data []byte, size int) []byte {
	n := size - len(data)%size
	return append(data, strings.Repeat(string(rune(n)), n)...)
}

func removePadding(data []byte, size int) ([]byte, error) {
	n := int(data[len(data)-1])
	if n == 0 || n > size || strings.Count(string(data[len(data)-n:]), string(rune(n))) != n {
		return nil, errors.New("bad decrypt")
	}
	return data[:len(data)-n], nil
}

func (c blockCipher) counter(iv, data []byte) (any, error) {
	if len(iv) != c.block.BlockSize() {
		return nil, errIV
	}
	out := make([]byte, len(data))
	cipher.NewCTR(c.block, iv).XORKeyStream(out, data)
	return encode64(out), nil
}

// authenticated is GCM. Its text is the same key stream in both directions, so
// sealing a cipher text gives the plain text that Node hands out before the
// tag is checked.
func (c blockCipher) authenticated(encrypt bool, iv, data []byte, last bool, additional, tag []byte) (any, error) {
	if len(iv) == 0 {
		return nil, errIV
	}
	gcm, err := cipher.NewGCMWithNonceSize(c.block, len(iv))
	if err != nil {
		return nil, err
	}
	sealed := gcm.Seal(nil, iv, data, additional)
	text, sum := sealed[:len(data)], sealed[len(data):]
	if encrypt {
		return encode64(text) + "." + encode64(sum), nil
	}
	if last {
		again := gcm.Seal(nil, iv, text, additional)
		if len(tag) == 0 || len(tag) > gcm.Overhead() || subtle.ConstantTimeCompare(again[len(data):][:len(tag)], tag) != 1 {
			return nil, errors.New("Unsupported state or unable to authenticate data") //nolint:revive,staticcheck // Node's words
		}
	}
	return encode64(text), nil
}
