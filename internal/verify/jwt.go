package verify

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

const (
	maxToken    = 16 << 10 // bytes of a token
	tokenLeeway = time.Minute
	tokenLife   = 5 * time.Minute // of those that are made here
)

type jwtSettings struct {
	Common
	Secrets
	Algorithms []string          `json:"algorithms,omitempty" literal:"true" enum:"HS256,HS384,HS512,RS256,RS384,RS512,PS256,PS384,PS512,ES256,ES384,ES512,EdDSA" doc:"Algorithms that are accepted; default HS256 with a secret, with public keys all but HS" zh:"接受的算法；使用密钥时默认 HS256，使用公钥时默认除 HS 外的全部算法"`
	PublicKey  string            `json:"publicKey,omitempty" min:"1" ui:"textarea" doc:"Public key of the sender in PEM" zh:"发送方的公钥（PEM）"`
	JWKS       value.Value       `json:"jwks,omitempty" doc:"Or its JWK Set (RFC 7517)" zh:"或其 JWK Set（RFC 7517）"`
	JWKSURL    string            `json:"jwksURL,omitempty" min:"1" doc:"Or the https URL of its JWK Set" zh:"或其 JWK Set 的 https 地址"`
	Issuer     string            `json:"issuer,omitempty" doc:"Demanded claim iss" zh:"要求的 iss 声明"`
	Audience   string            `json:"audience,omitempty" doc:"Demanded claim aud, or one of its values; set it where the issuer makes tokens for others too" zh:"要求的 aud 声明（或其中之一）；签发方也为他人签发令牌时必须设置"`
	Claims     map[string]string `json:"claims,omitempty" max:"20" doc:"Further demanded claims and their values" zh:"其他要求的声明及其值"`
	BodyClaim  string            `json:"bodyClaim,omitempty" literal:"true" doc:"Claim that holds the SHA-256 of the body in hex or base64" zh:"包含请求体 SHA-256（hex 或 base64）的声明"`
	Header     string            `json:"header,omitempty" literal:"true" default:"Authorization" doc:"Header that holds the token, after Bearer or alone" zh:"携带令牌的请求头，可带 Bearer 前缀"`
}

// jwt is RFC 7519 under the rules of RFC 8725.
var jwt = define(definition[jwtSettings]{
	key:   "jwt",
	title: Text{"JSON Web Token", "JSON Web Token"},
	doc:   Text{"A token signed with a shared secret or the sender's private key.", "用共享密钥或发送方私钥签名的令牌。"},
	provider: Provider{
		Checks: Text{
			"Signature with one of the listed algorithms, expiry, and issuer, audience and claims that are set; the body only by bodyClaim.",
			"按所列算法校验签名和有效期，以及所设置的签发方、受众与声明；仅设置 bodyClaim 时校验请求体。",
		},
		Steps: []Text{
			{
				"Give the sender this endpoint's URL.",
				"将本端点的 URL 填入发送方。",
			},
			{
				"Keep here what the sender's tokens are verified with: the shared `secret`, its `publicKey`, or the address of its key set as `jwksURL`.",
				"在此填写用于校验令牌的内容：共享的 `secret`、对方的 `publicKey`，或其密钥集地址 `jwksURL`。",
			},
			{
				"Where its issuer makes tokens for others too, set `audience` to what is meant for this endpoint.",
				"若签发方也为他人签发令牌，将 `audience` 设为本端点对应的值。",
			},
		},
		Sources: []string{"https://www.rfc-editor.org/rfc/rfc7519", "https://www.rfc-editor.org/rfc/rfc8725"},
	},
	prepare: prepareJWT,
})

func prepareJWT(c *jwtSettings, tree *value.Tree) (plan[jwtSettings], []hookflow.Problem) {
	problems := checkKeys(c, tree)
	keys, err := c.keys()
	if err != nil && tree.IsStatic() && len(problems) == 0 {
		problems = append(problems, hookflow.Problem{Pointer: "/" + c.keyMember(), Detail: err.Error()})
	}
	judge := func(ctx context.Context, req *Request, c *jwtSettings, v *Verdict) {
		keys, err := keys, err
		if !tree.IsStatic() {
			keys, err = c.keys()
		}
		if err != nil {
			v.failAs("malformed_secret", "key", c.keyMember()+" "+err.Error(), "Correct "+c.keyMember()+" in the endpoint's verification settings.")
			return
		}
		c.rules().judge(ctx, req, keys, v)
	}
	p := plan[jwtSettings]{judge: judge, credentials: Credentials{Headers: []string{c.Header}}}
	if shared := len(c.Algorithms) == 0 || isShared(c.Algorithms[0]); shared && !isPublicJWT(tree) {
		p.sign = func(s *Signed, c *jwtSettings) error { return c.rules().sign(s, c.all(), nil) }
	}
	return p, problems
}

