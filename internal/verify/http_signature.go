package verify

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dunglas/httpsfv"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

const maxHTTPSignatures = 10 // of one request that are looked at

type httpSignatureSettings struct {
	Common
	Window
	Keys               map[string]httpKey `json:"keys" required:"true" min:"1" max:"20" doc:"Keys of the sender by their keyid" zh:"发送方的密钥，以 keyid 为名"`
	RequiredComponents []string           `json:"requiredComponents,omitempty" literal:"true" max:"30" doc:"What must be signed; default @method, @authority, @path and, with a body, content-digest" zh:"必须签名的组件；默认 @method、@authority、@path，有请求体时还包括 content-digest"`
}

type httpKey struct {
	Algorithm      string `json:"alg" required:"true" literal:"true" enum:"hmac-sha256,ed25519,ecdsa-p256-sha256,ecdsa-p384-sha384,rsa-v1_5-sha256,rsa-pss-sha512" doc:"Algorithm of the key" zh:"该密钥的算法"`
	Secret         string `json:"secret,omitempty" secret:"true" doc:"Shared secret, for hmac-sha256" zh:"共享密钥，用于 hmac-sha256"`
	SecretEncoding string `json:"secretEncoding,omitempty" literal:"true" enum:"utf8,hex,base64,base64url" default:"utf8" doc:"How the secret is written" zh:"密钥的编码"`
	PublicKey      string `json:"publicKey,omitempty" ui:"textarea" doc:"Public key in PEM, for the other algorithms" zh:"公钥（PEM），用于其他算法"`
}

const hmacSHA256 = "hmac-sha256"

var defaultComponents = []string{"@method", "@authority", "@path", "content-digest"}

// httpSignature is RFC 9421 with the digests of RFC 9530.
var httpSignature = define(definition[httpSignatureSettings]{
	key:   "http_signature",
	title: Text{"HTTP message signature", "HTTP 消息签名"},
	doc:   Text{"Signature and Signature-Input of RFC 9421, over chosen parts of the request.", "RFC 9421 的 Signature 与 Signature-Input，对请求的指定部分签名。"},
	provider: Provider{
		Checks: Text{
			"The signature by a known key, what it covers, when it was created, and the Content-Digest of the body.",
			"校验已知密钥的签名、签名覆盖的组件、创建时间以及请求体的 Content-Digest。",
		},
		Steps: []Text{
			{
				"Give the sender this endpoint's URL.",
				"将本端点的 URL 填入发送方。",
			},
			{
				"Enter the sender's key here under its keyid in `keys`: a shared secret, or its public key.",
				"在此的 `keys` 中以 keyid 为名填写发送方的密钥：共享密钥或其公钥。",
			},
			{
				"Have the sender sign at least @method, @authority, @path and content-digest, with the time of creation.",
				"让发送方至少签名 @method、@authority、@path 与 content-digest，并带上创建时间。",
			},
		},
		Sources: []string{"https://www.rfc-editor.org/rfc/rfc9421", "https://www.rfc-editor.org/rfc/rfc9530"},
	},
	prepare: func(c *httpSignatureSettings, tree *value.Tree) (plan[httpSignatureSettings], []hookflow.Problem) {
		if _, given := member(tree, "over"); !given {
			c.Over = "wire" // Content-Digest is of the content as it was sent, RFC 9530, section 2
		}
		p := plan[httpSignatureSettings]{judge: judgeHTTPSignature}
		if c.shared() != "" {
			p.sign = signHTTP
		}
		return p, checkHTTPKeys(c, tree)
	},
})

func member(tree *value.Tree, name string) (*value.Tree, bool) {
	for n, t := range tree.Members() {
		if n == name {
			return t, true
		}
	}
	return nil, false
}

