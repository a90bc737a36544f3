package e2e_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/hookflow/hookflow/internal/acmetest"
	"github.com/hookflow/hookflow/internal/certtest"
	"github.com/hookflow/hookflow/internal/hookflowtest"
)

// secured is a client that trusts roots, shows certificates and follows no redirect.
func secured(roots *x509.CertPool, shown ...tls.Certificate) *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			TLSClientConfig:   &tls.Config{RootCAs: roots, Certificates: shown, MinVersion: tls.VersionTLS12},
			ForceAttemptHTTP2: true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// seen is what a client of its own was answered, and by whom.
type seen struct {
	reply
	proto, server string
}

// call sends a request with a client of its own.
func call(t *testing.T, client *http.Client, method, url string) (seen, error) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := client.Do(request)
	if err != nil {
		return seen{}, err
	}
	defer answer.Body.Close() //nolint:errcheck // it is only read
	body, err := io.ReadAll(answer.Body)
	s := seen{reply: reply{answer.StatusCode, answer.Header, string(body)}, proto: answer.Proto}
	if answer.TLS != nil {
		s.server = answer.TLS.PeerCertificates[0].Subject.CommonName
	}
	return s, err
}

// certificates are the files of a server that speaks https.
type certificates struct {
	*certtest.Authority
	dir string
}

func newCertificates(t *testing.T) certificates {
	t.Helper()
	c := certificates{certtest.New(t), t.TempDir()}
	c.replace(t, "first")
	writeFile(t, c.file("ca.pem"), c.PEM())
	return c
}

func (c certificates) file(name string) string { return filepath.Join(c.dir, name) }

// replace writes another certificate for this machine.
func (c certificates) replace(t *testing.T, name string) {
	t.Helper()
	cert, key := c.Issue(name, "127.0.0.1")
	writeFile(t, c.file("cert.pem"), cert)
	writeFile(t, c.file("key.pem"), key)
}

func (c certificates) env(more ...string) []string {
	return append([]string{"HOOKFLOW_TLS_CERT=" + c.file("cert.pem"), "HOOKFLOW_TLS_KEY=" + c.file("key.pem")}, more...)
}

func writeFile(t *testing.T, name string, content []byte) {
	t.Helper()
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestHTTPS: what is different when the server speaks https.
func TestHTTPS(t *testing.T) {
	t.Parallel()
	files := newCertificates(t)
	client := secured(files.Pool())
	s := hookflowtest.StartHTTPS(t, client, files.env("HOOKFLOW_HTTP_ADDR=127.0.0.1:0")...)

	if !strings.Contains(s.Output(), "Hookflow is listening on "+s.URL+"\n") {
		t.Errorf("it prints %s", s.Output())
	}
	answer, err := call(t, client, http.MethodGet, s.URL+"/readyz")
	if err != nil || answer.proto != "HTTP/2.0" || answer.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("%+v %v", answer, err)
	}
	key := save(t, s, webhook(`{mode: sync}`, `{key: r, type: response, config: {body: "{{$context.url}}"}}`))
	wantReply(t, "its URL", post(t, s, key, `{}`), 200, `^`+s.URL+`/api/webhooks/`+key+`$`)

	s.Run("user", "create", "--email", "ada@example.com", "--password", "correct-horse", "--role", "admin")
	login := send(t, s, http.MethodPost, "/api/auth/login", `{"email":"ada@example.com","password":"correct-horse"}`, asJSON)
	if cookie := login.Header.Get("Set-Cookie"); login.Status/100 != 2 || !strings.Contains(cookie, "; Secure") || !strings.Contains(cookie, "; HttpOnly") {
		t.Errorf("%d %q", login.Status, cookie)
	}

	plain := "http://" + regexp.MustCompile(`msg="leading to https" address=(\S+)`).FindStringSubmatch(s.Output())[1]
	answer, err = call(t, client, http.MethodPost, plain+"/api/webhooks/"+key+"?a=b")
	if err != nil || answer.Status != http.StatusPermanentRedirect || answer.Header.Get("Location") != s.URL+"/api/webhooks/"+key+"?a=b" {
		t.Errorf("by http: %+v %v", answer, err)
	}
	answer, err = call(t, client, http.MethodGet, "http://"+s.URL[len("https://"):]+"/readyz")
	if err != nil || answer.Status != http.StatusBadRequest {
		t.Errorf("http on the port of https: %+v %v", answer, err)
	}
	if err := s.Stop(); err != nil {
		t.Errorf("it ended with %v: %s", err, s.Output())
	}
}

// TestCertificateIsReadAgain: without a restart, and never one that cannot be used.
func TestCertificateIsReadAgain(t *testing.T) {
	t.Parallel()
	files := newCertificates(t)
	s := hookflowtest.StartHTTPS(t, secured(files.Pool()), files.env()...)
	shown := func() string {
		answer, err := call(t, secured(files.Pool()), http.MethodGet, s.URL+"/healthz")
		if err != nil {
			t.Fatal(err)
		}
		return answer.server
	}
	if name := shown(); name != "first" {
		t.Errorf("at first it shows %s", name)
	}
	writeFile(t, files.file("cert.pem"), []byte("broken"))
	hookflowtest.Eventually(t, "the log tells of the broken file", func() bool {
		return shown() == "first" && strings.Contains(s.Output(), "cannot be used")
	})
	files.replace(t, "second")
	hookflowtest.Eventually(t, "the new certificate is shown", func() bool { return shown() == "second" })
}

