package webhook

import (
	"net/url"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/verify"
)

const mask = "••••"

// always are the headers that hold credentials whatever the endpoint is.
var always = []string{"Authorization", "Cookie", "Proxy-Authorization"}

// masked gives the headers and the query without what nobody may keep. Everything after the
// verification works with these, so that it sees the same after a restart.
func (in *inbound) masked() ([]hookflow.Header, string) {
	var credentials verify.Credentials
	if in.found.Entry != nil {
		credentials = in.found.verifier.Credentials()
	}
	return maskHeaders(in.headers, credentials.Headers), maskQuery(in.r.URL.RawQuery, credentials.Query)
}

func maskHeaders(headers []hookflow.Header, more []string) []hookflow.Header {
	masked, copied := headers, false
	for i, h := range headers {
		if !named(always, h.Name) && !named(more, h.Name) {
			continue
		}
		if !copied {
			masked, copied = slices.Clone(headers), true
		}
		masked[i].Value = mask
	}
	return masked
}

func named(names []string, name string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
}

func maskQuery(query string, names []string) string {
	if len(names) == 0 {
		return query
	}
	pairs := strings.Split(query, "&")
	for i, pair := range pairs {
		name, _, _ := strings.Cut(pair, "=")
		if decoded, err := url.QueryUnescape(name); err == nil && slices.Contains(names, decoded) {
			pairs[i] = name + "=" + mask
		}
	}
	return strings.Join(pairs, "&")
}