func checkHTTPKeys(c *httpSignatureSettings, tree *value.Tree) []hookflow.Problem {
	var problems []hookflow.Problem
	keys, _ := member(tree, "keys")
	for _, id := range slices.Sorted(maps.Keys(c.Keys)) {
		written, _ := member(keys, id)
		name := "publicKey"
		if c.Keys[id].Algorithm == hmacSHA256 {
			name = "secret"
		}
		pointer := "/keys/" + hookflow.EscapePointer(id) + "/" + name
		if key, given := member(written, name); !given {
			problems = append(problems, hookflow.Problem{Pointer: pointer, Detail: "is required with " + c.Keys[id].Algorithm})
		} else if _, err := c.Keys[id].verifier(); err != nil && key.IsStatic() {
			problems = append(problems, hookflow.Problem{Pointer: pointer, Detail: err.Error()})
		}
	}
	return problems
}

// shared is the id of a key that the sender shares, "" when there is none.
func (c *httpSignatureSettings) shared() string {
	for _, id := range slices.Sorted(maps.Keys(c.Keys)) {
		if c.Keys[id].Algorithm == hmacSHA256 {
			return id
		}
	}
	return ""
}

// signHTTP signs what must be signed with the first key that is shared.
func signHTTP(s *Signed, c *httpSignatureSettings) error {
	id := c.shared()
	secret, err := decodings[c.Keys[id].SecretEncoding](c.Keys[id].Secret)
	if err != nil || len(secret) == 0 {
		return errNoSecret
	}
	components := c.RequiredComponents
	if components == nil {
		components = defaultComponents
	}
	if len(s.Body) > 0 {
		sum := sha256.Sum256(s.Body)
		s.setHeader("Content-Digest", "sha-256=:"+base64.StdEncoding.EncodeToString(sum[:])+":")
	} else {
		components = slices.DeleteFunc(slices.Clone(components), func(name string) bool { return name == "content-digest" })
	}
	covered := httpsfv.InnerList{Params: httpsfv.NewParams()}
	for _, name := range components {
		covered.Items = append(covered.Items, httpsfv.NewItem(name))
	}
	covered.Params.Add("created", s.Now.Unix())
	covered.Params.Add("keyid", id)
	base, err := signatureBase(s.Request, covered)
	if err != nil {
		return err
	}
	input, err := httpsfv.Marshal(covered)
	if err != nil {
		return fmt.Errorf("write Signature-Input: %w", err)
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(base))
	s.setHeader("Signature-Input", "sig1="+input)
	s.proveInHeader("Signature", "sig1=:"+base64.StdEncoding.EncodeToString(mac.Sum(nil))+":")
	return nil
}

func judgeHTTPSignature(_ context.Context, req *Request, c *httpSignatureSettings, v *Verdict) {
	const check = "signature"
	lines, signatureLines := req.header("Signature-Input"), req.header("Signature")
	if len(lines) == 0 || len(signatureLines) == 0 {
		v.failAs("missing_signature", check, "the headers Signature-Input and Signature are not both there", "Have the sender sign by RFC 9421.")
		return
	}
	inputs, err := httpsfv.UnmarshalDictionary(lines)
	signatures, signaturesErr := httpsfv.UnmarshalDictionary(signatureLines)
	if err != nil || signaturesErr != nil {
		v.failAs("malformed_signature", check, "Signature-Input or Signature is no structured field", "Compare with RFC 9421, section 4.")
		return
	}
	shown := &Verdict{}
	shown.failAs("malformed_signature", check, "Signature-Input and Signature have no label in common", "Compare with RFC 9421, section 4.")
	for _, label := range inputs.Names()[:min(len(inputs.Names()), maxHTTPSignatures)] {
		signature, ok := readHTTPSignature(label, inputs, signatures)
		if !ok {
			continue
		}
		attempt := &Verdict{}
		c.judge(req, signature, attempt)
		if attempt.ok() || !shown.knowsKey() {
			shown = attempt
		}
		if attempt.ok() {
			break
		}
	}
	v.Report.Checks = append(v.Report.Checks, shown.Report.Checks...)
}

