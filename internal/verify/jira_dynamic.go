package verify

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

type jiraDynamicSettings struct {
	Common
	Secrets
}

var jiraDynamic = define(definition[jiraDynamicSettings]{
	key:   "jira_dynamic",
	title: Text{"Jira, webhooks of an app", "Jira 应用 Webhook"},
	doc:   Text{"Webhooks that a Connect or OAuth 2.0 app registered by the REST API; the secret is the app's.", "由 Connect 或 OAuth 2.0 应用通过 REST API 注册的 Webhook；密钥为该应用的密钥。"},
	provider: Provider{
		Checks: Text{
			"HMAC-SHA256 of the token in Authorization, its expiry, and its claim qsh over method and URL where it has one. The body is not signed.",
			"校验 Authorization 中令牌的 HMAC-SHA256 签名和有效期，如含 qsh 声明则一并校验方法与地址；请求体未签名。",
		},
		ID:    []string{"{{$context.headers.x-atlassian-webhook-identifier}}"},
		Event: []string{"{{$context.data.webhookEvent}}"},
		Steps: []Text{
			{"Register the webhook by POST /rest/api/3/webhook with the URL of this endpoint, or in the modules of the app's descriptor.", "通过 POST /rest/api/3/webhook 注册此端点的地址，或写入应用描述文件的 modules 中。"},
			{"OAuth 2.0: enter the client secret, in the developer console under Settings, as the secret here. Connect: the shared secret that came with the app's installation.", "OAuth 2.0：将开发者控制台 Settings 中的 client secret 填为密钥；Connect：填写应用安装时收到的 shared secret。"},
		},
		Sources: []string{
			"https://developer.atlassian.com/cloud/jira/platform/webhooks/",
			"https://developer.atlassian.com/cloud/jira/platform/understanding-jwt-for-connect-apps/",
		},
	},
	prepare: func(_ *jiraDynamicSettings, tree *value.Tree) (plan[jiraDynamicSettings], []hookflow.Problem) {
		return plan[jiraDynamicSettings]{
			judge: judgeJiraDynamic,
			sign: func(s *Signed, c *jiraDynamicSettings) error {
				return jiraTokens.sign(s, c.all(), map[string]string{"qsh": first(queryHashes(s.Request))})
			},
			credentials: Credentials{Headers: []string{"Authorization"}},
		}, checkSecrets(tree, "secret", "secrets")
	},
})

var jiraTokens = &tokenRules{header: "Authorization", algorithms: []string{"HS256"}}

func judgeJiraDynamic(ctx context.Context, req *Request, c *jiraDynamicSettings, v *Verdict) {
	claims, ok := jiraTokens.judge(ctx, req, sharedKeys(c.all()), v)
	if !ok {
		return
	}
	said := claims.Get("qsh")
	switch {
	case said.IsNull():
	case slices.Contains(queryHashes(req), said.Text()):
		v.pass("claims", "qsh is the hash of method and URL")
	default:
		v.failAs("jwt_claim", "claims", "qsh is not the hash of this method and URL", "See that public-url is the address that Jira calls, and that no proxy changes path or query.")
	}
}

// queryHashes are the hashes of method and URL that the claim qsh may be. The path is relative to
// the app's base URL, which only the app knows, so it may begin at any segment.
func queryHashes(req *Request) []string {
	target, err := url.Parse(req.URL)
	if err != nil {
		return nil
	}
	query := canonicalQuery(target.RawQuery)
	path := strings.TrimRight(target.EscapedPath(), "/")
	var hashes []string
	for {
		relative := strings.ReplaceAll(path, "&", "%26")
		if relative == "" {
			relative = "/"
		}
		sum := sha256.Sum256([]byte(strings.ToUpper(req.Method) + "&" + relative + "&" + query))
		hashes = append(hashes, hex.EncodeToString(sum[:]))
		if path == "" {
			return hashes
		}
		_, rest, _ := strings.Cut(path[1:], "/")
		if path = ""; rest != "" {
			path = "/" + rest
		}
	}
}

// canonicalQuery sorts the parameters and joins the values of those that are repeated.
func canonicalQuery(raw string) string {
	values, _ := url.ParseQuery(raw) // what is malformed was not signed
	delete(values, "jwt")
	var pairs []string
	for name, texts := range values {
		for i, text := range texts {
			texts[i] = percentEncode(text)
		}
		slices.Sort(texts)
		pairs = append(pairs, percentEncode(name)+"="+strings.Join(texts, ","))
	}
	slices.Sort(pairs)
	return strings.Join(pairs, "&")
}

// percentEncode leaves only the unreserved characters of RFC 3986 as they are.
func percentEncode(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }
