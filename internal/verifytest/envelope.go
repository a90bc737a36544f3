package verifytest

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha1" //nolint:gosec // the providers sign so
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// SealEnvelope encrypts a message as WeCom and DingTalk describe it, with no
// help from the code under test.
func SealEnvelope(t testing.TB, key, message, receiver string) string {
	t.Helper()
	text := bytes.NewBufferString("0123456789abcdef")
	if err := binary.Write(text, binary.BigEndian, int32(len(message))); err != nil { //nolint:gosec // a test's message is short
		t.Fatal(err)
	}
	text.WriteString(message + receiver)
	padding := 32 - text.Len()%32
	text.WriteString(strings.Repeat(string(rune(padding)), padding))
	return EncryptEnvelope(t, key, text.Bytes())
}

// EncryptEnvelope encrypts text that need not be a message.
func EncryptEnvelope(t testing.TB, key string, text []byte) string {
	t.Helper()
	secret, block := envelopeCipher(t, key)
	sealed := make([]byte, len(text))
	cipher.NewCBCEncrypter(block, secret[:16]).CryptBlocks(sealed, text)
	return base64.StdEncoding.EncodeToString(sealed)
}

// OpenEnvelope is the opposite of SealEnvelope.
func OpenEnvelope(t testing.TB, key, ciphertext, receiver string) string {
	t.Helper()
	text, err := base64.StdEncoding.DecodeString(ciphertext)
	if err != nil || len(text)%32 != 0 {
		t.Fatalf("%d bytes: %v", len(text), err)
	}
	secret, block := envelopeCipher(t, key)
	cipher.NewCBCDecrypter(block, secret[:16]).CryptBlocks(text, text)
	text = text[:len(text)-int(text[len(text)-1])]
	size := 20 + binary.BigEndian.Uint32(text[16:20])
	if got := string(text[size:]); got != receiver {
		t.Errorf("the message is for %q, want %q", got, receiver)
	}
	return string(text[20:size])
}

func envelopeCipher(t testing.TB, key string) ([]byte, cipher.Block) {
	t.Helper()
	secret, err := base64.StdEncoding.DecodeString(key + "=")
	if err != nil {
		t.Fatal(err)
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		t.Fatal(err)
	}
	return secret, block
}

// SignEnvelope is the signature over the token and what stands around it.
func SignEnvelope(parts ...string) string {
	return fmt.Sprintf("%x", sha1.Sum([]byte(strings.Join(slices.Sorted(slices.Values(parts)), "")))) //nolint:gosec // the providers sign so
}

// OpenDingtalk checks the signature of an answer to DingTalk and decrypts it.
func OpenDingtalk(t testing.TB, answer []byte, token, key, owner string) string {
	t.Helper()
	var body struct {
		Signature string `json:"msg_signature"`
		TimeStamp string `json:"timeStamp"`
		Nonce     string `json:"nonce"`
		Encrypt   string `json:"encrypt"`
	}
	if err := json.Unmarshal(answer, &body); err != nil {
		t.Fatal(err)
	}
	if want := SignEnvelope(token, body.TimeStamp, body.Nonce, body.Encrypt); body.Signature != want || len(body.Nonce) != 16 || len(body.TimeStamp) != 13 {
		t.Errorf("the answer is signed wrongly: %+v", body)
	}
	return OpenEnvelope(t, key, body.Encrypt, owner)
}
