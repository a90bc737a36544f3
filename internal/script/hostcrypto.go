package script

import (
	"crypto"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/md5" //nolint:gosec // offered because receivers of old demand it
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
	length := a.number(4)
	if length < 0 || length > maxDerived {
		return nil, errors.New("key length out of range")
	}
	key, err := hkdf.Key(d.new, in[0], in[1], string(in[2]), length)
	return encode64(key), err
}
