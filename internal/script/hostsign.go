package script

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
)

// paddingPSS is RSA_PKCS1_PSS_PADDING of Node's crypto.constants; any other
// padding is PKCS #1 v1.5.
const paddingPSS = 6

var errKey = errors.New("not a PEM key of RSA, ECDSA or Ed25519")

// signData takes a digest's name (any for Ed25519), data, a PEM key, a padding
// and whether an ECDSA signature is raw (r and s) instead of DER.
func signData(_ *realm, a args) (any, error) {
	data, err := a.bytes(1)
	if err != nil {
		return nil, err
	}
	key, err := privateKey(a.text(2))
	if err != nil {
		return nil, err
	}
	if key, ok := key.(ed25519.PrivateKey); ok {
		return encode64(ed25519.Sign(key, data)), nil
	}
	id, sum, err := digestOf(a.text(0), data)
	if err != nil {
		return nil, err
	}
	var signature []byte
	switch key := key.(type) {
	case *rsa.PrivateKey:
		signature, err = signRSA(key, id, sum, a.number(3))
	case *ecdsa.PrivateKey:
		signature, err = signECDSA(key, sum, a.flag(4))
	default:
		err = errKey
	}
	return encode64(signature), err
}

func digestOf(name string, data []byte) (crypto.Hash, []byte, error) {
	d, err := findDigest(name)
	if err != nil {
		return 0, nil, err
	}
	h := d.new()
	h.Write(data)
	return d.id, h.Sum(nil), nil
}

func signRSA(key *rsa.PrivateKey, id crypto.Hash, sum []byte, padding int) ([]byte, error) {
	if padding == paddingPSS {
		return rsa.SignPSS(rand.Reader, key, id, sum, nil)
	}
	return rsa.SignPKCS1v15(rand.Reader, key, id, sum)
}

func signECDSA(key *ecdsa.PrivateKey, sum []byte, raw bool) ([]byte, error) {
	if !raw {
		return ecdsa.SignASN1(rand.Reader, key, sum)
	}
	r, s, err := ecdsa.Sign(rand.Reader, key, sum)
	if err != nil {
		return nil, err
	}
	half := (key.Params().N.BitLen() + 7) / 8
	out := make([]byte, 2*half)
	r.FillBytes(out[:half])
	s.FillBytes(out[half:])
	return out, nil
}

// verifySignature takes what signData takes and the signature, and reports
// whether it is good.
func verifySignature(_ *realm, a args) (any, error) {
	data, err := a.bytes(1)
	if err != nil {
		return nil, err
	}
	signature, err := a.bytes(5)
	if err != nil {
		return nil, err
	}
	key, err := publicKey(a.text(2))
	if err != nil {
		return nil, err
	}
	if key, ok := key.(ed25519.PublicKey); ok {
		return ed25519.Verify(key, data, signature), nil
	}
	id, sum, err := digestOf(a.text(0), data)
	if err != nil {
		return nil, err
	}
	switch key := key.(type) {
	case *rsa.PublicKey:
		if a.number(3) == paddingPSS {
			return rsa.VerifyPSS(key, id, sum, signature, nil) == nil, nil
		}
		return rsa.VerifyPKCS1v15(key, id, sum, signature) == nil, nil
	case *ecdsa.PublicKey:
		return verifyECDSA(key, sum, signature, a.flag(4)), nil
	}
	return nil, errKey
}

func verifyECDSA(key *ecdsa.PublicKey, sum, signature []byte, raw bool) bool {
	if raw {
		half := len(signature) / 2
		pair := struct{ R, S *big.Int }{new(big.Int).SetBytes(signature[:half]), new(big.Int).SetBytes(signature[half:])}
		der, err := asn1.Marshal(pair)
		if err != nil {
			return false
		}
		signature = der
	}
	return ecdsa.VerifyASN1(key, sum, signature)
}

func privateKey(text string) (any, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, errKey
	}
	switch block.Type {
	case "RSA PRIVATE KEY":
		return x509.ParsePKCS1PrivateKey(block.Bytes)
	case "EC PRIVATE KEY":
		return x509.ParseECPrivateKey(block.Bytes)
	case "PRIVATE KEY":
		return x509.ParsePKCS8PrivateKey(block.Bytes)
	}
	return nil, fmt.Errorf("%w: %s", errKey, block.Type)
}

// publicKey reads a public key, a certificate's or, as Node does, a private
// key's.
func publicKey(text string) (any, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, errKey
	}
	switch block.Type {
	case "PUBLIC KEY":
		return x509.ParsePKIXPublicKey(block.Bytes)
	case "RSA PUBLIC KEY":
		return x509.ParsePKCS1PublicKey(block.Bytes)
	case "CERTIFICATE":
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, err
		}
		return certificate.PublicKey, nil
	}
	key, err := privateKey(text)
	if err != nil {
		return nil, err
	}
	pair, ok := key.(interface{ Public() crypto.PublicKey })
	if !ok {
		return nil, errKey
	}
	return pair.Public(), nil
}
