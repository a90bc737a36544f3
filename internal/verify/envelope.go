package verify

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // the providers sign so
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

const (
	envelopeRandom = 16 // bytes before the length of a message
	envelopeBlock  = 32 // what a message is padded to, though AES has blocks of 16
)

// errDecrypt is every way in which a decryption fails: to tell them apart would help whoever tries
// ciphertexts until one fits.
var errDecrypt = errors.New("does not decrypt with this key")

// envelope is how callbacks of WeCom, WeChat and DingTalk travel. The ciphertext holds 16 random
// bytes, the length of the message, the message and whom it is for; the signature is over the
// sorted token, timestamp, nonce and ciphertext. See
// https://developer.work.weixin.qq.com/document/path/101033.
type envelope struct {
	token    string
	key      []byte
	receiver string
}

// newEnvelope takes the key as the providers write it. The name of its setting begins the error.
func newEnvelope(token, setting, key, receiver string) (*envelope, error) {
	decoded, err := parseEnvelopeKey(key)
	if err != nil {
		return nil, fmt.Errorf("%s %w", setting, err)
	}
	return &envelope{token, decoded, receiver}, nil
}

// parseEnvelopeKey reads 43 characters of base64, the padding of which is left out.
func parseEnvelopeKey(text string) ([]byte, error) {
	text = strings.TrimSuffix(text, "=")
	key, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil || len(key) != 32 {
		return nil, fmt.Errorf("should be 43 letters and digits, and has %d characters", len(text))
	}
	return key, nil
}

// checkEnvelopeKey is the check at save. A key that is a variable is not known then.
func checkEnvelopeKey(setting, key string) []hookflow.Problem {
	if key == "" {
		return nil
	}
	if _, err := parseEnvelopeKey(key); err != nil {
		return []hookflow.Problem{{Pointer: "/" + setting, Detail: err.Error()}}
	}
	return nil
}

// signSorted is the SHA-1 of the parts in the order of their bytes.
func signSorted(parts ...string) []byte {
	slices.Sort(parts)
	sum := sha1.Sum([]byte(strings.Join(parts, ""))) //nolint:gosec // the providers sign so
	return sum[:]
}

func (e *envelope) sign(timestamp, nonce, ciphertext string) []byte {
	return signSorted(e.token, timestamp, nonce, ciphertext)
}

// isHexOf reports whether a text is those bytes in hex, of either case.
func isHexOf(text string, sum []byte) bool {
	decoded, err := hex.DecodeString(text)
	return err == nil && Equal(decoded, sum)
}

// open gives the message in a ciphertext and whom it is for.
func (e *envelope) open(ciphertext string) (message []byte, receiver string, err error) {
	data, err := base64.StdEncoding.DecodeString(ciphertext)
	if err != nil {
		return nil, "", errDecrypt
	}
	text, err := decryptCBC(e.key, e.key[:aes.BlockSize], data, envelopeBlock)
	if err != nil || len(text) < envelopeRandom+4 {
		return nil, "", errDecrypt
	}
	size, text := binary.BigEndian.Uint32(text[envelopeRandom:]), text[envelopeRandom+4:]
	if uint64(size) > uint64(len(text)) {
		return nil, "", errDecrypt
	}
	return text[:size], string(text[size:]), nil
}

// close is the opposite of open.
func (e *envelope) close(message []byte) (ciphertext string) {
	text := make([]byte, envelopeRandom)
	_, _ = rand.Read(text) // it never fails

	text = binary.BigEndian.AppendUint32(text, uint32(len(message))) //nolint:gosec // answers are bounded far below 4 GiB
	text = append(append(text, message...), e.receiver...)
	padding := envelopeBlock - len(text)%envelopeBlock
	text = append(text, bytes.Repeat([]byte{byte(padding)}, padding)...)
	block, _ := aes.NewCipher(e.key) // its length was checked
	cipher.NewCBCEncrypter(block, e.key[:aes.BlockSize]).CryptBlocks(text, text)
	return base64.StdEncoding.EncodeToString(text)
}

// decryptCBC undoes AES-CBC and PKCS #7 padding to blocks of that many bytes.
func decryptCBC(key, iv, data []byte, size int) ([]byte, error) {
	block, err := aes.NewCipher(key)
	if err != nil || len(data) == 0 || len(data)%aes.BlockSize != 0 {
		return nil, errDecrypt
	}
	text := make([]byte, len(data))
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(text, data)
	padding := int(text[len(text)-1])
	if padding == 0 || padding > min(size, len(text)) {
		return nil, errDecrypt
	}
	text, padded := text[:len(text)-padding], text[len(text)-padding:]
	if bytes.Count(padded, padded[:1]) != padding {
		return nil, errDecrypt
	}
	return text, nil
}

