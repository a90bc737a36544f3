package verify

import (
	"context"
	"encoding/base64"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

type basicSettings struct {
	Common
	Username string `json:"username" required:"true" doc:"User name" zh:"用户名"`
	Password string `json:"password" required:"true" secret:"true" doc:"Password" zh:"密码"`
}

// basic is RFC 7617, in UTF-8.
var basic = define(definition[basicSettings]{
	key:   "basic",
	title: Text{"Basic authentication", "Basic 认证"},
	doc:   Text{"A user name and password in the Authorization header.", "Authorization 请求头中的用户名与密码。"},
	provider: Provider{
		Checks:  Text{"header `Authorization`: user name and password", "请求头 `Authorization`：用户名与密码"},
		Sources: []string{"https://www.rfc-editor.org/rfc/rfc7617"},
	},
	prepare: func(_ *basicSettings, tree *value.Tree) (plan[basicSettings], []hookflow.Problem) {
		return plan[basicSettings]{
			judge:       judgeBasic,
			challenge:   `Basic realm="hookflow", charset="UTF-8"`,
			credentials: Credentials{Headers: []string{"Authorization"}},
		}, checkSecrets(tree, "password", "")
	},
})

func judgeBasic(_ context.Context, req *Request, c *basicSettings, v *Verdict) {
	const check = "credentials"
	lines := req.header("Authorization")
	if len(lines) == 0 {
		v.failAs("missing_credentials", check, "the Authorization header is missing", "Set user name and password at the sender.")
		return
	}
	username, password, ok := parseBasic(lines[0])
	switch {
	case !ok:
		v.failAs("malformed_credentials", check, "the Authorization header does not hold Basic credentials", "Choose basic authentication at the sender.")
	case c.Password == "":
		v.failAs("missing_secret", check, "no password is set", "Set a password.")
	default:
		sameName, samePassword := Equal([]byte(username), []byte(c.Username)), Equal([]byte(password), []byte(c.Password))
		if sameName && samePassword {
			v.pass(check, "user name and password match")
		} else {
			v.failAs("credentials_mismatch", check, "user name or password is wrong", "Compare both with those at the sender.")
		}
	}
}

func parseBasic(header string) (username, password string, ok bool) {
	const word = "Basic "
	if len(header) < len(word) || !strings.EqualFold(header[:len(word)], word) {
		return "", "", false
	}
	decoded, err := base64.StdEncoding.DecodeString(strings.TrimSpace(header[len(word):]))
	if err != nil {
		return "", "", false
	}
	return strings.Cut(string(decoded), ":")
}
