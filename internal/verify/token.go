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
	prepare: func(c *tokenSettings, tree *value.Tree) (plan[tokenSettings], []hookflow.Problem) {
		if (c.Header == "") == (c.Query == "") {
			return plan[tokenSettings]{}, []hookflow.Problem{{Pointer: "/header", Detail: "one of header and query is required"}}
		}
		place := place{c.Header, c.Query}
		return plan[tokenSettings]{
			judge:       func(_ context.Context, req *Request, c *tokenSettings, v *Verdict) { judgeToken(req, place, c, v) },
			credentials: place.credentials(),
		}, checkSecrets(tree, "value", "values")
	},
})

func judgeToken(req *Request, from place, c *tokenSettings, v *Verdict) {
	const check = "token"
	sent := from.values(req)
	if len(sent) == 0 {
		v.fail(check, from.String()+" is missing", "Set the token at the sender.")
		return
	}
	shown, ok := cutWord(sent[0], c.Prefix)
	if !ok {
		v.fail(check, from.String()+" does not begin with "+c.Prefix, "Correct the prefix here or at the sender.")
		return
	}
	secrets := Secrets{c.Value, c.Values}
	right := false
	for _, secret := range secrets.all() {
		same := Equal([]byte(shown), []byte(secret))
		right = right || same && secret != ""
	}
	if right {
		v.pass(check, from.String()+" matches")
	} else {
		v.fail(check, from.String()+" holds another token", "Compare the token with the one at the sender.")
	}
}

// cutWord removes a prefix such as "Bearer " whose case does not matter (RFC 9110, section 11.1).
func cutWord(text, prefix string) (string, bool) {
	prefix = strings.TrimRight(prefix, " ")
	if len(text) < len(prefix) || !strings.EqualFold(text[:len(prefix)], prefix) {
		return "", false
	}
	return strings.TrimSpace(text[len(prefix):]), true
}

// place is where in a request something is sent.
type place struct{ header, query string }

func (p place) String() string {
	if p.query != "" {
		return "the query parameter " + p.query
	}
	return "the header " + p.header
}

func (p place) values(req *Request) []string {
	if p.query != "" {
		return req.query(p.query)
	}
	return req.header(p.header)
}

func (p place) credentials() Credentials {
	if p.query != "" {
		return Credentials{Query: []string{p.query}}
	}
	return Credentials{Headers: []string{p.header}}
}
