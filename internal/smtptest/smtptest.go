// Package smtptest gives tests a mail server of their own.
package smtptest

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/mail"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Options say what a server is like. The zero value takes every mail, from
// everybody, unencrypted.
type Options struct {
	TLS                *tls.Config // offers STARTTLS; with Implicit every connection begins encrypted
	Implicit           bool
	Username, Password string // who may send; "": everybody
	// Refuse gives the error for a recipient, nil for one that is served.
	Refuse func(to string) *smtp.SMTPError
	// Login has it know AUTH LOGIN instead of AUTH PLAIN.
	Login bool
}

// Mail is one that was taken.
type Mail struct {
	From string
	To   []string
	Raw  []byte
	TLS  bool // it came over an encrypted connection
}

// Parse reads the mail's headers; its body is read from there.
func (m *Mail) Parse(t testing.TB) *mail.Message {
	t.Helper()
	parsed, err := mail.ReadMessage(strings.NewReader(string(m.Raw)))
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

// Server is a running server.
type Server struct {
	Host string
	Port int

	options Options
	mu      sync.Mutex
	mails   []*Mail
}

// Start starts a server on a free port of 127.0.0.1, and ends it with the test.
func Start(t testing.TB, o Options) *Server {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port, options: o}
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &session{server: s, connection: c}, nil
	}))
	server.ErrorLog = silent{}
	server.Domain, server.AllowInsecureAuth, server.MaxMessageBytes = "mail.test", true, 64<<20
	if o.Implicit {
		listener = tls.NewListener(listener, o.TLS)
	} else {
		server.TLSConfig = o.TLS
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	t.Cleanup(func() {
		_ = server.Close()   // Serve says how it ended
		_ = listener.Close() // which Close does not know before Serve has begun
		if err := <-done; err != nil && !errors.Is(err, smtp.ErrServerClosed) && !errors.Is(err, net.ErrClosed) {
			t.Error(err)
		}
	})
	return s
}

// Mails are those that were taken so far.
func (s *Server) Mails() []*Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.mails)
}

// session is what somebody says on one connection.
type session struct {
	server     *Server
	connection *smtp.Conn
	known      bool
	mail       Mail
}

var errWho = &smtp.SMTPError{Code: 530, EnhancedCode: smtp.EnhancedCode{5, 7, 0}, Message: "Authentication required"}

func (s *session) AuthMechanisms() []string {
	switch {
	case s.server.options.Username == "":
		return nil
	case s.server.options.Login:
		return []string{sasl.Login}
	default:
		return []string{sasl.Plain}
	}
}

func (s *session) Auth(mechanism string) (sasl.Server, error) {
	if mechanism == sasl.Login {
		return &login{check: s.check}, nil
	}
	return sasl.NewPlainServer(func(_, username, password string) error { return s.check(username, password) }), nil
}

func (s *session) check(username, password string) error {
	if username != s.server.options.Username || password != s.server.options.Password {
		return smtp.ErrAuthFailed
	}
	s.known = true
	return nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.server.options.Username != "" && !s.known {
		return errWho
	}
	s.mail.From = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if refuse := s.server.options.Refuse; refuse != nil {
		if err := refuse(to); err != nil {
			return err
		}
	}
	s.mail.To = append(s.mail.To, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	taken := s.mail
	_, taken.TLS = s.connection.TLSConnectionState()
	taken.Raw = raw
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	s.server.mails = append(s.server.mails, &taken)
	return nil
}

func (s *session) Reset() { s.mail = Mail{} }

func (*session) Logout() error { return nil }

// login is AUTH LOGIN, which go-sasl only knows as a client:
// https://datatracker.ietf.org/doc/html/draft-murchison-sasl-login-00.
type login struct {
	check    func(username, password string) error
	username string
	asked    int
}

func (l *login) Next(response []byte) (challenge []byte, done bool, err error) {
	l.asked++
	switch {
	case l.asked == 1 && response == nil:
		return []byte("Username:"), false, nil
	case l.username == "":
		l.username = string(response)
		return []byte("Password:"), false, nil
	default:
		return nil, true, l.check(l.username, string(response))
	}
}

// silent keeps to itself what went wrong: the client is told, and its test tells.
type silent struct{}

func (silent) Printf(string, ...any) {}
func (silent) Println(...any)        {}
