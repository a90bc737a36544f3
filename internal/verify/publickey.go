package verify

import (
	"crypto"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"strings"
)

var errPublicKey = errors.New("is no public key: PEM, the base64 of its DER, or the 32 bytes of an Ed25519 key in hex or base64 is wanted")

// parsePublicKey reads a public key as providers show it: PEM (also of a certificate), the base64
// of a SubjectPublicKeyInfo, or the bare bytes of an Ed25519 key in hex or base64, these also after
// the prefix whpk_ of Standard Webhooks.
func parsePublicKey(text string) (crypto.PublicKey, error) {
	text = strings.TrimSpace(text)
	if block, _ := pem.Decode([]byte(text)); block != nil {
		return parsePublicBlock(block)
	}
	text = strings.Join(strings.Fields(strings.TrimPrefix(text, "whpk_")), "")
	if raw, err := hex.DecodeString(text); err == nil && len(raw) == ed25519.PublicKeySize {
		return ed25519.PublicKey(raw), nil
	}
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, errPublicKey
	}
	if len(raw) == ed25519.PublicKeySize {
		return ed25519.PublicKey(raw), nil
	}
	return parsePublicDER(raw)
}

func parsePublicBlock(block *pem.Block) (crypto.PublicKey, error) {
	if block.Type == "CERTIFICATE" {
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, errPublicKey
		}
		return certificate.PublicKey, nil
	}
	return parsePublicDER(block.Bytes)
}

func parsePublicDER(der []byte) (crypto.PublicKey, error) {
	if public, err := x509.ParsePKIXPublicKey(der); err == nil {
		return public, nil
	}
	if public, err := x509.ParsePKCS1PublicKey(der); err == nil {
		return public, nil
	}
	return nil, errPublicKey
}
