package tlsserver_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hookflow/hookflow/internal/acmetest"
	"github.com/hookflow/hookflow/internal/tlsserver"
)

const domain = "hooks.example.test"

func listen(t *testing.T) (net.Listener, int) {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	return listener, listener.Addr().(*net.TCPAddr).Port
}

// serveOn serves what a handler answers on a listener, by https when there is a config.
func serveOn(t *testing.T, listener net.Listener, handler http.Handler, config *tls.Config) {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	_ = server.Listener.Close()
	server.Listener = listener
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelInfo)
	if config == nil {
		server.Start()
	} else {
		server.TLS = config
		server.StartTLS()
	}
	t.Cleanup(server.Close)
}

// issued is what a caller of https sees: the certificate's serial number, or why there is none.
func issued(t *testing.T, address string, authority *acmetest.Authority, name string) (string, error) {
	t.Helper()
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(authority.Issuer())
	config := &tls.Config{RootCAs: roots, ServerName: name, MinVersion: tls.VersionTLS12}
	connection, err := (&tls.Dialer{Config: config}).DialContext(t.Context(), "tcp", address)
	if err != nil {
		return "", err
	}
	defer connection.Close() //nolint:errcheck // nothing was sent
	return connection.(*tls.Conn).ConnectionState().PeerCertificates[0].SerialNumber.String(), nil
}

func options(t *testing.T, authority *acmetest.Authority, dir string, log *slog.Logger) tlsserver.Options {
	t.Helper()
	root, err := os.ReadFile(authority.Root)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(root)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}}
	return tlsserver.Options{Clock: time.Now, Logger: log, ACME: tlsserver.ACME{
		Domains: []string{domain}, Email: "ops@example.test", Directory: authority.Directory, Dir: dir, Client: client,
	}}
}

// TestACME gets a certificate by each kind of challenge, and keeps it for the next start.
func TestACME(t *testing.T) {
	quiet := slog.New(slog.DiscardHandler)
	for _, challenge := range []string{"tls-alpn-01", "http-01"} {
		t.Run(challenge, func(t *testing.T) {
			secured, tlsPort := listen(t)
			plain, httpPort := listen(t)
			if challenge == "http-01" {
				tlsPort = 1 // nobody's
			}
			authority := acmetest.Start(t, httpPort, tlsPort)
			dir := filepath.Join(t.TempDir(), "acme")
			made, err := tlsserver.New(options(t, authority, dir, quiet))
			if err != nil {
				t.Fatal(err)
			}
			if challenge == "http-01" {
				serveOn(t, plain, onPort80(made.Plain(tlsserver.Redirect("", "443"))), nil)
			}
			serveOn(t, secured, http.NotFoundHandler(), made.Config())
			first, err := issued(t, secured.Addr().String(), authority, domain)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := issued(t, secured.Addr().String(), authority, "other.example.test"); err == nil {
				t.Error("there is a certificate for a name that is not ours")
			}
			checkPrivate(t, dir)

			again, err := tlsserver.New(options(t, authority, dir, quiet))
			if err != nil {
				t.Fatal(err)
			}
			restarted, _ := listen(t)
			serveOn(t, restarted, http.NotFoundHandler(), again.Config())
			if second, err := issued(t, restarted.Addr().String(), authority, domain); err != nil || second != first {
				t.Errorf("after a restart the certificate is %s, before it was %s: %v", second, first, err)
			}
		})
	}
}

// onPort80 takes from requests the port that only a test's authority calls.
func onPort80(handler http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Host, _, _ = strings.Cut(r.Host, ":")
		handler.ServeHTTP(w, r)
	})
}

// checkPrivate: what is kept is for its owner alone.
func checkPrivate(t *testing.T, dir string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is %s", path, info.Mode())
		}
		files++
		return err
	})
	if err != nil || files < 3 {
		t.Errorf("%d files are kept: %v", files, err)
	}
}

// TestACMEWatch: certificates are there before anybody asks, and a failure is in the log.
func TestACMEWatch(t *testing.T) {
	for name, works := range map[string]bool{"works": true, "fails": false} {
		t.Run(name, func(t *testing.T) {
			secured, port := listen(t)
			if !works {
				port = 1 // nobody's
			}
			authority := acmetest.Start(t, 1, port)
			lines := &lines{came: make(chan string, 16)}
			made, err := tlsserver.New(options(t, authority, t.TempDir(), slog.New(slog.NewTextHandler(lines, nil))))
			if err != nil {
				t.Fatal(err)
			}
			serveOn(t, secured, http.NotFoundHandler(), made.Config())
			ctx, cancel := context.WithCancel(t.Context())
			var watching sync.WaitGroup
			watching.Go(func() { made.Watch(ctx) })
			line := <-lines.came
			cancel()
			watching.Wait()
			want := map[bool]string{true: `level=INFO msg="certificate by ACME" domain=` + domain, false: `level=ERROR msg="no certificate by ACME" domain=` + domain}[works]
			if !strings.Contains(line, want) {
				t.Errorf("the log says %s, want %s", line, want)
			}
		})
	}
}

// lines hands on what is logged.
type lines struct{ came chan string }

func (l *lines) Write(line []byte) (int, error) {
	l.came <- string(line)
	return len(line), nil
}
