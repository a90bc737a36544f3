package verify

import (
	"bytes"
	"cmp"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // some providers sign with HMAC-SHA1, which is not broken
	"crypto/sha256"
	"crypto/sha512"
	"errors"
	"fmt"
	"hash"
	"io"
	"math/big"
	"strings"
)

// method is how a key makes signatures.
type method interface {
	// key reads one as it is written in the settings; nil is none at all.
	key(written string) (*key, error)
	// signed reports whether the key made one of the signatures over what write writes.
	signed(k *key, write func(io.Writer), signatures [][]byte) bool
	String() string
}

// key is a key as it is written and as it signs.
type key struct {
	written string
	bytes   []byte
	public  crypto.PublicKey
}

// MAC is how a shared secret signs.
type MAC struct {
	Kind           string `json:"kind,omitempty" literal:"true" enum:"hmac,digest" default:"hmac" doc:"An HMAC, or the plain digest of a content that holds {secret}" zh:"HMAC，或对含有 {secret} 的内容直接取摘要"`
	Algorithm      string `json:"algorithm,omitempty" literal:"true" enum:"sha1,sha256,sha384,sha512" default:"sha256" doc:"Hash" zh:"哈希算法"`
	SecretEncoding string `json:"secretEncoding,omitempty" literal:"true" enum:"utf8,hex,base64,base64url" default:"utf8" doc:"How the secret is written" zh:"密钥的编码"`
	SecretPrefix   string `json:"secretPrefix,omitempty" literal:"true" doc:"What stands before the secret and is no part of it, such as whsec_" zh:"密钥的前缀，如 whsec_"`
}

var hashes = map[string]func() hash.Hash{
	"sha1": sha1.New, "sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New,
}

func (m MAC) complete() MAC {
	m.Kind = cmp.Or(m.Kind, "hmac")
	m.Algorithm = cmp.Or(m.Algorithm, "sha256")
	m.SecretEncoding = cmp.Or(m.SecretEncoding, "utf8")
	return m
}

func (m MAC) key(written string) (*key, error) {
	decoded, err := decodings[m.SecretEncoding](strings.TrimPrefix(written, m.SecretPrefix))
	if err != nil {
		return nil, fmt.Errorf("is not written in %s", m.SecretEncoding)
	}
	if len(decoded) == 0 {
		return nil, nil
	}
	return &key{written: written, bytes: decoded}, nil
}

func (m MAC) signed(k *key, write func(io.Writer), signatures [][]byte) bool {
	sum := m.sum(k, write)
	found := false
	for _, signature := range signatures {
		same := Equal(sum, signature)
		found = found || same
	}
	return found
}

func (m MAC) sum(k *key, write func(io.Writer)) []byte {
	digest := hashes[m.Algorithm]()
	if m.Kind == "hmac" {
		digest = hmac.New(hashes[m.Algorithm], k.bytes)
	}
	write(digest)
	return digest.Sum(nil)
}

func (m MAC) String() string {
	if m.Kind == "hmac" {
		return "HMAC-" + strings.ToUpper(m.Algorithm)
	}
	return strings.Replace(m.Algorithm, "sha", "SHA-", 1)
}

// publicKeyMethod is how a private key signs whose public key is known.
type publicKeyMethod struct{ algorithm string }

var errKeyType = errors.New("is a key for another algorithm")

func (m publicKeyMethod) key(written string) (*key, error) {
	if strings.TrimSpace(written) == "" {
		return nil, nil
	}
	public, err := parsePublicKey(written)
	if err != nil {
		return nil, err
	}
	if !m.takes(public) {
		return nil, errKeyType
	}
	return &key{written: written, public: public}, nil
}

func (m publicKeyMethod) takes(public crypto.PublicKey) bool {
	switch public := public.(type) {
	case ed25519.PublicKey:
		return m.algorithm == "ed25519"
	case *ecdsa.PublicKey:
		return m.algorithm == "ecdsa-p256-sha256" && public.Curve == elliptic.P256()
	case *rsa.PublicKey:
		return strings.HasPrefix(m.algorithm, "rsa-")
	default:
		return false
	}
}

func (m publicKeyMethod) signed(k *key, write func(io.Writer), signatures [][]byte) bool {
	var message bytes.Buffer
	write(&message)
	for _, signature := range signatures {
		if m.verify(k.public, message.Bytes(), signature) {
			return true
		}
	}
	return false
}

func (m publicKeyMethod) verify(public crypto.PublicKey, message, signature []byte) bool {
	switch public := public.(type) {
	case ed25519.PublicKey:
		return ed25519.Verify(public, message, signature)
	case *ecdsa.PublicKey:
		sum := sha256.Sum256(message)
		return ecdsa.VerifyASN1(public, sum[:], signature) || verifyRaw(public, sum[:], signature)
	case *rsa.PublicKey:
		if m.algorithm == "rsa-pss-sha512" {
			sum := sha512.Sum512(message)
			return rsa.VerifyPSS(public, crypto.SHA512, sum[:], signature, nil) == nil
		}
		sum := sha256.Sum256(message)
		return rsa.VerifyPKCS1v15(public, crypto.SHA256, sum[:], signature) == nil
	default:
		return false
	}
}

// verifyRaw takes an ECDSA signature as the two numbers one after the other (IEEE P1363).
func verifyRaw(public *ecdsa.PublicKey, sum, signature []byte) bool {
	half := (public.Curve.Params().BitSize + 7) / 8
	return len(signature) == 2*half &&
		ecdsa.Verify(public, sum, new(big.Int).SetBytes(signature[:half]), new(big.Int).SetBytes(signature[half:]))
}

func (m publicKeyMethod) String() string {
	return map[string]string{
		"ed25519": "Ed25519", "ecdsa-p256-sha256": "ECDSA P-256 SHA-256",
		"rsa-pkcs1-sha256": "RSA PKCS #1 SHA-256", "rsa-pss-sha512": "RSA-PSS SHA-512",
	}[m.algorithm]
}
