package script

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"testing"
)

// Keys are made here, so the signatures differ with every run; that Go
// verifies them is what makes them right.
func TestSignatures(t *testing.T) {
	t.Parallel()
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	ecKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	edPublic, edKey, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	pool := newTestPool(t, Options{})
	for _, c := range []struct {
		name            string
		private, public any
		algorithm       string
		options         string
	}{
		{"RSA", rsaKey, rsaKey.Public(), `"RSA-SHA256"`, `{}`},
		{"RSA-PSS", rsaKey, rsaKey.Public(), `"sha512"`, `{"padding":6}`},
		{"ECDSA", ecKey, ecKey.Public(), `"SHA256"`, `{}`},
		{"ECDSA, raw", ecKey, ecKey.Public(), `"SHA256"`, `{"dsaEncoding":"ieee-p1363"}`},
		{"Ed25519", edKey, edPublic, `null`, `{}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			params := marshal(t, map[string]any{
				"key": privatePEM(t, c.private), "publicKey": publicPEM(t, c.public),
				"algorithm": json.RawMessage(c.algorithm), "options": json.RawMessage(c.options),
			})
			result, err := pool.Run(t.Context(), Run{Params: params, Code: `
				const crypto = require('crypto');
				const data = Buffer.from('données');
				const signature = crypto.sign(algorithm, data, {key, ...options});
				const good = crypto.verify(algorithm, data, {key: publicKey, ...options}, signature);
				const bad = crypto.verify(algorithm, Buffer.from('other'), {key: publicKey, ...options}, signature);
				const streamed = algorithm === null || crypto.createVerify(algorithm).update('donn').update('ées')
					.verify({key: publicKey, ...options}, signature.toString('base64'), 'base64');
				return [good, bad, streamed]`})
			if err != nil || string(result.Value) != "[true,false,true]" {
				t.Errorf("got %s, %v", result.Value, err)
			}
		})
	}
}

func marshal(t *testing.T, value any) []byte {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func privatePEM(t *testing.T, key any) string {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
}

func publicPEM(t *testing.T, key any) string {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}
