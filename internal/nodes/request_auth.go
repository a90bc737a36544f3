package nodes

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/request"
	"github.com/hookflow/hookflow/internal/value"
)

type requestAuth struct {
	Type         string   `json:"type" required:"true" literal:"true" enum:"basic,bearer,header,oauth2" doc:"How the caller proves who it is; oauth2 gets a token by client credentials" zh:"认证方式；oauth2 以客户端凭据换取令牌"`
	Username     string   `json:"username,omitempty" when:"type=basic" doc:"basic: user name" zh:"basic：用户名"`
	Password     string   `json:"password,omitempty" secret:"true" when:"type=basic" doc:"basic: password" zh:"basic：密码"`
	Token        string   `json:"token,omitempty" secret:"true" when:"type=bearer" doc:"bearer: token" zh:"bearer：令牌"`
	Name         string   `json:"name,omitempty" when:"type=header" doc:"header: its name" zh:"header：名称"`
	Value        string   `json:"value,omitempty" secret:"true" when:"type=header" doc:"header: its value" zh:"header：值"`
	TokenURL     string   `json:"tokenURL,omitempty" format:"uri" when:"type=oauth2" doc:"oauth2: where tokens are had" zh:"oauth2：令牌端点"`
	ClientID     string   `json:"clientId,omitempty" when:"type=oauth2" doc:"oauth2: client id" zh:"oauth2：客户端 ID"`
	ClientSecret string   `json:"clientSecret,omitempty" secret:"true" when:"type=oauth2" doc:"oauth2: client secret" zh:"oauth2：客户端密钥"`
	Scopes       []string `json:"scopes,omitempty" when:"type=oauth2" doc:"oauth2: what to ask for" zh:"oauth2：请求的权限范围"`
}

const authorization = "Authorization"

// exchange sends a request with the credentials. An oauth2 token that is not
// taken any more is asked for again, once.
func (a *requestAuth) exchange(ctx context.Context, run *node.Run, out *node.HTTPRequest) (*node.HTTPResponse, error) {
	if a == nil || a.Type != "oauth2" {
		if err := a.addTo((*headers)(&out.Headers)); err != nil {
			return nil, fmt.Errorf("auth: %w", err)
		}
		return run.Env.HTTP.Do(ctx, *out)
	}
	c := &oauth2{requestAuth: a, run: run, like: *out}
	answer, token, err := c.exchange(ctx, out)
	if err == nil && answer.Status == statusUnauthorized {
		run.Env.Tokens.Refuse(ctx, c.key(), token)
		answer, _, err = c.exchange(ctx, out)
	}
	return answer, err
}

const statusUnauthorized = 401

// addTo puts the credentials among the headers. A variable that is missing must
// not make the request one without credentials.
func (a *requestAuth) addTo(h *headers) error {
	switch {
	case a == nil:
		return nil
	case a.Type == "basic" && a.Username+a.Password == "":
		return errors.New("username and password are empty")
	case a.Type == "basic":
		h.set(authorization, basic(a.Username, a.Password))
	case a.Type == "bearer" && a.Token == "":
		return errors.New("the token is empty")
	case a.Type == "bearer":
		h.set(authorization, "Bearer "+a.Token)
	case a.Name == "" || a.Value == "":
		return errors.New("the header's name or value is empty")
	default:
		h.set(a.Name, a.Value)
	}
	return nil
}

func basic(name, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(name+":"+password))
}

// oauth2 gets tokens by client credentials (RFC 6749, section 4.4), in the same
// way as the request itself is sent.
type oauth2 struct {
	*requestAuth
	run  *node.Run
	like node.HTTPRequest
}

// exchange also returns the token that it used.
func (c *oauth2) exchange(ctx context.Context, out *node.HTTPRequest) (*node.HTTPResponse, string, error) {
	token, err := c.token(ctx)
	if err != nil {
		return nil, "", fmt.Errorf("auth: %w", err)
	}
	(*headers)(&out.Headers).set(authorization, "Bearer "+token)
	answer, err := c.run.Env.HTTP.Do(ctx, *out)
	if err == nil {
		withoutText(answer, token)
	}
	return answer, token, err
}