// isPublicJWT tells settings by which only the sender can sign.
func isPublicJWT(tree *value.Tree) bool {
	return hasMember(tree, "publicKey") || hasMember(tree, "jwks") || hasMember(tree, "jwksURL")
}

// checkKeys demands one kind of key, and algorithms that are for it: a public key used as the secret
// of an HMAC would let everyone sign (RFC 8725, section 2.1).
func checkKeys(c *jwtSettings, tree *value.Tree) []hookflow.Problem {
	var kinds []string
	for name := range tree.Members() {
		if name == "secrets" {
			name = "secret"
		}
		if slices.Contains([]string{"secret", "publicKey", "jwks", "jwksURL"}, name) && !slices.Contains(kinds, name) {
			kinds = append(kinds, name)
		}
	}
	if len(kinds) != 1 {
		return []hookflow.Problem{{Pointer: "/secret", Detail: "one of secret, publicKey, jwks and jwksURL is required"}}
	}
	shared := kinds[0] == "secret"
	var problems []hookflow.Problem
	if shared {
		problems = checkSecrets(tree, "secret", "secrets")
	}
	for i, algorithm := range c.Algorithms {
		if isShared(algorithm) != shared {
			problems = append(problems, hookflow.Problem{Pointer: fmt.Sprintf("/algorithms/%d", i), Detail: algorithm + " does not work with " + kinds[0]})
		}
	}
	return problems
}

func (c *jwtSettings) keyMember() string {
	switch {
	case c.PublicKey != "":
		return "publicKey"
	case len(c.JWKS) > 0:
		return "jwks"
	case c.JWKSURL != "":
		return "jwksURL"
	default:
		return "secret"
	}
}

func (c *jwtSettings) keys() (tokenKeys, error) {
	switch c.keyMember() {
	case "publicKey":
		key, err := parsePublicKey(c.PublicKey)
		return singleKey{key}, err
	case "jwks":
		text := []byte(c.JWKS)
		if written, ok := c.JWKS.Str(); ok {
			text = []byte(written)
		}
		return parseKeySet(text)
	case "jwksURL":
		if !strings.HasPrefix(c.JWKSURL, "https://") {
			return nil, errors.New("must be an https URL")
		}
		return remoteKeys(c.JWKSURL), nil
	default:
		return sharedKeys(c.all()), nil
	}
}

func (c *jwtSettings) rules() *tokenRules {
	rules := &tokenRules{header: c.Header, algorithms: c.Algorithms, audience: c.Audience, claims: c.Claims, bodyClaim: c.BodyClaim}
	if c.Issuer != "" {
		rules.issuers = []string{c.Issuer}
	}
	if len(rules.algorithms) == 0 {
		rules.algorithms = publicAlgorithms
		if c.keyMember() == "secret" {
			rules.algorithms = sharedAlgorithms[:1]
		}
	}
	return rules
}

// tokenRules say which tokens are accepted.
type tokenRules struct {
	header     string
	algorithms []string
	issuers    []string // any of them, none: whoever has the key
	audience   string   // "": any
	claims     map[string]string
	bodyClaim  string // "": the body is not signed
	endless    bool   // exp may be missing
}

// judge gives the token's claims when its signature is right.
func (t *tokenRules) judge(ctx context.Context, req *Request, keys tokenKeys, v *Verdict) (claims value.Value, ok bool) {
	text, ok := t.read(req, v)
	if !ok {
		return nil, false
	}
	token, ok := t.parse(text, v)
	if !ok {
		return nil, false
	}
	header := token.Signatures[0].Header
	candidates, err := keys.fitting(ctx, req, header)
	if errors.Is(err, errKeyUnknown) {
		v.failAs("unknown_key", "key", fmt.Sprintf("the sender has no key %.80q for %s", header.KeyID, header.Algorithm), "See that issuer and key set belong together, and that the token is not older than the keys.")
		return nil, false
	}
	if err != nil {
		v.failAs("missing_key", "key", err.Error(), "See that the key is set, or that its URL can be reached from here.")
		return nil, false
	}
	if !slices.ContainsFunc(candidates, func(key any) bool { return verifies(token, text, key) }) {
		v.failAs("signature_mismatch", "signature", "the signature of the token is not that of "+keyName(header), "Compare the key with that of the sender.")
		return nil, false
	}
	v.pass("signature", fmt.Sprintf("the token is signed with %s by %s", header.Algorithm, keyName(header)))
	claims, err = value.Parse(token.UnsafePayloadWithoutVerification())
	if err != nil || claims.Kind() != value.KindObject {
		v.failAs("malformed_signature", "token", "the claims of the token are no JSON object", "Have the sender make a JSON Web Token.")
		return nil, false
	}
	t.judgeClaims(req, claims, v)
	return claims, true
}

