package channel

import (
	"context"
	"encoding/base64"
	"errors"
	"net/url"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
)

func init() {
	register(Def[smsTwilioConfig]{
		Type:  "sms_twilio",
		Title: node.Text{EN: "SMS by Twilio", ZH: "Twilio 短信"},
		Help: node.Text{
			EN: "Sends a text message by Twilio, to one number such as +15551234567: text, or a content template (HX…) with params as an object of its variables.",
			ZH: "通过 Twilio 向一个号码（如 +15551234567）发送短信：text，或内容模板（HX 开头）与作为变量对象的 params。",
		},
		Icon: "smartphone", Takes: []Part{To, Text, Template, Params}, Needs: []Part{To},
		Sources: []string{"https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource", "https://www.twilio.com/docs/api/errors"},
		Send:    sendSMSTwilio,
	})
}

type smsTwilioConfig struct {
	AccountSID string `json:"accountSid" required:"true" doc:"Account SID (AC…)" zh:"Account SID（AC 开头）"`
	AuthToken  string `json:"authToken" required:"true" secret:"true" doc:"Auth token" zh:"Auth Token"`
	From       string `json:"from" required:"true" doc:"Number or name of the sender, or SID of a messaging service (MG…)" zh:"发送方号码或名称，或消息服务 SID（MG 开头）"`
	APIURL     string `json:"apiUrl,omitempty" format:"uri" default:"https://api.twilio.com" more:"true" doc:"Address of the API" zh:"接口地址"`
}

func sendSMSTwilio(ctx context.Context, env *Env, c *smsTwilioConfig, m *node.Message) (node.Answer, error) {
	switch {
	case len(m.To) > 1:
		return node.Answer{}, errOneOnly
	case m.Text == "" && m.Template == "", m.Text != "" && m.Template != "":
		return node.Answer{}, errors.New("give text or template, one of them")
	}
	form := url.Values{"To": {m.To[0]}}
	set := func(name, text string) {
		if text != "" {
			form.Set(name, text)
		}
	}
	set("Body", m.Text)
	set("ContentSid", m.Template)
	set("ContentVariables", quoted(m.Params))
	if strings.HasPrefix(c.From, "MG") {
		set("MessagingServiceSid", c.From)
	} else {
		set("From", c.From)
	}
	sent, err := env.exchange(ctx, node.HTTPRequest{
		Method: "POST", URL: under(c.APIURL, "/2010-04-01/Accounts/"+url.PathEscape(c.AccountSID)+"/Messages.json"),
		Headers: []hookflow.Header{
			{Name: "Authorization", Value: "Basic " + base64.StdEncoding.EncodeToString([]byte(c.AccountSID+":"+c.AuthToken))},
			{Name: "Content-Type", Value: "application/x-www-form-urlencoded"},
		},
		Body: []byte(form.Encode()),
	})
	answer, err := verdict{code: "code", message: "message", limited: []string{"20429"}}.judged(sent, err)
	if err == nil && !answer.Body.Get("error_code").IsNull() {
		err = verdict{code: "error_code", message: "error_message"}.of(sent)
	}
	return answer, err
}
