package verify

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

type mtlsSettings struct {
	Common
	Subjects []string `json:"subjects,omitempty" max:"100" doc:"Client certificates that may call: subject (RFC 4514), its common name, an alternative name, or SHA-256 fingerprint; none: every one of the client CA" zh:"允许调用的客户端证书：主题（RFC 4514）、通用名、备用名称或 SHA-256 指纹；留空则允许该 CA 的全部证书"`
}

var mtls = define(definition[mtlsSettings]{
	key:   "mtls",
	title: Text{"Client certificate (mTLS)", "客户端证书（mTLS）"},
	doc:   Text{"A TLS client certificate of the CA in HOOKFLOW_TLS_CLIENT_CA.", "由 HOOKFLOW_TLS_CLIENT_CA 中的 CA 签发的 TLS 客户端证书。"},
	provider: Provider{
		Checks: Text{
			"The certificate's chain to the client CA, its period, and that it is one of subjects.",
			"校验证书至客户端 CA 的链、有效期，以及是否在 subjects 之列。",
		},
		Steps: []Text{
			{"Have this server do TLS itself, and set HOOKFLOW_TLS_CLIENT_CA to the CA of the senders' certificates.", "由本服务器直接提供 TLS，并将 HOOKFLOW_TLS_CLIENT_CA 设为发送方证书的 CA。"},
			{"List the senders' certificates in subjects, by what openssl x509 -noout -subject -nameopt RFC2253 or -fingerprint -sha256 shows.", "在 subjects 中列出发送方证书：填写 openssl x509 -noout -subject -nameopt RFC2253 或 -fingerprint -sha256 的输出。"},
		},
		Sources: []string{"https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2", "https://www.rfc-editor.org/rfc/rfc4514"},
	},
	prepare: func(*mtlsSettings, *value.Tree) (plan[mtlsSettings], []hookflow.Problem) {
		return plan[mtlsSettings]{judge: judgeMTLS}, nil
	},
})

func judgeMTLS(_ context.Context, req *Request, c *mtlsSettings, v *Verdict) {
	const check = "certificate"
	if len(req.Peer) == 0 {
		v.failAs("missing_certificate", check, "no client certificate was shown", "Have the sender connect with its certificate, and without a proxy that ends TLS in between.")
		return
	}
	peer := req.Peer[0]
	sum := sha256.Sum256(peer.Raw)
	fingerprint := hex.EncodeToString(sum[:])
	shown := fmt.Sprintf("%.200s, SHA-256 %s", peer.Subject, fingerprint)
	isListed := func(text string) bool { return isListed(peer, fingerprint, text) }
	switch {
	case req.Now.Before(peer.NotBefore) || req.Now.After(peer.NotAfter):
		v.failAs("certificate_expired", check, fmt.Sprintf("the certificate of %s is valid from %s to %s only", shown, peer.NotBefore.Format(time.RFC3339), peer.NotAfter.Format(time.RFC3339)), "Have the sender renew its certificate.")
	case len(c.Subjects) > 0 && !slices.ContainsFunc(c.Subjects, isListed):
		v.failAs("certificate_mismatch", check, "the certificate of "+shown+" is not one of subjects", "Add it to subjects if it may call.")
	default:
		v.pass(check, "the certificate of "+shown)
	}
}

// isListed compares a text with that name of the certificate which it is by its form: whoever
// chooses one of his names freely must not pass by it for another kind.
func isListed(certificate *x509.Certificate, fingerprint, text string) bool {
	digits := strings.ToLower(strings.ReplaceAll(text, ":", ""))
	_, err := hex.DecodeString(digits)
	switch {
	case err == nil && len(digits) == len(fingerprint):
		return digits == fingerprint
	case strings.Contains(text, "://"):
		return slices.ContainsFunc(certificate.URIs, func(uri *url.URL) bool { return uri.String() == text })
	case strings.Contains(text, "="):
		return certificate.Subject.String() == text
	case strings.Contains(text, "@"):
		return slices.Contains(certificate.EmailAddresses, text)
	default:
		return text != "" && certificate.Subject.CommonName == text || slices.Contains(certificate.DNSNames, text) ||
			slices.ContainsFunc(certificate.IPAddresses, func(address net.IP) bool { return address.String() == text })
	}
}