// knowsKey is false for a signature that is not meant for this endpoint, such as a proxy's.
func (v *Verdict) knowsKey() bool { return v.Report.Checks[0].Check == "key" && v.Report.Checks[0].OK }

type sentHTTPSignature struct {
	covered httpsfv.InnerList
	bytes   []byte
}

func readHTTPSignature(label string, inputs, signatures *httpsfv.Dictionary) (sentHTTPSignature, bool) {
	input, _ := inputs.Get(label)
	covered, isList := input.(httpsfv.InnerList)
	signature, found := signatures.Get(label)
	item, isItem := signature.(httpsfv.Item)
	if !isList || !found || !isItem {
		return sentHTTPSignature{}, false
	}
	bytes, ok := item.Value.([]byte)
	return sentHTTPSignature{covered, bytes}, ok
}

func (s sentHTTPSignature) text(parameter string) (string, bool) {
	found, _ := s.covered.Params.Get(parameter)
	text, ok := found.(string)
	return text, ok
}

// judge judges one signature.
func (c *httpSignatureSettings) judge(req *Request, signature sentHTTPSignature, v *Verdict) {
	key, ok := c.find(signature, v)
	if !ok {
		return
	}
	base, err := signatureBase(req, signature.covered)
	if err != nil {
		v.failAs("malformed_signature", "signature", err.Error(), "Have the sender sign what is in the request as it arrives here.")
		return
	}
	if !key([]byte(base), signature.bytes) {
		v.failAs("signature_mismatch", "signature", "the signature is not that of this request", "Compare the key, and see that no proxy changes what is signed; public-url makes @authority and @target-uri.")
		return
	}
	v.pass("signature", "the signature matches")
	c.judgeCovered(req, signature.covered, v)
	c.judgeParameters(req.Now, signature.covered.Params, v)
	judgeDigest(req, v)
}

// find finds the key that the signature names; where there is only one it needs no name.
func (c *httpSignatureSettings) find(signature sentHTTPSignature, v *Verdict) (verifyBytes, bool) {
	const check = "key"
	id, named := signature.text("keyid")
	if !named && len(c.Keys) == 1 {
		id = slices.Collect(maps.Keys(c.Keys))[0]
	}
	key, known := c.Keys[id]
	if !known {
		v.failAs("unknown_key", check, fmt.Sprintf("there is no key %.80q", id), "Add it to keys if it is the sender's.")
		return nil, false
	}
	if algorithm, given := signature.text("alg"); given && algorithm != key.Algorithm {
		v.failAs("algorithm", check, fmt.Sprintf("the signature says %.40q, the key %.80q is for %s", algorithm, id, key.Algorithm), "Correct alg of the key here, or at the sender.")
		return nil, false
	}
	verify, err := key.verifier()
	if err != nil {
		v.failAs("malformed_secret", check, fmt.Sprintf("the key %.80q %v", id, err), "Correct the key in the endpoint's verification settings.")
		return nil, false
	}
	v.pass(check, fmt.Sprintf("the key is %.80q, %s", id, key.Algorithm))
	return verify, true
}

// verifyBytes reports whether a key made a signature.
type verifyBytes func(content, signature []byte) bool

var errHTTPKey = errors.New("is not of this algorithm")

// verifier is RFC 9421, section 3.3.
func (k httpKey) verifier() (verifyBytes, error) {
	if k.Algorithm == hmacSHA256 {
		return k.macVerifier()
	}
	public, err := parsePublicKey(k.PublicKey)
	if err != nil {
		return nil, err
	}
	switch key := public.(type) {
	case ed25519.PublicKey:
		if k.Algorithm == "ed25519" {
			return func(content, signature []byte) bool { return ed25519.Verify(key, content, signature) }, nil
		}
	case *ecdsa.PublicKey:
		return k.ecdsaVerifier(key)
	case *rsa.PublicKey:
		return k.rsaVerifier(key)
	}
	return nil, errHTTPKey
}

