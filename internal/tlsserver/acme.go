package tlsserver

import (
	"context"
	"crypto/tls"
	"log/slog"
	"net/http"
	"time"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"

	"github.com/hookflow/hookflow"
)

// challengeProto is what a provider speaks that checks a name by tls-alpn-01
// (RFC 8737).
const challengeProto = acme.ALPNProto

// ACME is how certificates are got from a provider (RFC 8555), whose terms of
// service are accepted. A name is proved by tls-alpn-01, or by http-01 once
// Plain has been called.
type ACME struct {
	Domains   []string     // in their ASCII form
	Email     string       // may be ""
	Directory string       // URL; "": Let's Encrypt
	Dir       string       // keeps the account's key and the certificates; made when needed, for its owner alone
	Client    *http.Client // connects to the provider
	Agent     string       // User-Agent
}

// issuer gets certificates, and renews them when a third of their life is left,
// or 30 days.
type issuer struct {
	manager *autocert.Manager
	domains []string
	clock   hookflow.Clock
	log     *slog.Logger
}

func newIssuer(o Options) *issuer {
	return &issuer{
		manager: &autocert.Manager{
			Prompt:     autocert.AcceptTOS,
			Cache:      autocert.DirCache(o.ACME.Dir),
			HostPolicy: autocert.HostWhitelist(o.ACME.Domains...),
			Email:      o.ACME.Email,
			Client:     &acme.Client{DirectoryURL: o.ACME.Directory, HTTPClient: o.ACME.Client, UserAgent: o.ACME.Agent},
		},
		domains: o.ACME.Domains, clock: o.Clock, log: o.Logger,
	}
}

// certificate is for the name that a caller expects; one that expects none, as
// callers by address do, is shown that of the first domain.
func (i *issuer) certificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	if hello.ServerName == "" {
		named := *hello
		named.ServerName = i.domains[0]
		hello = &named
	}
	return i.manager.GetCertificate(hello)
}

// watchEvery is how often certificates are looked at: a failure that lasts shows
// in the log a few times a day.
const watchEvery = 6 * time.Hour

func (i *issuer) watch(ctx context.Context) {
	ticker := time.NewTicker(watchEvery)
	defer ticker.Stop()
	for {
		for _, domain := range i.domains {
			i.look(ctx, domain)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// look gets a certificate unless there is one, as a caller of today would.
func (i *issuer) look(ctx context.Context, domain string) {
	if ctx.Err() != nil {
		return
	}
	certificate, err := i.manager.GetCertificate(&tls.ClientHelloInfo{
		ServerName:       domain,
		CipherSuites:     []uint16{tls.TLS_AES_128_GCM_SHA256, tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256},
		SignatureSchemes: []tls.SignatureScheme{tls.ECDSAWithP256AndSHA256},
		SupportedCurves:  []tls.CurveID{tls.CurveP256},
	})
	if err != nil {
		i.log.Error("no certificate by ACME", "domain", domain, "error", err)
		return
	}
	leaf := certificate.Leaf
	if left := leaf.NotAfter.Sub(i.clock()); left < leaf.NotAfter.Sub(leaf.NotBefore)/6 {
		i.log.Error("a certificate could not be renewed by ACME", "domain", domain, "expires", leaf.NotAfter)
		return
	}
	i.log.Info("certificate by ACME", "domain", domain, "expires", leaf.NotAfter)
}
