package request_test

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/request"
)

var trusted = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}

func headers(pairs ...string) []hookflow.Header {
	var all []hookflow.Header
	for pair := range slices.Chunk(pairs, 2) {
		all = append(all, hookflow.Header{Name: pair[0], Value: pair[1]})
	}
	return all
}

func TestClientIP(t *testing.T) {
	t.Parallel()
	const proxy = "10.0.0.1:1234"
	const xff, proto, host = "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host"
	tests := []struct {
		name, remote string
		headers      []hookflow.Header
		want         string
	}{
		{"direct", "192.0.2.1:5", nil, "192.0.2.1  "},
		{"mapped", "[::ffff:192.0.2.1]:5", nil, "192.0.2.1  "},
		{"zone", "[fe80::1%eth0]:5", nil, "fe80::1  "},
		{"no address", "@", nil, "invalid IP  "},
		{"stranger's headers", "192.0.2.1:5", headers(xff, "1.1.1.1", proto, "https", host, "evil", "Forwarded", "for=1.1.1.1"), "192.0.2.1  "},
		{"one proxy", proxy, headers(xff, "192.0.2.9", proto, "https", host, "example.com:8443"), "192.0.2.9 https example.com:8443"},
		{"a forged start", proxy, headers(xff, "1.1.1.1, 192.0.2.9"), "192.0.2.9  "},
		{"two proxies, two lines", proxy, headers(xff, "1.1.1.1,192.0.2.9", xff, "10.9.9.9"), "192.0.2.9  "},
		{"all trusted", proxy, headers(xff, "10.1.1.1, 10.2.2.2"), "10.1.1.1  "},
		{"garbage", proxy, headers(xff, "192.0.2.9, unknown"), "10.0.0.1  "},
		{"with ports", proxy, headers(xff, "192.0.2.9:99"), "192.0.2.9  "},
		{"IPv6 with port", proxy, headers(xff, "[2001:db8::1]:99"), "2001:db8::1  "},
		{"no hop", proxy, headers(proto, "HTTPS", host, "example.com"), "10.0.0.1 https example.com"},
		{"bad proto and host", proxy, headers(xff, "192.0.2.9", proto, "javascript", host, "a/b"), "192.0.2.9  "},
		{"forwarded", proxy, headers("Forwarded", `for=192.0.2.9;proto=https;host="example.com:8443"`), "192.0.2.9 https example.com:8443"},
		{"forwarded IPv6", "[fd00::1]:9", headers("Forwarded", `for=1.1.1.1, For="[2001:db8::1]:4711";Proto=http, for="[fd00::2]"`), "2001:db8::1 http "},
		{"forwarded hidden", proxy, headers("Forwarded", `for=_hidden;proto=https`), "10.0.0.1 https "},
		{"forwarded quotes", proxy, headers("Forwarded", `by="a,b;c\"";for="192.0.2\.9"`), "192.0.2.9  "},
		{"a quote that hides what the proxy adds", proxy, headers(xff, `"1.1.1.1, 192.0.2.9`), "192.0.2.9  "},
		{"an escaped quote", proxy, headers(xff, `"\", 192.0.2.9`), "192.0.2.9  "},
		{"a quote before a forwarded hop", proxy, headers("Forwarded", `for="1.1.1.1, for="[2001:db8::1]:4711";proto=https`), "2001:db8::1 https "},
		{"a quote after a forwarded hop", proxy, headers("Forwarded", `for=192.0.2.9;by="`), "192.0.2.9  "},
		{"X-Forwarded-For goes first", proxy, headers("Forwarded", "for=1.1.1.1", xff, "192.0.2.9"), "192.0.2.9  "},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			client := request.ClientIP(test.remote, test.headers, trusted)
			got := client.IP.String() + " " + client.Proto + " " + client.Host
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func FuzzForwarded(f *testing.F) {
	f.Add(`for=192.0.2.9;proto=https;host="example.com:8443"`, "")
	f.Add(`by="a,b;c\"";for="[2001:db8::1]:4711", for=unknown`, "1.1.1.1, 10.0.0.2")
	f.Add(`"`, `"\`)
	f.Fuzz(func(t *testing.T, forwarded, forwardedFor string) {
		all := headers("Forwarded", forwarded, "X-Forwarded-For", forwardedFor)
		stranger := request.ClientIP("192.0.2.1:80", all, trusted)
		if stranger.IP.String() != "192.0.2.1" || stranger.Host != "" || stranger.Proto != "" {
			t.Errorf("a stranger was believed: %+v", stranger)
		}
		if behind := request.ClientIP("10.0.0.1:80", all, trusted); !behind.IP.IsValid() || behind.IP.Zone() != "" {
			t.Errorf("no plain address: %+v", behind)
		}
	})
}
