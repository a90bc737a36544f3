package verify

import (
	"context"
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // these providers sign with HMAC-SHA1, which is not broken
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"mime"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

const maxFormFields = 1000

type twilioSettings struct {
	Common
	Secrets
}

var twilio = define(definition[twilioSettings]{
	key:   "twilio",
	title: Text{"Twilio", "Twilio"},
	doc:   Text{"The auth token of a Twilio account; X-Twilio-Signature is checked.", "Twilio 账号的 Auth Token；校验 X-Twilio-Signature。"},
	provider: Provider{
		Checks: Text{
			"HMAC-SHA1 over the URL and the form fields in order, or over the URL with the SHA-256 of another body in it.",
			"校验对地址与排序后表单字段的 HMAC-SHA1；其他请求体则校验地址中携带的 SHA-256。",
		},
		ID: []string{
			"{{$context.headers.i-twilio-idempotency-token}}",
			"{{$context.data.MessageSid}}:{{$context.data.MessageStatus}}",
			"{{$context.data.MessageSid}}:{{$context.data.SmsStatus}}",
		},
		Event:    []string{"{{$context.data.MessageStatus}}", "{{$context.data.SmsStatus}}", "{{$context.data.CallStatus}}"},
		Deadline: 15 * time.Second,
		Steps: []Text{
			{"Copy the Auth Token from Account Info in the Twilio Console and enter it as the secret here.", "在 Twilio Console 的 Account Info 中复制 Auth Token，在此填为密钥。"},
			{"Enter the URL of this endpoint at the phone number or messaging service, method HTTP POST.", "在电话号码或 Messaging Service 处填入此端点的地址，方法选 HTTP POST。"},
			{"Twilio signs the URL as you enter it: it must begin with the public URL of this server.", "Twilio 对所填地址签名：地址必须以本服务器的公开地址（public-url）开头。"},
		},
		Sources: []string{"https://www.twilio.com/docs/usage/security#validating-requests"},
	},
	prepare: func(_ *twilioSettings, tree *value.Tree) (plan[twilioSettings], []hookflow.Problem) {
		return plan[twilioSettings]{judge: judgeTwilio, sign: signTwilio, recipe: recipeTwilio}, checkSecrets(tree, "secret", "secrets")
	},
})

const twilioHeader = "X-Twilio-Signature"

func judgeTwilio(_ context.Context, req *Request, c *twilioSettings, v *Verdict) {
	signature, ok := readSHA1(req, twilioHeader, v)
	if !ok {
		return
	}
	fields, ok := twilioFields(req, v)
	if !ok {
		return
	}
	for _, address := range withAndWithoutPort(req.URL) {
		if signedForm(c.all(), address, fields, signature) {
			v.pass("signature", twilioHeader+" matches")
			return
		}
	}
	failForm(req, twilioHeader, v)
}

func signTwilio(s *Signed, c *twilioSettings) error {
	content, err := s.twilioContent()
	if err != nil {
		return err
	}
	return signForm(s, twilioHeader, content, c.all())
}

func recipeTwilio(s *Signed, _ *twilioSettings) *Recipe {
	content, err := s.twilioContent()
	if err != nil {
		return nil
	}
	return formRecipe(s.Request, twilioHeader, content)
}

// twilioContent is what is to be signed; the hash of a body that is no form goes into the URL.
func (s *Signed) twilioContent() (string, error) {
	if len(s.Body) > 0 && !s.isForm() {
		sum := sha256.Sum256(s.Body)
		s.setQuery("bodySHA256", hex.EncodeToString(sum[:]))
	}
	fields, ok := twilioFields(s.Request, &Verdict{})
	if !ok {
		return "", errForm
	}
	return s.URL + fields, nil
}

var errForm = errors.New("the body is no form that can be signed")

// signForm makes the base64 of the HMAC-SHA1 of a text.
func signForm(s *Signed, header, content string, secrets []string) error {
	if len(secrets) == 0 || secrets[0] == "" {
		return errNoSecret
	}
	mac := hmac.New(sha1.New, []byte(secrets[0]))
	mac.Write([]byte(content))
	s.proveInHeader(header, base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	return nil
}

// twilioFields is what is signed behind the URL: the form's fields, or nothing when the URL has the
// hash of the body.
func twilioFields(req *Request, v *Verdict) (string, bool) {
	if sums := req.query("bodySHA256"); len(sums) > 0 {
		sum := sha256.Sum256(req.Body)
		if !strings.EqualFold(sums[0], hex.EncodeToString(sum[:])) {
			v.failAs("signature_mismatch", "body", fmt.Sprintf("bodySHA256 is not that of these %d bytes", len(req.Body)), "See that no proxy changes the body.")
			return "", false
		}
		v.pass("body", "bodySHA256 is the SHA-256 of the body")
		return "", true
	}
	if len(req.Body) == 0 {
		return "", true
	}
	if !req.isForm() {
		v.failAs("missing_signature", "body", "the body is no form and the URL has no bodySHA256, so the body is not signed", "See that Twilio sends here, and that no proxy changes URL or Content-Type.")
		return "", false
	}
	return formContent(req, v)
}

// withAndWithoutPort are the spellings of a URL that Twilio may have signed.
func withAndWithoutPort(address string) []string {
	addresses := []string{address}
	scheme, rest, _ := strings.Cut(address, "://")
	port := map[string]string{"https": ":443", "http": ":80"}[scheme]
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	host, path := rest[:end], rest[end:]
	switch {
	case port == "":
	case strings.HasSuffix(host, port):
		addresses = append(addresses, scheme+"://"+strings.TrimSuffix(host, port)+path)
	case !strings.Contains(host[strings.LastIndexByte(host, ']')+1:], ":"):
		addresses = append(addresses, scheme+"://"+host+port+path)
	}
	return addresses
}

func (r *Request) isForm() bool {
	kind, _, _ := mime.ParseMediaType(first(r.header("Content-Type"))) // parameters may be wrong
	return kind == "application/x-www-form-urlencoded"
}

// readSHA1 reads the base64 of an HMAC-SHA1.
func readSHA1(req *Request, header string, v *Verdict) ([]byte, bool) {
	text := first(req.header(header))
	signature, err := base64.StdEncoding.DecodeString(text)
	switch {
	case text == "":
		v.failAs("missing_signature", "signature", "the header "+header+" is missing", "See that the provider sends here, and that no proxy removes headers.")
	case err != nil || len(signature) != sha1.Size:
		v.failAs("malformed_signature", "signature", "the header "+header+" does not hold an HMAC-SHA1 in base64", "See that the provider sends here.")
	default:
		return signature, true
	}
	return nil, false
}

func failForm(req *Request, header string, v *Verdict) {
	v.failAs("signature_mismatch", "signature", fmt.Sprintf("%s is not that of the URL %.300s and the fields with this secret", header, req.URL),
		"Compare the secret, and the URL with the one entered at the provider, to the last character; public-url makes its beginning.")
}

// signedForm reports whether one of the secrets made the HMAC-SHA1 of URL and fields.
func signedForm(secrets []string, address, fields string, signature []byte) bool {
	found := false
	for _, secret := range secrets {
		mac := hmac.New(sha1.New, []byte(secret))
		mac.Write([]byte(address + fields))
		same := Equal(mac.Sum(nil), signature)
		found = found || same && secret != ""
	}
	return found
}

// formContent is the form's names and values, sorted by name, each value once. What is signed has no
// marks between them, so a field may pass for another spelt from the same letters; that is the
// providers' rule.
func formContent(req *Request, v *Verdict) (string, bool) {
	fields, err := parseForm(string(req.Body))
	if err != nil {
		v.failAs("malformed_signature", "body", "the form "+err.Error(), "See that no proxy changes the body.")
		return "", false
	}
	slices.SortStableFunc(fields, func(a, b field) int {
		return strings.Compare(a.name+"\x00"+a.text, b.name+"\x00"+b.text)
	})
	var content strings.Builder
	for _, f := range slices.Compact(fields) {
		content.WriteString(f.name + f.text)
	}
	return content.String(), true
}

type field struct{ name, text string }

func parseForm(text string) ([]field, error) {
	var fields []field
	for pair := range strings.SplitSeq(text, "&") {
		if pair == "" {
			continue
		}
		if len(fields) == maxFormFields {
			return nil, fmt.Errorf("has more than %d fields", maxFormFields)
		}
		name, text, _ := strings.Cut(pair, "=")
		name, nameErr := url.QueryUnescape(name)
		text, textErr := url.QueryUnescape(text)
		if nameErr != nil || textErr != nil {
			return nil, errors.New("is not percent-encoded as it should be")
		}
		fields = append(fields, field{name, text})
	}
	return fields, nil
}
