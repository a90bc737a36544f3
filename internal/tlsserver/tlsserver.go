// Package tlsserver is the server's side of https: certificates from files or by
// ACME, the client certificates that are asked for, and the way from http.
package tlsserver

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"github.com/hookflow/hookflow"
)

// Options are where certificates come from: from ACME when it has domains, else
// from Cert and Key. The Clock and the Logger are required.
type Options struct {
	Cert, Key string // files in PEM
	ClientCA  string // file in PEM of those who issue client certificates; "": none are asked for
	ACME      ACME
	Clock     hookflow.Clock
	Logger    *slog.Logger
}

// Server is what a listener for https needs.
type Server struct {
	config *tls.Config
	acme   *issuer // nil without ACME
}

// New reads the files once, so that a mistake in them shows at the start. From
// then on they are looked at again at most once a second, when somebody
// connects; files that cannot be used leave in use what they held before.
func New(o Options) (*Server, error) {
	s := &Server{config: &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}}}
	if len(o.ACME.Domains) > 0 {
		s.acme = newIssuer(o)
		s.config.GetCertificate = s.acme.certificate
		s.config.NextProtos = append(s.config.NextProtos, challengeProto)
	} else if err := s.fromFiles(o); err != nil {
		return nil, err
	}
	if o.ClientCA == "" {
		return s, nil
	}
	return s, s.askClients(o)
}

// Config is for one server: it must not be changed, and may be cloned.
func (s *Server) Config() *tls.Config { return s.config }

// Watch gets certificates by ACME before anyone asks for them, and tells the
// log of those that are missing or late. It returns when ctx is done, and at
// once without ACME.
func (s *Server) Watch(ctx context.Context) {
	if s.acme != nil {
		s.acme.watch(ctx)
	}
}

// Plain is the handler for http: it answers the challenges of ACME, and
// everything else goes to others.
func (s *Server) Plain(others http.Handler) http.Handler {
	if s.acme == nil {
		return others
	}
	return s.acme.manager.HTTPHandler(others)
}

func (s *Server) fromFiles(o Options) error {
	pair, err := watch(o, []string{o.Cert, o.Key}, func(contents [][]byte) (*tls.Certificate, error) {
		pair, err := tls.X509KeyPair(contents[0], contents[1])
		if err == nil && o.Clock().After(pair.Leaf.NotAfter) {
			o.Logger.Warn("the certificate has expired", "file", o.Cert, "expired", pair.Leaf.NotAfter)
		}
		return &pair, err
	})
	if err != nil {
		return fmt.Errorf("read the certificate: %w; check tls-cert and tls-key", err)
	}
	s.config.GetCertificate = func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return pair.current(), nil }
	return nil
}

var errNoCertificates = errors.New("it holds no certificate in PEM")

// askClients asks for client certificates, and lets in who has none: that one is
// demanded is for an endpoint to say.
func (s *Server) askClients(o Options) error {
	plain := s.config.Clone()
	asking, err := watch(o, []string{o.ClientCA}, func(contents [][]byte) (*tls.Config, error) {
		config := plain.Clone()
		config.ClientAuth, config.ClientCAs = tls.VerifyClientCertIfGiven, x509.NewCertPool()
		if !config.ClientCAs.AppendCertsFromPEM(contents[0]) {
			return nil, errNoCertificates
		}
		return config, nil
	})
	if err != nil {
		return fmt.Errorf("read the certificates of those who issue client certificates: %w; check tls-client-ca", err)
	}
	s.config.GetConfigForClient = func(*tls.ClientHelloInfo) (*tls.Config, error) { return asking.current(), nil }
	return nil
}
