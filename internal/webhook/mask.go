package webhook

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/verify"
)

const mask = "••••"

// always are the headers that hold credentials whatever the endpoint is.
var always = []string{"Authorization", "Cookie", "Proxy-Authorization"}

// readable are those by which the body is read: a secret that is also a word of theirs, such as json,
// must not make it something else.
var readable = []string{"Content-Type"}

// Credentials are what a delivery shows masked. Encode and [ParseCredentials] are the plain form of
// hookflow.Delivery.Sealed.
type Credentials struct {
	Headers map[int]string `json:"headers,omitempty"` // by index in the delivery's
	Query   string         `json:"query,omitempty"`   // whole, as it stood in the URL; "" when nothing in it is masked
}

// Encode writes them as JSON.
func (c Credentials) Encode() ([]byte, error) { return json.Marshal(c) }

// ParseCredentials reads what Encode wrote.
func ParseCredentials(plain []byte) (Credentials, error) {
	var c Credentials
	if err := json.Unmarshal(plain, &c); err != nil {
		return Credentials{}, fmt.Errorf("read the credentials of a delivery: %w", err)
	}
	return c, nil
}

// Restore gives the headers and the URL of the delivery as they came.
func (c Credentials) Restore(d *hookflow.Delivery) (headers []hookflow.Header, address string) {
	headers, address = slices.Clone(d.Headers), d.URL
	for i, text := range c.Headers {
		if i >= 0 && i < len(headers) {
			headers[i].Value = text
		}
	}
	if c.Query != "" {
		base, _, _ := strings.Cut(address, "?")
		address = base + "?" + c.Query
	}
	return headers, address
}

// masked gives the headers and the query without what nobody may keep in the clear, and what was
// taken out. Everything after the verification works with these, so that it sees the same after a
// restart.
func (in *inbound) masked() (headers []hookflow.Header, query string, taken Credentials) {
	var credentials verify.Credentials
	if in.found.Entry != nil {
		credentials = in.found.verifier.Credentials()
	}
	own, _ := probeOf(in.r.Context())
	headers, taken.Headers = in.maskHeaders(slices.Concat(credentials.Headers, own.Proof.Headers))
	if query = in.maskQuery(slices.Concat(credentials.Query, own.Proof.Query)); query != in.r.URL.RawQuery {
		taken.Query = in.r.URL.RawQuery
	}
	return headers, query, taken
}

// seal keeps what was masked, encrypted, for a second verification.
func (in *inbound) seal(taken Credentials) {
	if in.Seal == nil || in.found.Entry == nil || len(taken.Headers) == 0 && taken.Query == "" {
		return
	}
	plain, err := taken.Encode()
	if err == nil {
		in.delivery.Sealed, err = in.Seal(plain)
	}
	if err != nil {
		in.Logger.Warn("the credentials of a delivery could not be encrypted and are lost", "workflow", in.delivery.WorkflowKey, "error", err)
	}
}

// hides reports whether a text holds a secret of $env: whoever sends one must not tell it to a
// workflow, whatever the endpoint's scheme.
func (in *inbound) hides(text string) bool { return in.Hides != nil && in.Hides(text) }

func (in *inbound) maskHeaders(more []string) (masked []hookflow.Header, taken map[int]string) {
	masked = in.headers
	for i, h := range in.headers {
		if !named(always, h.Name) && !named(more, h.Name) && (named(readable, h.Name) || !in.hides(h.Value)) {
			continue
		}
		if taken == nil {
			masked, taken = slices.Clone(in.headers), map[int]string{}
		}
		masked[i].Value, taken[i] = mask, h.Value
	}
	return masked, taken
}

func named(names []string, name string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
}

func (in *inbound) maskQuery(names []string) string {
	query := in.r.URL.RawQuery
	if len(names) == 0 && !in.hides(query) {
		return query
	}
	pairs := strings.Split(query, "&")
	for i, pair := range pairs {
		name, _, _ := strings.Cut(pair, "=")
		if decoded, err := url.QueryUnescape(name); err == nil && slices.Contains(names, decoded) || in.hides(pair) {
			pairs[i] = name + "=" + mask
		}
	}
	return strings.Join(pairs, "&")
}
