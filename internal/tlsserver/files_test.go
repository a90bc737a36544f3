package tlsserver_test

import (
	"bytes"
	"crypto/tls"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hookflow/hookflow/internal/certtest"
	"github.com/hookflow/hookflow/internal/tlsserver"
)

// host is what the server of these tests is called.
const host = "hooks.test"

// write replaces a file as careful tools do; each time it is a later one.
func write(t *testing.T, name string, content []byte) {
	t.Helper()
	if err := os.WriteFile(name+".new", content, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(name+".new", name); err != nil {
		t.Fatal(err)
	}
	when := time.Unix(edits.Add(1), 0)
	if err := os.Chtimes(name, when, when); err != nil {
		t.Fatal(err)
	}
}

// edits makes file times differ, however coarse they are.
var edits atomic.Int64

// clock is moved by the tests.
type clock struct{ seconds atomic.Int64 }

func (c *clock) now() time.Time { return time.Unix(c.seconds.Load(), 0) }
func (c *clock) tick()          { c.seconds.Add(1) }

// start serves https, and tells for each caller the names of its certificate that were verified.
func start(t *testing.T, o tlsserver.Options) string {
	t.Helper()
	made, err := tlsserver.New(o)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, chain := range r.TLS.VerifiedChains {
			_, _ = fmt.Fprint(w, chain[0].Subject.CommonName, " ")
		}
		_, _ = fmt.Fprint(w, r.Proto)
	}))
	server.TLS, server.EnableHTTP2 = made.Config(), true
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelInfo)
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL
}

// call makes one request on a connection of its own.
func call(t *testing.T, url string, config *tls.Config) (body, server string, err error) {
	t.Helper()
	config.ServerName = host
	transport := &http.Transport{TLSClientConfig: config, ForceAttemptHTTP2: true}
	defer transport.CloseIdleConnections()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		return "", "", err
	}
	answer, err := transport.RoundTrip(request)
	if err != nil {
		return "", "", err
	}
	defer answer.Body.Close() //nolint:errcheck // it is only read
	content, err := io.ReadAll(answer.Body)
	return string(content), answer.TLS.PeerCertificates[0].Subject.CommonName, err
}

func TestFilesAreReadAgain(t *testing.T) {
	t.Parallel()
	issuer := certtest.New(t)
	dir := t.TempDir()
	certFile, keyFile := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	replace := func(name string) {
		cert, key := issuer.Issue(name, host)
		write(t, certFile, cert)
		write(t, keyFile, key)
	}
	replace("first")
	var log bytes.Buffer
	var now clock
	url := start(t, tlsserver.Options{Cert: certFile, Key: keyFile, Clock: now.now, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	expect := func(when, want string) {
		t.Helper()
		body, server, err := call(t, url, &tls.Config{RootCAs: issuer.Pool(), MinVersion: tls.VersionTLS12})
		if err != nil || body != "HTTP/2.0" || server != want {
			t.Errorf("%s: %q from %q, want it from %q: %v", when, body, server, want, err)
		}
	}
	expect("at first", "first")
	replace("second")
	expect("within the same second", "first")
	now.tick()
	expect("after a second", "second")

	cert, key := issuer.Issue("third", host)
	write(t, certFile, cert)
	now.tick()
	expect("half replaced", "second")
	now.tick()
	expect("still half replaced", "second")
	if n := strings.Count(log.String(), "cannot be used"); n != 1 {
		t.Errorf("the log tells of it %d times:\n%s", n, log.String())
	}
	write(t, keyFile, key)
	now.tick()
	expect("wholly replaced", "third")

	if err := os.Remove(certFile); err != nil {
		t.Fatal(err)
	}
	now.tick()
	expect("without the file", "third")
	write(t, certFile, []byte("garbage"))
	now.tick()
	expect("with garbage", "third")
	replace("fourth")
	now.tick()
	expect("repaired", "fourth")
}

func TestClientCertificates(t *testing.T) {
	t.Parallel()
	issuer, other := certtest.New(t), certtest.New(t)
	dir := t.TempDir()
	certFile, keyFile, caFile := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem"), filepath.Join(dir, "ca.pem")
	cert, key := issuer.Issue("server", host)
	write(t, certFile, cert)
	write(t, keyFile, key)
	write(t, caFile, issuer.PEM())
	var now clock
	url := start(t, tlsserver.Options{Cert: certFile, Key: keyFile, ClientCA: caFile, Clock: now.now, Logger: slog.New(slog.DiscardHandler)})
	expect := func(who string, shown []tls.Certificate, want string) {
		t.Helper()
		config := &tls.Config{RootCAs: issuer.Pool(), MinVersion: tls.VersionTLS12}
		if len(shown) > 0 { // whether the server asks for its kind or not
			config.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return &shown[0], nil }
		}
		body, _, err := call(t, url, config)
		if body != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q, want %q: %v", who, body, want, err)
		}
	}
	expect("nobody", nil, "HTTP/2.0")
	expect("a friend", []tls.Certificate{issuer.Pair("friend")}, "friend HTTP/2.0")
	expect("a stranger", []tls.Certificate{other.Pair("stranger")}, "")
	write(t, caFile, other.PEM())
	now.tick()
	expect("a stranger, trusted now", []tls.Certificate{other.Pair("stranger")}, "stranger HTTP/2.0")
	expect("the friend, no longer trusted", []tls.Certificate{issuer.Pair("friend")}, "")
}

func TestFilesThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	issuer := certtest.New(t)
	dir := t.TempDir()
	file := func(name string, content []byte) string {
		name = filepath.Join(dir, name)
		write(t, name, content)
		return name
	}
	cert, key := issuer.Issue("server", host)
	_, otherKey := issuer.Issue("other", host)
	good, goodKey := file("cert", cert), file("key", key)
	bad, missing := file("bad", []byte("no PEM")), filepath.Join(dir, "missing")
	for name, test := range map[string]struct {
		cert, key, clients string
		want               []string
	}{
		"missing certificate": {missing, goodKey, "", []string{"open " + missing, "check tls-cert and tls-key"}},
		"missing key":         {good, missing, "", []string{"open " + missing, "check tls-cert and tls-key"}},
		"key of another":      {good, file("other", otherKey), "", []string{good, "private key does not match"}},
		"no certificate":      {bad, goodKey, "", []string{bad, "check tls-cert and tls-key"}},
		"a directory":         {dir, goodKey, "", []string{dir}},
		"no client CA":        {good, goodKey, bad, []string{bad, "no certificate in PEM", "check tls-client-ca"}},
		"missing client CA":   {good, goodKey, missing, []string{"open " + missing, "check tls-client-ca"}},
	} {
		_, err := tlsserver.New(tlsserver.Options{Cert: test.cert, Key: test.key, ClientCA: test.clients, Clock: time.Now, Logger: slog.New(slog.DiscardHandler)})
		for _, want := range test.want {
			if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s: error %v, want %s", name, err, want)
			}
		}
	}
}

func TestOldProtocolsAreRefused(t *testing.T) {
	t.Parallel()
	issuer := certtest.New(t)
	cert, key := issuer.Issue("server", host)
	certFile, keyFile := filepath.Join(t.TempDir(), "cert.pem"), filepath.Join(t.TempDir(), "key.pem")
	write(t, certFile, cert)
	write(t, keyFile, key)
	url := start(t, tlsserver.Options{Cert: certFile, Key: keyFile, Clock: time.Now, Logger: slog.New(slog.DiscardHandler)})
	for version, accepted := range map[uint16]bool{tls.VersionTLS11: false, tls.VersionTLS12: true, tls.VersionTLS13: true} {
		_, _, err := call(t, url, &tls.Config{RootCAs: issuer.Pool(), MinVersion: version, MaxVersion: version})
		if (err == nil) != accepted {
			t.Errorf("%s: %v", tls.VersionName(version), err)
		}
	}
}
