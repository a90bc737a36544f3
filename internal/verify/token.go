package verify

import (
	"context"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

type tokenSettings struct {
	Common
	Header string   `json:"header,omitempty" literal:"true" doc:"Header that holds the token" zh:"携带令牌的请求头"`
	Query  string   `json:"query,omitempty" literal:"true" doc:"Query parameter that holds the token" zh:"携带令牌的查询参数"`
	Value  string   `json:"value,omitempty" secret:"true" doc:"Token" zh:"令牌"`
	Values []string `json:"values,omitempty" secret:"true" max:"5" doc:"Several tokens, valid at once while rotating" zh:"轮换期间同时有效的多个令牌"`
	Prefix string   `json:"prefix,omitempty" literal:"true" doc:"What stands before the token, such as Bearer" zh:"令牌前缀，如 Bearer"`
}

// token is a shared secret that the sender shows: a bearer token (RFC 6750), an API key.
var token = define(definition[tokenSettings]{
	key:   "token",
	title: Text{"Token", "令牌"},
	doc:   Text{"A fixed token in a header or a query parameter.", "请求头或查询参数中的固定令牌。"},
	provider: Provider{
		Checks: Text{
			"the token in a header or a query parameter",
			"请求头或查询参数中的令牌",
		},
		Steps: []Text{
			{
				"Give the sender this endpoint's URL.",
				"将本端点的 URL 填入发送方。",
			},
			{
				"Make up a long random token and have the sender put it into a header of every request, such as Authorization after Bearer.",
				"自行生成一个足够长的随机令牌，让发送方放入每个请求的请求头，例如 Authorization 中的 Bearer 之后。",
			},
			{
				"Name that header here as `header`, with what stands before the token as `prefix`, and keep the token as `value`.",
				"在此将该请求头填入 `header`，令牌之前的文字填入 `prefix`，令牌保存为 `value`。",
			},
		},
	},
	prepare: func(c *tokenSettings, tree *value.Tree) (plan[tokenSettings], []hookflow.Problem) {
		from := place{header: c.Header, query: c.Query}
		if from.count() != 1 {
			return plan[tokenSettings]{}, []hookflow.Problem{{Pointer: "/header", Detail: "one of header and query is required"}}
		}
		by := shown{{from, c.Prefix}}
		return plan[tokenSettings]{
			judge: func(_ context.Context, req *Request, c *tokenSettings, v *Verdict) {
				by.judge(req, Secrets{c.Value, c.Values}.all(), v)
			},
			sign:        func(s *Signed, c *tokenSettings) error { return by.sign(s, Secrets{c.Value, c.Values}.all()) },
			recipe:      func(s *Signed, c *tokenSettings) *Recipe { return by.recipe(s, Secrets{c.Value, c.Values}.all()) },
			credentials: by.credentials(),
		}, checkSecrets(tree, "value", "values")
	},
})

// shown is a secret that the sender shows, in the first of some places where anything is.
type shown []shownAt

type shownAt struct {
	place
	prefix string // what stands before the secret, in any case
}

func (t shown) judge(req *Request, keys []string, v *Verdict) string {
	for _, at := range t {
		if sent := at.read(&signed{Request: req}); len(sent) > 0 {
			return at.judge(sent[0], keys, req, v)
		}
	}
	v.failAs("missing_token", "token", t.String()+" is missing", "Set the token at the sender.")
	return ""
}

func (shown) signs() bool { return true }

// sign shows the first secret in the first of the places.
func (t shown) sign(s *Signed, keys []string) error {
	for _, k := range keys {
		if k != "" {
			return t[0].prove(s, t[0].word()+k)
		}
	}
	return errNoSecret
}

func (t shown) recipe(s *Signed, _ []string) *Recipe {
	r := &Recipe{Request: s.Request}
	r.set(t[0].place, []Part{{PartText, t[0].word()}, {Kind: PartSecret}})
	return r
}

// word is what stands before the secret, with a blank between.
func (at shownAt) word() string {
	if at.prefix == "" {
		return ""
	}
	return strings.TrimRight(at.prefix, " ") + " "
}

func (at shownAt) judge(sent string, keys []string, req *Request, v *Verdict) (key string) {
	text, ok := cutWord(sent, at.prefix)
	if !ok {
		v.failAs("token_mismatch", "token", at.String()+" does not begin with "+at.prefix, "Correct the prefix here or at the sender.")
		return ""
	}
	if key = matching(text, keys); key != "" {
		v.pass("token", at.String()+" matches")
		return key
	}
	v.failAs("token_mismatch", "token", at.String()+" holds another token", "Compare the token with the one at the sender.")
	hintToken(text, keys, req.previous(), v)
	return ""
}

// hintToken reports in what harmless way a token differs from the right one.
func hintToken(sent string, keys []string, previous string, v *Verdict) {
	if matching(sent, []string{previous}) != "" {
		v.failAs("near_miss_previous", "near miss", "the token is the secret before its last change", previousRemedy)
		return
	}
	const remedy = "Store the secret again exactly as the sender shows it."
	for _, k := range keys {
		switch {
		case matching(sent, []string{strings.TrimSpace(k)}) != "":
			v.failAs("near_miss_secret_blanks", "near miss", "the token would match without the blanks around the secret", remedy)
			return
		case matching(strings.ToLower(sent), []string{strings.ToLower(k)}) != "":
			v.failAs("near_miss_secret_case", "near miss", "the token would match in another case of its letters", remedy)
			return
		}
	}
}

// matching gives the key that was sent, "" for none.
func matching(sent string, keys []string) (found string) {
	for _, k := range keys {
		if same := Equal([]byte(sent), []byte(k)); same && k != "" {
			found = k
		}
	}
	return found
}

// cutWord removes a prefix such as "Bearer " whose case does not matter (RFC 9110, section 11.1).
func cutWord(text, prefix string) (string, bool) {
	prefix = strings.TrimRight(prefix, " ")
	if len(text) < len(prefix) || !strings.EqualFold(text[:len(prefix)], prefix) {
		return "", false
	}
	return strings.TrimSpace(text[len(prefix):]), true
}

func (t shown) String() string {
	names := make([]string, len(t))
	for i, at := range t {
		names[i] = at.String()
	}
	return strings.Join(names, " or ")
}

func (t shown) checkKeys(settings *value.Tree) []hookflow.Problem {
	return checkSecrets(settings, "secret", "secrets")
}

func (t shown) credentials() (c Credentials) {
	for _, at := range t {
		own := at.credentials()
		c.Headers, c.Query = append(c.Headers, own.Headers...), append(c.Query, own.Query...)
	}
	return c
}

func (t shown) describe() Text {
	var en, zh []string
	for _, at := range t {
		where := at.describe()
		en, zh = append(en, where.EN), append(zh, where.ZH)
	}
	return Text{"the secret itself in " + strings.Join(en, " or "), strings.Join(zh, "或") + "中的密钥本身"}
}
