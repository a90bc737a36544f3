package script

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/des" //nolint:gosec // offered because receivers of old demand it
	"crypto/subtle"
	"errors"
	"fmt"
	"strings"
)

// blockCipher is one of OpenSSL's names taken apart: aes-256-cbc.
type blockCipher struct {
	block cipher.Block
	mode  string
}

var errCipher = errors.New("Unknown cipher") //nolint:staticcheck // Node's words

func newBlockCipher(name string, key []byte) (blockCipher, error) {
	name = strings.ToLower(name)
	name = strings.TrimPrefix(name, "id-")
	var bits int
	var mode string
	if _, err := fmt.Sscanf(name, "aes-%3d-%s", &bits, &mode); err == nil {
		if len(key)*8 != bits {
			return blockCipher{}, errors.New("Invalid key length") //nolint:staticcheck // Node's words
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

var errIV = errors.New("Invalid initialization vector") //nolint:staticcheck // Node's words

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
	return append(data, bytes.Repeat([]byte{byte(n)}, n)...) //nolint:gosec // a block is 16 bytes
}

func removePadding(data []byte, size int) ([]byte, error) {
	n := int(data[len(data)-1])
	if n == 0 || n > size || !bytes.Equal(data[len(data)-n:], bytes.Repeat(data[len(data)-1:], n)) {
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
			return nil, errors.New("Unsupported state or unable to authenticate data") //nolint:staticcheck // Node's words
		}
	}
	return encode64(text), nil
}