func (c *oauth2) token(ctx context.Context) (string, error) {
	if c.TokenURL == "" || c.ClientID == "" || c.ClientSecret == "" {
		return "", errors.New("tokenURL, clientId or clientSecret is empty")
	}
	return c.run.Env.Tokens.Get(ctx, c.key(), c.run.Now, c.fetch)
}

func (c *oauth2) key() node.TokenKey {
	cert := []byte(nil) // a token may be bound to it (RFC 8705)
	if c.like.TLS != nil {
		cert = c.like.TLS.Cert
	}
	return node.KeyOf(c.TokenURL, c.ClientID, c.ClientSecret, c.Scopes, cert)
}

// fetch names the client in a header and, for servers that do not take that, in
// the form (RFC 6749, section 2.3.1).
func (c *oauth2) fetch(ctx context.Context) (node.Token, error) {
	form := url.Values{"grant_type": {"client_credentials"}}
	if len(c.Scopes) > 0 {
		form.Set("scope", strings.Join(c.Scopes, " "))
	}
	named := hookflow.Header{Name: authorization, Value: basic(url.QueryEscape(c.ClientID), url.QueryEscape(c.ClientSecret))}
	answer, err := c.ask(ctx, form, named)
	if err == nil && (answer.Status == 400 || answer.Status == statusUnauthorized) {
		form.Set("client_id", c.ClientID)
		form.Set("client_secret", c.ClientSecret)
		answer, err = c.ask(ctx, form)
	}
	if err != nil {
		return node.Token{}, fmt.Errorf("the token endpoint: %w", err)
	}
	return readToken(answer, c.run.Now)
}

// maxTokenAnswer bounds the answer of a token endpoint, in bytes.
const maxTokenAnswer = 1 << 20

func (c *oauth2) ask(ctx context.Context, form url.Values, more ...hookflow.Header) (*node.HTTPResponse, error) {
	return c.run.Env.HTTP.Do(ctx, node.HTTPRequest{
		Method: "POST", URL: c.TokenURL, Body: []byte(form.Encode()),
		Headers: append([]hookflow.Header{
			{Name: "Accept", Value: applicationJSON},
			{Name: contentTypeHeader, Value: formEncoded},
		}, more...),
		Timeout: c.like.Timeout, MaxResponse: maxTokenAnswer, TLS: c.like.TLS, Proxy: c.like.Proxy,
	})
}

// readToken reads the answer of a token endpoint (RFC 6749, sections 5.1 and
// 5.2). Its errors quote nothing but what the server said of the error.
func readToken(answer *node.HTTPResponse, now time.Time) (node.Token, error) {
	data := value.Null
	if parsed, err := request.Parse(request.Raw{Headers: answer.Headers, Body: answer.Body}); err == nil {
		data = parsed.Data()
	}
	token := data.Get("access_token").Text()
	kind := data.Get("token_type").Text()
	switch {
	case answer.Status != 200 || token == "":
		return node.Token{}, tokenRefused(answer, data)
	case kind != "" && !strings.EqualFold(kind, "bearer"):
		return node.Token{}, fmt.Errorf("the token is of type %.40q, which is not known", kind)
	default:
		return node.Token{Text: token, Expires: now.Add(lifetime(data.Get("expires_in").Text()))}, nil
	}
}

func tokenRefused(answer *node.HTTPResponse, data value.Value) error {
	if answer.Status == 200 {
		return errors.New("the token endpoint answered 200 without a token")
	}
	words := []string{data.Get("error").Text(), data.Get("error_description").Text()}
	words = slices.DeleteFunc(words, func(s string) bool { return s == "" })
	return fmt.Errorf("the token endpoint answered %d%s", answer.Status, excerpt([]byte(strings.Join(words, ": "))))
}

const (
	// usualLifetime is for tokens that do not say how long they live.
	usualLifetime = time.Hour
	// tokenMargin is how long before its end a token is not used any more.
	tokenMargin = 30 * time.Second
)

// lifetime is how long a token is used, of a number of seconds.
func lifetime(expiresIn string) time.Duration {
	seconds, err := strconv.ParseFloat(expiresIn, 64)
	if err != nil || seconds <= 0 || seconds > 1e9 {
		return usualLifetime
	}
	life := time.Duration(seconds * float64(time.Second))
	return life - min(tokenMargin, life/2)
}
