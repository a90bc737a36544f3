package request_test

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/request"
)

func TestChain(t *testing.T) {
	t.Parallel()
	const xff = "X-Forwarded-For"
	tests := []struct {
		name, remote string
		headers      []hookflow.Header
		want         string // address:source, + for trusted, * for the client
	}{
		{"direct", "192.0.2.1:5", nil, "192.0.2.1:5 connection*"},
		{"a stranger's header", "192.0.2.1:5", headers(xff, "10.0.0.7, 1.1.1.1"), "192.0.2.1:5 connection*|1.1.1.1 X-Forwarded-For|10.0.0.7 X-Forwarded-For+"},
		{"a stranger's header over IPv6", "[2001:db8::9]:5", headers("Forwarded", `for="[fd00::1]"`), "[2001:db8::9]:5 connection*|[fd00::1] Forwarded+"},
		{"one proxy", "10.0.0.1:5", headers(xff, "1.1.1.1, 192.0.2.9"), "10.0.0.1:5 connection+|192.0.2.9 X-Forwarded-For*|1.1.1.1 X-Forwarded-For"},
		{"two proxies", "[fd00::1]:5", headers("Forwarded", `for="[2001:db8::1]:80", for="[fd00::2]"`), "[fd00::1]:5 connection+|[fd00::2] Forwarded+|[2001:db8::1]:80 Forwarded*"},
		{"all trusted", "10.0.0.1:5", headers(xff, "10.0.0.2"), "10.0.0.1:5 connection+|10.0.0.2 X-Forwarded-For+*"},
		{"garbage", "10.0.0.1:5", headers(xff, "192.0.2.9, unknown, 10.0.0.3"), "10.0.0.1:5 connection+|10.0.0.3 X-Forwarded-For+*|unknown X-Forwarded-For|192.0.2.9 X-Forwarded-For"},
		{"both headers", "10.0.0.1:5", headers("Forwarded", "for=1.1.1.1", xff, "192.0.2.9"), "10.0.0.1:5 connection+|192.0.2.9 X-Forwarded-For*"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, hop := range request.Chain(test.remote, test.headers, trusted) {
				line := hop.Address + " " + hop.Source
				if hop.Trusted {
					line += "+"
				}
				if hop.Client {
					line += "*"
				}
				got = append(got, line)
			}
			if diff := cmp.Diff(test.want, strings.Join(got, "|")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// The chain marks the address that requests are judged by.
func FuzzChain(f *testing.F) {
	f.Add("10.0.0.1:80", "1.1.1.1, 10.0.0.2", "")
	f.Add("[fd00::1]:80", "", `for="[2001:db8::1]:4711";proto=https, for="[fd00::2]"`)
	f.Add("192.0.2.1", "x,,", "for=")
	f.Fuzz(func(t *testing.T, remote, forwardedFor, forwarded string) {
		all := headers("X-Forwarded-For", forwardedFor, "Forwarded", forwarded)
		want := request.ClientIP(remote, all, trusted).IP
		for _, hop := range request.Chain(remote, all, trusted) {
			if !hop.Client {
				continue
			}
			marked := request.ClientIP(hop.Address, nil, nil).IP
			if marked != want {
				t.Errorf("%s is marked, judged is %s", hop.Address, want)
			}
		}
	})
}

func TestParseRange(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"192.0.2.7": "192.0.2.7/32", "192.0.2.7/24": "192.0.2.0/24", "2001:db8::1/32": "2001:db8::/32", "::1": "::1/128",
		"::ffff:192.0.2.7": "192.0.2.7/32", "::ffff:192.0.2.0/120": "192.0.2.0/24", "::/0": "::/0",
		"": "", "10.0.0": "", "fe80::1%eth0": "", "1.2.3.4/33": "", "010.0.0.1": "",
	}
	for text, want := range tests {
		got, err := request.ParseRange(text)
		if want == "" {
			if err == nil {
				t.Errorf("%q is read as %s", text, got)
			}
			continue
		}
		if err != nil || got != netip.MustParsePrefix(want) {
			t.Errorf("%q is %s, %v; want %s", text, got, err, want)
		}
	}
}