func (k httpKey) macVerifier() (verifyBytes, error) {
	secret, err := decodings[k.SecretEncoding](k.Secret)
	if err != nil {
		return nil, errors.New("is not written in " + k.SecretEncoding)
	}
	if len(secret) == 0 {
		return nil, errors.New("must not be empty: anyone could forge requests")
	}
	return func(content, signature []byte) bool {
		mac := hmac.New(sha256.New, secret)
		mac.Write(content)
		return Equal(mac.Sum(nil), signature)
	}, nil
}

func (k httpKey) ecdsaVerifier(key *ecdsa.PublicKey) (verifyBytes, error) {
	switch {
	case k.Algorithm == "ecdsa-p256-sha256" && key.Curve == elliptic.P256():
		return func(content, signature []byte) bool {
			sum := sha256.Sum256(content)
			return verifyRaw(key, sum[:], signature)
		}, nil
	case k.Algorithm == "ecdsa-p384-sha384" && key.Curve == elliptic.P384():
		return func(content, signature []byte) bool {
			sum := sha512.Sum384(content)
			return verifyRaw(key, sum[:], signature)
		}, nil
	default:
		return nil, errHTTPKey
	}
}

func (k httpKey) rsaVerifier(key *rsa.PublicKey) (verifyBytes, error) {
	switch k.Algorithm {
	case "rsa-v1_5-sha256":
		return func(content, signature []byte) bool { return signedRSA(key, content, signature) }, nil
	case "rsa-pss-sha512":
		return func(content, signature []byte) bool {
			sum := sha512.Sum512(content)
			return rsa.VerifyPSS(key, crypto.SHA512, sum[:], signature, &rsa.PSSOptions{SaltLength: sha512.Size}) == nil
		}, nil
	default:
		return nil, errHTTPKey
	}
}

// judgeCovered sees that what must be signed is.
func (c *httpSignatureSettings) judgeCovered(req *Request, covered httpsfv.InnerList, v *Verdict) {
	const check = "components"
	required := c.RequiredComponents
	if required == nil {
		required = defaultComponents
	}
	var missing []string
	for _, name := range required {
		optional := name == "content-digest" && len(req.Body) == 0
		if !optional && !covers(covered, name) {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		v.failAs("missing_component", check, "not signed: "+strings.Join(missing, ", "), "Have the sender sign these too, or take them from requiredComponents.")
		return
	}
	v.pass(check, fmt.Sprintf("%d components are signed", len(covered.Items)))
}

func covers(covered httpsfv.InnerList, name string) bool {
	wider := map[string][]string{
		"@authority": {"@target-uri"}, "@scheme": {"@target-uri"},
		"@path": {"@target-uri", "@request-target"}, "@query": {"@target-uri", "@request-target"},
	}[name]
	return slices.ContainsFunc(covered.Items, func(item httpsfv.Item) bool {
		given, _ := item.Value.(string)
		return len(item.Params.Names()) == 0 && (given == name || slices.Contains(wider, given))
	})
}

func (c *httpSignatureSettings) judgeParameters(now time.Time, parameters *httpsfv.Params, v *Verdict) {
	const check = "timestamp"
	if c.Tolerance > 0 {
		found, _ := parameters.Get("created")
		created, ok := found.(int64)
		if !ok {
			v.failAs("missing_timestamp", check, "the signature does not say when it was created", "Have the sender add created.")
			return
		}
		c.Window.judge(now, strconv.FormatInt(created, 10), "s", v)
	}
	if found, given := parameters.Get("expires"); given {
		expires, ok := found.(int64)
		if !ok || now.Unix() > expires {
			v.failAs("timestamp_expired", check, fmt.Sprintf("the signature expired %s ago", now.Sub(time.Unix(expires, 0)).Round(time.Second)), "See that the clocks of both sides are right.")
		}
	}
}
