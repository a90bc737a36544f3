package ipset_test

import (
	"log/slog"
	"net/netip"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/ipset"
	"github.com/hookflow/hookflow/internal/pgtest"
	"github.com/hookflow/hookflow/internal/store"
)

func open(t *testing.T, options store.Options) (*store.Store, *ipset.Service) {
	t.Helper()
	options.Clock, options.Logger = time.Now, slog.New(slog.DiscardHandler)
	s, err := store.Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	sets, err := ipset.New(t.Context(), s, time.Now, options.Logger)
	if err != nil {
		t.Fatal(err)
	}
	return s, sets
}

func put(t *testing.T, sets *ipset.Service, name string, ranges ...string) {
	t.Helper()
	if _, err := sets.Put(t.Context(), name, ranges); err != nil {
		t.Fatal(err)
	}
}

func TestContains(t *testing.T) {
	t.Parallel()
	_, sets := open(t, store.Options{Path: filepath.Join(t.TempDir(), "db")})
	put(t, sets, "hooks", "192.0.2.64/26", "192.0.2.0/25", "10.0.0.1", "10.0.0.3", "2001:db8::/33", "::ffff:203.0.113.0/120")
	put(t, sets, "empty")
	put(t, sets, "all", "0.0.0.0/0", "::/0")
	tests := []struct {
		set, ip   string
		in, known bool
	}{
		{"hooks", "192.0.2.0", true, true},
		{"hooks", "192.0.2.127", true, true},
		{"hooks", "192.0.2.128", false, true},
		{"hooks", "10.0.0.1", true, true},
		{"hooks", "10.0.0.2", false, true},
		{"hooks", "10.0.0.3", true, true},
		{"hooks", "203.0.113.9", true, true},
		{"hooks", "2001:db8:7fff:ffff:ffff:ffff:ffff:ffff", true, true},
		{"hooks", "2001:db8:8000::", false, true},
		{"empty", "10.0.0.1", false, true},
		{"all", "255.255.255.255", true, true},
		{"all", "::", true, true},
		{"none", "10.0.0.1", false, false},
		{"private", "10.0.0.1", true, true},
		{"private", "127.0.0.1", false, true},
		{"loopback", "::1", true, true},
		{"loopback", "10.0.0.1", false, true},
	}
	for _, test := range tests {
		in, known := sets.Contains(test.set, netip.MustParseAddr(test.ip))
		if in != test.in || known != test.known {
			t.Errorf("%s in @%s: %v, known %v", test.ip, test.set, in, known)
		}
	}
	if in, _ := sets.Contains("all", netip.Addr{}); in {
		t.Error("no address is in a set")
	}
}

func TestBounds(t *testing.T) {
	t.Parallel()
	_, sets := open(t, store.Options{Path: filepath.Join(t.TempDir(), "db")})
	tooMany := strings.Split(strings.Repeat("192.0.2.1,", ipset.MaxRanges)+"192.0.2.2", ",")
	if _, err := sets.Put(t.Context(), "big", tooMany); hookflow.CodeOf(err) != hookflow.CodeInvalid {
		t.Errorf("too many ranges: %v", err)
	}
	if _, err := sets.Put(t.Context(), "big", tooMany[1:]); err != nil {
		t.Errorf("as many as there may be: %v", err)
	}
}

// What one process saves, the others know.
func TestWatch(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	_, here := open(t, store.Options{URL: url})
	other, there := open(t, store.Options{URL: url})
	changed := other.Watch(t.Context(), "ip-sets")
	go there.Watch(t.Context())
	for !there.Known("hooks") {
		put(t, here, "hooks", "192.0.2.0/24") // again, for the first may come before the others listen
		<-changed
	}
}
