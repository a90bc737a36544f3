package nodes

import (
	"encoding/base64"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// Content types of texts and of everything else.
const (
	textPlain       = "text/plain; charset=utf-8"
	applicationJSON = "application/json"
)

type requestAuth struct {
	Type     string `json:"type" required:"true" literal:"true" enum:"basic,bearer,header" doc:"How the caller proves who it is" zh:"认证方式"`
	Username string `json:"username,omitempty" doc:"basic: user name" zh:"basic：用户名"`
	Password string `json:"password,omitempty" secret:"true" doc:"basic: password" zh:"basic：密码"`
	Token    string `json:"token,omitempty" secret:"true" doc:"bearer: token" zh:"bearer：令牌"`
	Name     string `json:"name,omitempty" doc:"header: its name" zh:"header：名称"`
	Value    string `json:"value,omitempty" secret:"true" doc:"header: its value" zh:"header：值"`
}

// addTo puts the credentials among the headers. A variable that is missing must
// not make the request one without credentials.
func (a *requestAuth) addTo(h *headers) error {
	switch {
	case a == nil:
		return nil
	case a.Type == "basic" && a.Username+a.Password == "":
		return errors.New("username and password are empty")
	case a.Type == "basic":
		h.set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(a.Username+":"+a.Password)))
	case a.Type == "bearer" && a.Token == "":
		return errors.New("the token is empty")
	case a.Type == "bearer":
		h.set("Authorization", "Bearer "+a.Token)
	case a.Name == "" || a.Value == "":
		return errors.New("the header's name or value is empty")
	default:
		h.set(a.Name, a.Value)
	}
	return nil
}

// headers are the headers of a request, in the order of their names as far as
// they were configured.
type headers []hookflow.Header

func newHeaders(configured map[string]string) headers {
	var h headers
	for _, name := range slices.Sorted(maps.Keys(configured)) {
		h = append(h, hookflow.Header{Name: name, Value: configured[name]})
	}
	return h
}

func (h *headers) has(name string) bool {
	return slices.ContainsFunc(*h, func(header hookflow.Header) bool { return strings.EqualFold(header.Name, name) })
}

func (h *headers) set(name, text string) {
	*h = slices.DeleteFunc(*h, func(header hookflow.Header) bool { return strings.EqualFold(header.Name, name) })
	*h = append(*h, hookflow.Header{Name: name, Value: text})
}

func (h *headers) setDefault(name, text string) {
	if !h.has(name) {
		h.set(name, text)
	}
}

// encodePairs writes an object as name=text&…, a list as its name repeated and
// null not at all.
func encodePairs(v value.Value) (string, error) {
	if err := checkObject(v); err != nil {
		return "", err
	}
	var pairs []string
	add := func(name string, member value.Value) {
		if !member.IsNull() {
			pairs = append(pairs, url.QueryEscape(name)+"="+url.QueryEscape(member.Text()))
		}
	}
	for name, member := range v.Members() {
		if member.Kind() != value.KindArray {
			add(name, member)
		}
		for _, item := range member.Items() {
			add(name, item)
		}
	}
	return strings.Join(pairs, "&"), nil
}

// withQuery adds a query to a URL, behind the one that it has and in the place
// of its fragment, which is never sent.
func withQuery(target, query string) string {
	if query == "" {
		return target
	}
	target, _, _ = strings.Cut(target, "#")
	separator := "?"
	if strings.Contains(target, "?") {
		separator = "&"
	}
	return target + separator + query
}