func keyName(header jose.Header) string {
	if header.KeyID == "" {
		return "the sender's key"
	}
	return fmt.Sprintf("the key %.80q", header.KeyID)
}

// read finds the token in the request.
func (t *tokenRules) read(req *Request, v *Verdict) (string, bool) {
	words := strings.Fields(first(req.header(t.header)))
	if len(words) == 2 && (strings.EqualFold(words[0], "Bearer") || strings.EqualFold(words[0], "JWT")) {
		words = words[1:]
	}
	switch {
	case len(words) == 0:
		v.failAs("missing_signature", "token", "the header "+t.header+" is missing", "Have the sender put its token there.")
	case len(words) > 1 || len(words[0]) > maxToken:
		v.failAs("malformed_signature", "token", "the header "+t.header+" does not hold a token", "It should be Bearer and a JSON Web Token of at most 16 KiB.")
	default:
		return words[0], true
	}
	return "", false
}

func (t *tokenRules) parse(text string, v *Verdict) (*jose.JSONWebSignature, bool) {
	allowed := make([]jose.SignatureAlgorithm, len(t.algorithms))
	for i, algorithm := range t.algorithms {
		allowed[i] = jose.SignatureAlgorithm(algorithm)
	}
	token, err := jose.ParseSignedCompact(text, allowed)
	var unexpected *jose.ErrUnexpectedSignatureAlgorithm
	switch {
	case errors.As(err, &unexpected):
		v.failAs("jwt_algorithm", "algorithm", fmt.Sprintf("the token is signed with %.20q, accepted is %s", string(unexpected.Got), strings.Join(t.algorithms, ", ")),
			"Have the sender use one of these, or list its algorithm if it is to be trusted.")
	case err != nil:
		v.failAs("malformed_signature", "token", "what the header "+t.header+" holds is no JSON Web Token in compact form", "Compare with how the sender sends its token.")
	case token.Signatures[0].Header.ExtraHeaders["crit"] != nil: // RFC 7515, section 4.1.11
		v.failAs("malformed_signature", "token", "the token demands an extension, by crit, and none is known here", "Have the sender make tokens without crit.")
		return nil, false
	}
	return token, err == nil
}

// verifies leaves HMACs to this package: secrets of people are often shorter than RFC 7518 has them.
func verifies(token *jose.JSONWebSignature, text string, key any) bool {
	secret, shared := key.([]byte)
	if !shared {
		_, err := token.Verify(key)
		return err == nil
	}
	algorithm, isHMAC := strings.CutPrefix(token.Signatures[0].Header.Algorithm, "HS")
	hash := hashes["sha"+algorithm]
	if !isHMAC || hash == nil {
		return false
	}
	mac := hmac.New(hash, secret)
	mac.Write([]byte(text[:strings.LastIndexByte(text, '.')]))
	return Equal(mac.Sum(nil), token.Signatures[0].Signature)
}

// sign gives the request a token that the rules accept, with further claims.
func (t *tokenRules) sign(s *Signed, secrets []string, more map[string]string) error {
	if len(secrets) == 0 || secrets[0] == "" {
		return errNoSecret
	}
	claims := (&value.Object{}).Set("iat", value.Int(s.Now.Unix())).Set("exp", value.Int(s.Now.Add(tokenLife).Unix()))
	if len(t.issuers) > 0 {
		claims.Set("iss", value.String(t.issuers[0]))
	}
	if t.audience != "" {
		claims.Set("aud", value.String(t.audience))
	}
	for _, own := range []map[string]string{t.claims, more} {
		for _, name := range slices.Sorted(maps.Keys(own)) {
			claims.Set(name, value.String(own[name]))
		}
	}
	if t.bodyClaim != "" {
		sum := sha256.Sum256(s.Body)
		claims.Set(t.bodyClaim, value.String(hex.EncodeToString(sum[:])))
	}
	header := (&value.Object{}).Set("alg", value.String(t.algorithms[0])).Set("typ", value.String("JWT"))
	text := base64.RawURLEncoding.EncodeToString(header.Value()) + "." + base64.RawURLEncoding.EncodeToString(claims.Value())
	mac := hmac.New(hashes["sha"+strings.TrimPrefix(t.algorithms[0], "HS")], []byte(secrets[0]))
	mac.Write([]byte(text))
	token := text + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
	if strings.EqualFold(t.header, "Authorization") {
		token = "Bearer " + token
	}
	s.proveInHeader(t.header, token)
	return nil
}

