package verify

import (
	"context"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net/url"
	"time"
)

// certificateAge is how old a fetched certificate may be; its URL names it alone, so it does not change.
const certificateAge = 24 * time.Hour

// signingKey fetches the RSA key of a certificate at a URL that the request names and allowed finds
// to be the provider's own. That page, over HTTPS, is what vouches for the certificate; its period
// is checked against the time of the request.
func signingKey(ctx context.Context, req *Request, address string, allowed func(*url.URL) bool, v *Verdict) (*rsa.PublicKey, bool) {
	const check = "certificate"
	target, err := url.Parse(address)
	if err != nil || target.Scheme != "https" || target.User != nil || target.Port() != "" || target.RawQuery != "" || target.Fragment != "" || !allowed(target) {
		v.failAs("bad_certificate_url", check, fmt.Sprintf("the certificate at %.200q is not the provider's", address), "Nothing was fetched. If the provider has changed its address, this version does not know it yet.")
		return nil, false
	}
	key, err := fetchSigningKey(ctx, req, address)
	if err != nil {
		v.failAs("bad_certificate", check, fmt.Sprintf("the certificate at %.200s: %v", address, err), "See that the URL can be reached from here; the provider will send again.")
		return nil, false
	}
	return key, true
}

func fetchSigningKey(ctx context.Context, req *Request, address string) (*rsa.PublicKey, error) {
	text, err := req.fetch(ctx, address, certificateAge)
	if err != nil {
		return nil, fmt.Errorf("could not be fetched: %w", err)
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("is not in PEM")
	}
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	if req.Now.Before(certificate.NotBefore) || req.Now.After(certificate.NotAfter) {
		return nil, fmt.Errorf("is valid from %s to %s only", certificate.NotBefore.Format(time.DateOnly), certificate.NotAfter.Format(time.DateOnly))
	}
	key, ok := certificate.PublicKey.(*rsa.PublicKey)
	if !ok {
		return nil, errors.New("has no RSA key")
	}
	return key, nil
}
