package verify

import (
	"context"
	"net/http"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

type mandrillSettings struct {
	Common
	Secrets
}

var mandrill = define(definition[mandrillSettings]{
	key:   "mandrill",
	title: Text{"Mailchimp Transactional (Mandrill)", "Mailchimp Transactional（Mandrill）"},
	doc:   Text{"The key of a Mandrill webhook; X-Mandrill-Signature is checked.", "Mandrill Webhook 的密钥；校验 X-Mandrill-Signature。"},
	provider: Provider{
		Checks: Text{
			"HMAC-SHA1 over the URL and the form fields in order.",
			"校验对地址与排序后表单字段的 HMAC-SHA1。",
		},
		Handshake: Text{
			"A HEAD request, then a signed or test-signed form without events: both are answered 200.",
			"先发送 HEAD 请求，再发送不含事件的（测试）签名表单，均回复 200。",
		},
		Steps: []Text{
			{"In Mandrill open Settings, Webhooks, Add a Webhook; choose the events and enter the URL of this endpoint.", "在 Mandrill 中打开 Settings、Webhooks、Add a Webhook，选择事件并填入此端点的地址。"},
			{"Copy the key that the list then shows, and enter it as the secret here.", "复制列表中显示的密钥，在此填为密钥。"},
			{"Mandrill signs the URL as you enter it: it must begin with the public URL of this server.", "Mandrill 对所填地址签名：地址必须以本服务器的公开地址（public-url）开头。"},
		},
		Sources: []string{"https://mailchimp.com/developer/transactional/guides/track-respond-activity-webhooks/"},
	},
	prepare: func(_ *mandrillSettings, tree *value.Tree) (plan[mandrillSettings], []hookflow.Problem) {
		return plan[mandrillSettings]{
			judge:   judgeMandrill,
			sign:    signMandrill,
			recipe:  recipeMandrill,
			capture: answerMandrillTrial,
			methods: []string{http.MethodHead},
		}, checkSecrets(tree, "secret", "secrets")
	},
})

const (
	mandrillHeader   = "X-Mandrill-Signature"
	mandrillNoEvents = "mandrill_events[]" // as it is signed
)

func judgeMandrill(_ context.Context, req *Request, c *mandrillSettings, v *Verdict) {
	if answerMandrillTrial(req, v) {
		return
	}
	signature, ok := readSHA1(req, mandrillHeader, v)
	if !ok {
		return
	}
	content, ok := formContent(req, v)
	if !ok {
		return
	}
	if !signedForm(c.all(), req.URL, content, signature) {
		failForm(req, mandrillHeader, v)
		return
	}
	v.pass("signature", mandrillHeader+" matches")
	if content == mandrillNoEvents {
		v.Handshake = reply(http.StatusOK, plainText, "")
	}
}

// answerMandrillTrial answers how Mandrill tries a URL before the webhook, and so its key, is there:
// by a HEAD, then without events and signed with a key that everybody knows.
func answerMandrillTrial(req *Request, v *Verdict) bool {
	unseen := &Verdict{}
	if req.Method != http.MethodHead {
		signature, ok := readSHA1(req, mandrillHeader, unseen)
		if !ok {
			return false
		}
		content, ok := formContent(req, unseen)
		if !ok || content != mandrillNoEvents || !signedForm([]string{"test-webhook"}, req.URL, content, signature) {
			return false
		}
	}
	v.pass("handshake", "Mandrill tries whether the URL answers")
	v.Handshake = reply(http.StatusOK, plainText, "")
	return true
}

func signMandrill(s *Signed, c *mandrillSettings) error {
	content, ok := formContent(s.Request, &Verdict{})
	if !ok {
		return errForm
	}
	return signForm(s, mandrillHeader, s.URL+content, c.all())
}

func recipeMandrill(s *Signed, _ *mandrillSettings) *Recipe {
	content, ok := formContent(s.Request, &Verdict{})
	if !ok {
		return nil
	}
	return formRecipe(s.Request, mandrillHeader, s.URL+content)
}