// TestWrongTLSSettings: one line, and what to do.
func TestWrongTLSSettings(t *testing.T) {
	t.Parallel()
	files := newCertificates(t)
	_, otherKey := files.Issue("other")
	writeFile(t, files.file("other.pem"), otherKey)
	for line, want := range map[string]struct {
		code int
		says string
	}{
		"--tls-cert missing.pem --tls-key key.pem":                       {1, `open missing\.pem.*check tls-cert and tls-key`},
		"--tls-cert cert.pem --tls-key other.pem":                        {1, `cert\.pem, other\.pem: .*match.*check tls-cert and tls-key`},
		"--tls-cert cert.pem --tls-key key.pem --tls-client-ca key.pem":  {1, `key\.pem.*no certificate.*check tls-client-ca`},
		"--tls-cert cert.pem":                                            {2, `tls-cert and tls-key belong together`},
		"--http-addr :0":                                                 {2, `http-addr leads to https`},
		"--acme-domains localhost":                                       {2, `--acme-domains: "localhost" is not domain names`},
		"--acme-domains a.example --acme-ca-root missing.pem":            {1, `acme-ca-root missing\.pem`},
		"--tls-cert cert.pem --tls-key key.pem --acme-domains a.example": {2, `set one of them`},
		"--tls-cert cert.pem --tls-key key.pem --http-addr 192.0.2.1:80": {1, `--http-addr`},
	} {
		got := hookflow(t, files.dir, nil, append([]string{"serve", "--addr", "127.0.0.1:0"}, strings.Fields(line)...)...)
		if got.code != want.code || !regexp.MustCompile(`^hookflow: [^\n]*`+want.says+`[^\n]*\n$`).MatchString(got.stderr) {
			t.Errorf("%s: %+v", line, got)
		}
	}
}

// TestClientCertificates: they are asked for, but demanded by mtls alone.
func TestClientCertificates(t *testing.T) {
	t.Parallel()
	files, others := newCertificates(t), certtest.New(t)
	s := hookflowtest.StartHTTPS(t, secured(files.Pool()), files.env("HOOKFLOW_TLS_CLIENT_CA="+files.file("ca.pem"))...)
	put(t, s, "open", webhook("", ""))
	put(t, s, "closed", webhook(`{verification: {scheme: mtls, subjects: [friend]}}`, ""))
	friend, guest := files.Pair("friend"), files.Pair("guest")
	for _, test := range []struct {
		who, path string
		shown     []tls.Certificate
		want      int
	}{
		{"nobody", "open", nil, 200},
		{"nobody", "closed", nil, 401},
		{"the friend", "open", []tls.Certificate{friend}, 200},
		{"the friend", "closed", []tls.Certificate{friend}, 200},
		{"a guest", "closed", []tls.Certificate{guest}, 401},
		{"one of another authority", "closed", []tls.Certificate{others.Pair("friend")}, 401}, // clients do not show what was not asked for
	} {
		answer, err := call(t, secured(files.Pool(), test.shown...), http.MethodPost, s.URL+"/api/webhooks/"+test.path)
		if err != nil || answer.Status != test.want {
			t.Errorf("%s on %s: %+v %v", test.who, test.path, answer, err)
		}
	}
}

// TestACME: a certificate from an authority that checks in earnest whose name it is.
func TestACME(t *testing.T) {
	const domain = "hooks.example.test"
	address := freeAddress(t)
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	authority := acmetest.Start(t, 1, number)
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(authority.Issuer())
	client := secured(roots)
	transport := client.Transport.(*http.Transport)
	transport.TLSClientConfig.ServerName = domain
	s := hookflowtest.StartHTTPS(t, client, "HOOKFLOW_ADDR="+address, "HOOKFLOW_ACME_DOMAINS="+domain, "HOOKFLOW_ACME_EMAIL=ops@example.test",
		"HOOKFLOW_ACME_CA="+authority.Directory, "HOOKFLOW_ACME_CA_ROOT="+authority.Root)
	hookflowtest.Eventually(t, "the certificate is in the log", func() bool {
		return strings.Contains(s.Output(), `msg="certificate by ACME" domain=`+domain)
	})
	if want := fmt.Sprintf("listening on https://%s:%s\n", domain, port); !strings.Contains(s.Output(), want) {
		t.Errorf("it does not print %s: %s", want, s.Output())
	}
	first := serial(t, address, domain, roots)
	if unnamed := serial(t, address, "", roots); unnamed != first {
		t.Errorf("callers that expect no name are shown %s, others %s", unnamed, first)
	}
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	s.Restart()
	if again := serial(t, address, domain, roots); again != first {
		t.Errorf("the certificate is %s after a restart, before it was %s", again, first)
	}
}

// serial is the serial number of the certificate that a caller is shown.
func serial(t *testing.T, address, name string, roots *x509.CertPool) string {
	t.Helper()
	config := &tls.Config{RootCAs: roots, ServerName: name, MinVersion: tls.VersionTLS12, InsecureSkipVerify: name == ""}
	connection, err := (&tls.Dialer{Config: config}).DialContext(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close() //nolint:errcheck // nothing was sent
	return connection.(*tls.Conn).ConnectionState().PeerCertificates[0].SerialNumber.String()
}

// freeAddress is one that nobody listens on, for servers that others must find.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close() //nolint:errcheck // another one comes
	return listener.Addr().String()
}