// postmark is what the query says about an envelope.
type postmark struct {
	where                       string // the parameter that holds the signature
	signature, timestamp, nonce string
	unit                        string // of the timestamp
}

// take proves a ciphertext and opens it, or reports why not.
func (e *envelope) take(req *Request, mark postmark, ciphertext string, within Window, v *Verdict) (message []byte, ok bool) {
	const check = "signature"
	switch {
	case mark.signature == "":
		v.failAs("missing_signature", check, mark.where+" is missing", "See that the sender is set to encrypt what it sends, and that no proxy drops the query.")
		return nil, false
	case !isHexOf(mark.signature, e.sign(mark.timestamp, mark.nonce, ciphertext)):
		v.failAs("signature_mismatch", check, mark.where+" does not hold the signature of this message with this token", "Compare the token with the one at the sender.")
		return nil, false
	}
	v.pass(check, mark.where+" matches")
	if !within.judge(req.Now, mark.timestamp, mark.unit, v) {
		return nil, false
	}
	message, receiver, err := e.open(ciphertext)
	if err != nil {
		v.failAs("decryption_failed", "decryption", "the message "+err.Error(), "Compare the AES key with the one at the sender: the token is right, the key is another.")
		return nil, false
	}
	if !Equal([]byte(receiver), []byte(e.receiver)) {
		v.failAs("receiver_mismatch", "receiver", fmt.Sprintf("the message is for %.60q, expected %.60q", receiver, e.receiver),
			"Set the receiver's id to that of the app whose callbacks come here.")
		return nil, false
	}
	v.pass("decryption", fmt.Sprintf("decrypted, %d bytes for %.60q", len(message), receiver))
	return message, true
}

// maxEnvelopeTokens bounds how far into an XML document the ciphertext is looked for.
const maxEnvelopeTokens = 1000

// ciphertextOf finds the Encrypt of an XML body or the encrypt of a JSON one, "" for none.
func ciphertextOf(body []byte) (ciphertext string, isJSON bool) {
	if !startsWith(body, '{') {
		return childText(body, "Encrypt"), false
	}
	document, _ := value.Parse(body) // of what is no JSON every member is missing
	ciphertext, _ = document.Get("encrypt").Str()
	return ciphertext, true
}

func startsWith(text []byte, char byte) bool {
	text = bytes.TrimSpace(text)
	return len(text) > 0 && text[0] == char
}

// childText is the text of an element right below the root. No entity but XML's own five exists,
// and what comes after the element is not looked at.
func childText(document []byte, name string) string {
	decoder := xml.NewDecoder(bytes.NewReader(document))
	depth, found := 0, false
	var text strings.Builder
	for range maxEnvelopeTokens {
		token, err := decoder.RawToken()
		if err != nil {
			return ""
		}
		switch token := token.(type) {
		case xml.StartElement:
			depth++
			found = depth == 2 && token.Name.Local == name
		case xml.CharData:
			if found {
				text.Write(token)
			}
		case xml.EndElement:
			if found {
				return strings.TrimSpace(text.String())
			}
			depth--
		}
	}
	return ""
}

// sealed is an answer in its envelope.
type sealed struct{ ciphertext, signature, timestamp, nonce string }

func (e *envelope) seal(message []byte, timestamp string) sealed {
	s := sealed{ciphertext: e.close(message), timestamp: timestamp, nonce: rand.Text()[:16]}
	s.signature = hex.EncodeToString(e.sign(s.timestamp, s.nonce, s.ciphertext))
	return s
}

// xml is how WeCom and WeChat take an answer.
func (s sealed) xml() *hookflow.Response {
	return reply(http.StatusOK, "application/xml", fmt.Sprintf(
		"<xml><Encrypt><![CDATA[%s]]></Encrypt><MsgSignature><![CDATA[%s]]></MsgSignature><TimeStamp>%s</TimeStamp><Nonce><![CDATA[%s]]></Nonce></xml>",
		s.ciphertext, s.signature, s.timestamp, s.nonce))
}

// json is the same with the names that the provider has for ciphertext, signature, timestamp and
// nonce.
func (s sealed) json(ciphertext, signature, timestamp, nonce string) *hookflow.Response {
	var body value.Object
	body.Set(signature, value.String(s.signature)).Set(timestamp, value.String(s.timestamp)).
		Set(nonce, value.String(s.nonce)).Set(ciphertext, value.String(s.ciphertext))
	return replyJSON(body.Value())
}
