package verify

import (
	"context"
	"crypto/hmac"
	"fmt"
	"hash"
	"strconv"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// maxSignatures bounds the signatures of one request that are looked at.
const maxSignatures = 50

type hmacSettings struct {
	Common
	Secrets
	Rule
}

var generic = define(definition[hmacSettings]{
	key:   "hmac",
	title: Text{"HMAC signature", "HMAC 签名"},
	doc:   Text{"A signature made with a shared secret, described by these settings.", "用共享密钥计算的签名，格式由以下设置描述。"},
	prepare: func(c *hmacSettings, tree *value.Tree) (plan[hmacSettings], []hookflow.Problem) {
		if c.Header == "" && c.Query == "" {
			c.Header = "X-Signature-256"
		}
		return planHMAC[hmacSettings](c.Rule, tree)
	},
})

type presetSettings struct {
	Common
	Secrets
}

type timedSettings struct {
	Common
	Secrets
	Tolerance *hookflow.Duration `json:"tolerance,omitempty" literal:"true" doc:"Largest distance of the timestamp from now; 0 = not checked" zh:"时间戳与当前时间的最大差距；0 表示不检查"`
}

// preset makes a provider's scheme of its Rule. One with a timestamp has a tolerance to set.
func preset(key string, title, doc Text, rule Rule) *Scheme {
	if rule.Timestamp == nil {
		return define(definition[presetSettings]{
			key: key, title: title, doc: doc,
			prepare: func(_ *presetSettings, tree *value.Tree) (plan[presetSettings], []hookflow.Problem) {
				return planHMAC[presetSettings](rule, tree)
			},
		})
	}
	return define(definition[timedSettings]{
		key: key, title: title, doc: doc,
		prepare: func(c *timedSettings, tree *value.Tree) (plan[timedSettings], []hookflow.Problem) {
			return planHMAC[timedSettings](rule.within(c.Tolerance), tree)
		},
	})
}

// within is the Rule with another tolerance, if one is given.
func (r Rule) within(tolerance *hookflow.Duration) Rule {
	if tolerance != nil {
		timestamp := *r.Timestamp
		timestamp.Tolerance = *tolerance
		r.Timestamp = &timestamp
	}
	return r
}

func planHMAC[C any, P interface {
	*C
	all() []string
}](rule Rule, tree *value.Tree,
) (plan[C], []hookflow.Problem) {
	engine, problems := compileRule(rule)
	judge := func(_ context.Context, req *Request, c *C, v *Verdict) { engine.judge(req, P(c).all(), v) }
	return plan[C]{judge: judge}, append(problems, checkSecrets(tree, "secret", "secrets")...)
}

// hmacEngine is a compiled Rule.
type hmacEngine struct {
	Rule
	from         place
	hash         func() hash.Hash
	decode       func(string) ([]byte, error)
	decodeSecret func(string) ([]byte, error)
	content      content
	readsJSON    bool
}

func compileRule(rule Rule) (*hmacEngine, []hookflow.Problem) {
	e := &hmacEngine{
		Rule: rule, from: place{rule.Header, rule.Query},
		hash: hashes[rule.Algorithm], decode: decodings[rule.Encoding], decodeSecret: decodings[rule.SecretEncoding],
	}
	var problems []hookflow.Problem
	refuse := func(pointer, detail string) {
		problems = append(problems, hookflow.Problem{Pointer: pointer, Detail: detail})
	}
	parsed, uses, err := parseContent(rule.Content)
	if err != nil {
		refuse("/content", err.Error())
	}
	e.content, e.readsJSON = parsed, uses["json"]
	if rule.Header != "" && rule.Query != "" {
		refuse("/query", "only one of header and query can hold the signature")
	}
	if uses["ts"] && rule.Timestamp == nil {
		refuse("/timestamp", "is required for {ts} in content")
	}
	if t := rule.Timestamp; t != nil && (t.Header == "") == (t.Key == "") {
		refuse("/timestamp/header", "one of header and key is required")
	}
	if rule.Timestamp != nil && err == nil && !uses["ts"] && !uses["h"] {
		refuse("/content", "does not sign the timestamp: put {ts} into it")
	}
	if rule.Key == "" && rule.Timestamp != nil && rule.Timestamp.Key != "" {
		refuse("/key", "is required beside timestamp.key")
	}
	if rule.Key != "" && rule.KeyValueSeparator == "" {
		refuse("/keyValueSeparator", "is required beside key")
	}
	return e, problems
}

func (e *hmacEngine) judge(req *Request, secrets []string, v *Verdict) {
	keys := e.keys(secrets, v)
	if len(keys) == 0 {
		v.fail("secret", "no secret is set", "Set the secret that the sender signs with.")
		return
	}
	sent, ok := e.read(req, v)
	if !ok {
		return
	}
	s := &signed{Request: req, timestamp: sent.timestamp}
	if e.readsJSON {
		s.json, _ = value.Parse(req.Body) // of a body that is no JSON every path is missing
	}
	matching := e.match(s, keys, sent.signatures)
	if matching < 0 {
		v.fail("signature", fmt.Sprintf("the signature in %s is not that of these %d bytes with this secret", e.from, len(req.Body)),
			"Compare the secret with the one at the sender, and see that no proxy changes the body.")
		return
	}
	v.pass("signature", fmt.Sprintf("%s matches with secret %d of %d", e.from, matching+1, len(keys)))
	e.judgeTime(req.Now, sent.timestamp, v)
}

// key is a secret as it is written and as it signs.
type key struct {
	secret string
	bytes  []byte
}

func (e *hmacEngine) keys(secrets []string, v *Verdict) []key {
	var keys []key
	for i, secret := range secrets {
		decoded, err := e.decodeSecret(strings.TrimPrefix(secret, e.SecretPrefix))
		switch {
		case err != nil:
			v.fail("secret", fmt.Sprintf("secret %d is not written in %s", i+1, e.SecretEncoding), "Copy the secret again as the sender shows it.")
		case len(decoded) > 0:
			keys = append(keys, key{secret, decoded})
		}
	}
	return keys
}

// match gives the index of the first key that made one of the signatures, or -1.
func (e *hmacEngine) match(s *signed, keys []key, signatures [][]byte) int {
	found := -1
	for i, k := range keys {
		s.secret = k.secret
		mac := hmac.New(e.hash, k.bytes)
		for _, write := range e.content {
			write(mac, s)
		}
		sum := mac.Sum(nil)
		for _, signature := range signatures {
			if Equal(sum, signature) && found < 0 {
				found = i
			}
		}
	}
	return found
}

// sent is what a request says about its signing.
type sent struct {
	signatures [][]byte
	timestamp  string
}

// read finds the signatures and the timestamp, or reports why there are none.
func (e *hmacEngine) read(req *Request, v *Verdict) (sent, bool) {
	lines := e.from.values(req)
	if strings.Join(lines, "") == "" {
		v.fail("signature", e.from.String()+" is missing", "Set the secret at the sender, so that it signs.")
		return sent{}, false
	}
	var found sent
	for _, line := range lines {
		e.readLine(line, &found)
	}
	if len(found.signatures) == 0 {
		v.fail("signature", e.from.String()+" is malformed: it should hold "+e.form(), "Compare the settings with how the sender signs.")
		return sent{}, false
	}
	if e.Timestamp == nil {
		return found, true
	}
	where := "the part " + e.Timestamp.Key + " of the signature"
	if e.Timestamp.Header != "" {
		where = "the header " + e.Timestamp.Header
		found.timestamp = string(firstOf(req.header(e.Timestamp.Header)))
	}
	if found.timestamp == "" {
		v.fail("timestamp", where+" is missing", "Compare the settings with how the sender signs.")
		return sent{}, false
	}
	return found, true
}

func (e *hmacEngine) readLine(line string, found *sent) {
	parts := []string{line}
	if e.ListSeparator != "" {
		parts = strings.Split(line, e.ListSeparator)
	}
	for _, part := range parts {
		text := strings.TrimSpace(part)
		if e.Key != "" {
			name, rest, _ := strings.Cut(text, e.KeyValueSeparator)
			if e.Timestamp != nil && name == e.Timestamp.Key && found.timestamp == "" {
				found.timestamp = rest
			}
			if name != e.Key {
				continue
			}
			text = rest
		}
		e.readSignature(text, found)
	}
}

func (e *hmacEngine) readSignature(text string, found *sent) {
	text, ok := strings.CutPrefix(text, e.Prefix)
	if !ok || text == "" || len(found.signatures) == maxSignatures {
		return
	}
	if e.Encoding == "hex" && e.HexCase != "any" && text != strings.ToLower(text) {
		return
	}
	if decoded, err := e.decode(text); err == nil {
		found.signatures = append(found.signatures, decoded)
	}
}

// form describes a signature to people.
func (e *hmacEngine) form() string {
	return e.Key + e.KeyValueSeparator + e.Prefix + "<" + e.Encoding + ">"
}

func (e *hmacEngine) judgeTime(now time.Time, text string, v *Verdict) {
	const check = "timestamp"
	if e.Timestamp == nil || e.Timestamp.Tolerance == 0 {
		return
	}
	at, err := parseTime(text, e.Timestamp.Unit)
	if err != nil {
		v.fail(check, fmt.Sprintf("the timestamp %.40q is malformed: it should be in %s", text, e.Timestamp.Unit), "Correct the unit of the timestamp.")
		return
	}
	age, tolerance := now.Sub(at).Round(time.Millisecond), e.Timestamp.Tolerance.Std()
	switch {
	case age > tolerance:
		v.fail(check, fmt.Sprintf("signed %s ago, more than %s", age, tolerance), "See that the clocks are right, or allow more time with tolerance.")
	case -age > tolerance:
		v.fail(check, fmt.Sprintf("signed %s in the future, more than %s", -age, tolerance), "See that the clocks are right, or allow more time with tolerance.")
	default:
		v.pass(check, fmt.Sprintf("signed within %s", tolerance))
	}
}

func parseTime(text, unit string) (time.Time, error) {
	if unit == "rfc3339" {
		return time.Parse(time.RFC3339, text)
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if unit == "ms" {
		return time.UnixMilli(n), err
	}
	return time.Unix(n, 0), err
}
