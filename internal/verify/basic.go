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
		Checks: Text{"header `Authorization`: user name and password", "请求头 `Authorization`：用户名与密码"},
		Steps: []Text{
			{
				"Give the sender this endpoint's URL.",
				"将本端点的 URL 填入发送方。",
			},
			{
				"Choose a user name and a long random password, enter both there as basic authentication, and keep them here as `username` and `password`.",
				"选定用户名与足够长的随机密码，在对方填为 Basic 认证，并在此保存为 `username` 与 `password`。",
			},
		},
		Sources: []string{"https://www.rfc-editor.org/rfc/rfc7617"},
	},
	prepare: func(_ *basicSettings, tree *value.Tree) (plan[basicSettings], []hookflow.Problem) {
		return plan[basicSettings]{
			judge: judgeBasic,
			sign:  signBasic,
			recipe: func(s *Signed, c *basicSettings) *Recipe {
				return &Recipe{Request: s.Request, Basic: true, Username: c.Username}
			},
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

func signBasic(s *Signed, c *basicSettings) error {
	if c.Password == "" {
		return errNoSecret
	}
	s.proveInHeader("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(c.Username+":"+c.Password)))
	return nil
}
