package egress

import (
	"net/url"
	"testing"
)

func TestSameOrigin(t *testing.T) {
	t.Parallel()
	tests := []struct {
		from, to string
		want     bool
	}{
		{"http://a/x", "http://a/y?z", true},
		{"http://a", "http://A:80", true},
		{"https://a", "https://a:443", true},
		{"http://a", "https://a", true},
		{"http://a:80", "https://a:443", true},
		{"https://a", "http://a", false},
		{"http://a", "https://a:8443", false},
		{"http://a:8080", "https://a", false},
		{"http://a:8080", "http://a:8081", false},
		{"https://a", "https://b", false},
		{"https://a", "https://sub.a", false},
		{"https://a:443", "https://a:80", false},
	}
	for _, test := range tests {
		from, fromErr := url.Parse(test.from)
		to, toErr := url.Parse(test.to)
		if fromErr != nil || toErr != nil {
			t.Fatal(fromErr, toErr)
		}
		if got := sameOrigin(from, to); got != test.want {
			t.Errorf("%s to %s: %v", test.from, test.to, got)
		}
	}
}
