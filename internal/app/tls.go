package app

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"

	"github.com/hookflow/hookflow/internal/egress"
	"github.com/hookflow/hookflow/internal/tlsserver"
)

// acmeDir, in the data directory, keeps the account's key and the certificates.
const acmeDir = "acme"

// listen opens the addresses of the settings, and reads the certificates.
func (a *App) listen(ctx context.Context) (err error) {
	if err := a.openTLS(); err != nil {
		return err
	}
	var config net.ListenConfig
	if a.listener, err = config.Listen(ctx, "tcp", a.cfg.Addr); err != nil {
		return fmt.Errorf("listen: %w; choose another address with --addr", err)
	}
	if a.cfg.HTTPAddr == "" {
		return nil
	}
	if a.plainListener, err = config.Listen(ctx, "tcp", a.cfg.HTTPAddr); err != nil {
		return fmt.Errorf("listen: %w; choose another address with --http-addr", err)
	}
	return nil
}

func (a *App) openTLS() (err error) {
	if !a.cfg.HTTPS() {
		return nil
	}
	o := tlsserver.Options{
		Cert: a.cfg.TLSCert, Key: a.cfg.TLSKey, ClientCA: a.cfg.TLSClientCA, Clock: a.options.Clock, Logger: a.options.Logger,
	}
	if len(a.cfg.ACMEDomains) > 0 {
		if o.ACME, err = a.acme(); err != nil {
			return err
		}
	}
	a.tls, err = tlsserver.New(o)
	return err
}

var errNoRoot = errors.New("it holds no certificate in PEM")

// acme says how to get certificates. It is the operator who chose the provider,
// and so the settings that bound workflows do not bind it.
func (a *App) acme() (tlsserver.ACME, error) {
	var roots *x509.CertPool
	if name := a.cfg.ACMECARoot; name != "" {
		content, err := os.ReadFile(name) //nolint:gosec // the operator names it
		roots = x509.NewCertPool()
		if err == nil && !roots.AppendCertsFromPEM(content) {
			err = errNoRoot
		}
		if err != nil {
			return tlsserver.ACME{}, fmt.Errorf("read acme-ca-root %s: %w", name, err)
		}
	}
	return tlsserver.ACME{
		Domains: a.cfg.ACMEDomains, Email: a.cfg.ACMEEmail, Directory: a.cfg.ACMECA,
		Dir:    filepath.Join(a.cfg.DataDir, acmeDir),
		Client: egress.New(egress.Policy{}, Version()).Standard(roots), Agent: "hookflow/" + Version(),
	}, nil
}

// newServers makes the server of everything, and the one that leads to it from
// http when there is a listener for that.
func (a *App) newServers() {
	a.traffic = newTraffic(a.handler())
	a.server = a.newServer(tlsserver.Strict(a.traffic))
	if a.tls != nil {
		a.server.TLSConfig = a.tls.Config()
	}
	if a.plainListener != nil {
		a.plainServer = a.newServer(a.tls.Plain(a.redirect()))
	}
}

func (a *App) newServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: headerTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(a.options.Logger.Handler(), slog.LevelDebug),
	}
}

// redirect leads to the public URL's host when that is https: another port may
// be ours outside than here.
func (a *App) redirect() http.Handler {
	authority := ""
	if public, err := url.Parse(a.cfg.PublicURL); err == nil && public.Scheme == "https" {
		authority = public.Host
	}
	_, port, _ := net.SplitHostPort(a.Addr())
	return tlsserver.Redirect(authority, port)
}

// serve serves on the addresses that listen opened, and reports what ended it.
func (a *App) serve(ctx context.Context, ended chan<- error) {
	if a.plainServer != nil {
		a.options.Logger.Info("leading to https", "address", a.plainListener.Addr().String())
		go func() { ended <- a.plainServer.Serve(a.plainListener) }()
	}
	if a.tls == nil {
		go func() { ended <- a.server.Serve(a.listener) }()
		return
	}
	go func() { ended <- a.server.ServeTLS(a.listener, "", "") }()
	go a.tls.Watch(ctx)
}

// stopServing closes what is open; requests under way have as long as ctx.
func (a *App) stopServing(ctx context.Context) error {
	var errs []error
	for _, server := range []*http.Server{a.plainServer, a.server} {
		if server == nil {
			continue
		}
		err := server.Shutdown(ctx)
		if errors.Is(err, context.DeadlineExceeded) {
			err = server.Close()
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
