package verify

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"errors"
)

var errNotRSA = errors.New("is a public key, but none of RSA")

// parseRSAKey reads an RSA public key as providers show it.
func parseRSAKey(text string) (*rsa.PublicKey, error) {
	public, err := parsePublicKey(text)
	if err != nil {
		return nil, err
	}
	key, ok := public.(*rsa.PublicKey)
	if !ok {
		return nil, errNotRSA
	}
	return key, nil
}

// signedRSA reports whether a signature is RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017) over a message.
func signedRSA(key *rsa.PublicKey, message, signature []byte) bool {
	sum := sha256.Sum256(message)
	return rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], signature) == nil
}