func (t *tokenRules) judgeClaims(req *Request, claims value.Value, v *Verdict) {
	t.judgeLifetime(req.Now, claims, v)
	if len(t.issuers) > 0 {
		t.judgeIssuer(claims, v)
	}
	if t.audience != "" {
		t.judgeAudience(claims, v)
	}
	for _, name := range slices.Sorted(maps.Keys(t.claims)) {
		judgeClaim(claims, name, t.claims[name], v)
	}
	if t.bodyClaim != "" {
		t.judgeBody(req, claims, v)
	}
}

// instant reads a claim that is a NumericDate.
func instant(claims value.Value, name string) (at time.Time, present, ok bool) {
	claim := claims.Get(value.Segment(name))
	if claim.IsNull() {
		return time.Time{}, false, true
	}
	seconds, ok := claim.Float64()
	if !ok || seconds < 0 || seconds > 1e11 {
		return time.Time{}, true, false
	}
	return time.UnixMilli(int64(seconds * 1000)), true, true
}

func (t *tokenRules) judgeLifetime(now time.Time, claims value.Value, v *Verdict) {
	const check = "lifetime"
	exp, ends, expOK := instant(claims, "exp")
	nbf, begins, nbfOK := instant(claims, "nbf")
	iat, issued, iatOK := instant(claims, "iat")
	const clocks = "See that the clocks of both sides are right."
	switch {
	case !expOK || !nbfOK || !iatOK:
		v.failAs("jwt_claim_malformed", check, "exp, nbf or iat is no time in seconds", "Have the sender write them as seconds since 1970.")
	case !ends && !t.endless:
		v.failAs("jwt_claim_missing", check, "the token has no exp, so it would be good for ever", "Have the sender give its tokens an expiry.")
	case ends && now.Sub(exp) > tokenLeeway:
		v.failAs("jwt_expired", check, fmt.Sprintf("the token expired %s ago", now.Sub(exp).Round(time.Second)), "Have the sender make a new token for each request. "+clocks)
	case begins && nbf.Sub(now) > tokenLeeway:
		v.failAs("jwt_not_yet_valid", check, fmt.Sprintf("the token is not valid for another %s", nbf.Sub(now).Round(time.Second)), clocks)
	case issued && iat.Sub(now) > tokenLeeway:
		v.failAs("jwt_not_yet_valid", check, fmt.Sprintf("the token was issued %s in the future", iat.Sub(now).Round(time.Second)), clocks)
	case ends:
		v.pass(check, "the token is valid until "+exp.UTC().Format(time.RFC3339))
	default:
		v.pass(check, "the token has no end, as usual with this sender")
	}
}

func (t *tokenRules) judgeIssuer(claims value.Value, v *Verdict) {
	issuer, _ := claims.Get("iss").Str()
	if slices.Contains(t.issuers, issuer) {
		v.pass("issuer", fmt.Sprintf("the token is of %q", issuer))
		return
	}
	v.failAs("jwt_issuer", "issuer", fmt.Sprintf("the token is of %.200q, expected %q", issuer, t.issuers[0]), "Compare issuer with the claim iss of the sender's tokens, to the last slash.")
}

func (t *tokenRules) judgeAudience(claims value.Value, v *Verdict) {
	claim := claims.Get("aud")
	audience := []string{claim.Text()}
	if claim.Kind() == value.KindArray {
		audience = nil
		for _, item := range claim.Items() {
			audience = append(audience, item.Text())
		}
	}
	if slices.Contains(audience, t.audience) {
		v.pass("audience", fmt.Sprintf("the token is for %q", t.audience))
		return
	}
	v.failAs("jwt_audience", "audience", fmt.Sprintf("the token is for %.200q, expected %q", strings.Join(audience, ", "), t.audience),
		"Compare audience with the claim aud of the sender's tokens, to the last slash.")
}

func judgeClaim(claims value.Value, name, want string, v *Verdict) {
	claim := claims.Get(value.Segment(name))
	if !claim.IsNull() && claim.Text() == want {
		v.pass("claims", fmt.Sprintf("%s is %q", name, want))
		return
	}
	v.failAs("jwt_claim", "claims", fmt.Sprintf("%s is %.200q, expected %q", name, claim.Text(), want), "Compare the claim with what the sender's tokens hold.")
}

func (t *tokenRules) judgeBody(req *Request, claims value.Value, v *Verdict) {
	sum := sha256.Sum256(req.Body)
	said := claims.Get(value.Segment(t.bodyClaim)).Text()
	if strings.EqualFold(said, hex.EncodeToString(sum[:])) || said == base64.StdEncoding.EncodeToString(sum[:]) {
		v.pass("body", fmt.Sprintf("%s is the SHA-256 of the body", t.bodyClaim))
		return
	}
	v.failAs("digest_mismatch", "body", fmt.Sprintf("%s is not the SHA-256 of these %d bytes", t.bodyClaim, len(req.Body)), "See that no proxy changes the body.")
}
