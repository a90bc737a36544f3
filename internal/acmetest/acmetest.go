// Package acmetest gives tests a certificate authority that speaks ACME: Pebble,
// of Let's Encrypt, in the test's own process. It checks names in earnest, on
// ports and through a name server of the test's.
package acmetest

import (
	"encoding/pem"
	"log/slog"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"testing"

	"github.com/letsencrypt/pebble/v2/ca"
	"github.com/letsencrypt/pebble/v2/db"
	"github.com/letsencrypt/pebble/v2/va"
	"github.com/letsencrypt/pebble/v2/wfe"

	"github.com/hookflow/hookflow/internal/dnstest"
)

// Authority is a running certificate authority.
type Authority struct {
	Directory string // URL
	Root      string // file in PEM that Directory's own certificate is verified with

	issuer *ca.CAImpl
}

// Start starts an authority for which every name is on this machine, and which
// checks http-01 and tls-alpn-01 on the given ports. A port of 0 is one that
// nobody listens on. Tests that use it cannot be parallel.
func Start(t testing.TB, httpPort, tlsPort int) *Authority {
	t.Helper()
	t.Setenv("PEBBLE_VA_NOSLEEP", "1")      // before it checks
	t.Setenv("PEBBLE_WFE_NONCEREJECT", "0") // it tries its callers by chance otherwise
	names := dnstest.Start(t, func(string) []netip.Addr { return []netip.Addr{netip.MustParseAddr("127.0.0.1")} })
	log := slog.NewLogLogger(slog.DiscardHandler, slog.LevelInfo)
	store := db.NewMemoryStore()
	issuer := ca.New(log, store, "", "ecdsa", 0, 1, map[string]ca.Profile{"default": {}})
	checks := va.New(log, httpPort, tlsPort, false, names, store)
	front := wfe.New(log, store, checks, issuer, []string{"pebble.test"}, false, false, 1, 1)
	server := httptest.NewUnstartedServer(front.Handler())
	server.Config.ErrorLog = log
	server.StartTLS()
	t.Cleanup(server.Close)
	root := filepath.Join(t.TempDir(), "root.pem")
	if err := os.WriteFile(root, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	return &Authority{Directory: server.URL + wfe.DirectoryPath, Root: root, issuer: issuer}
}

// Issuer is the certificate, in PEM, that those which the authority issues are
// verified with.
func (a *Authority) Issuer() []byte { return a.issuer.GetRootCert(0).PEM() }
