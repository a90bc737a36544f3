package channel

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

func init() {
	register(Def[smsAliyunConfig]{
		Type:  "sms_aliyun",
		Title: node.Text{EN: "SMS by Alibaba Cloud", ZH: "阿里云短信"},
		Help: node.Text{
			EN: "Sends text messages by Alibaba Cloud's SMS service. to holds up to 1,000 numbers, template is the template code (SMS_…), params an object of its variables. The service does not tell repetitions apart: a message that is sent again arrives again.",
			ZH: "通过阿里云短信服务发送短信。to 为手机号（最多 1000 个），template 为模板 Code（SMS_ 开头），params 为模板变量对象。该服务不支持幂等：重复发送会重复到达。",
		},
		Icon: "smartphone", Takes: []Part{To, Template, Params}, Needs: []Part{To, Template},
		Sources: []string{
			"https://help.aliyun.com/zh/sms/developer-reference/api-dysmsapi-2017-05-25-sendsms",
			"https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature",
		},
		Send: sendSMSAliyun,
	})
}

type smsAliyunConfig struct {
	AccessKeyID     string `json:"accessKeyId" required:"true" doc:"AccessKey ID" zh:"AccessKey ID"`
	AccessKeySecret string `json:"accessKeySecret" required:"true" secret:"true" doc:"AccessKey secret" zh:"AccessKey Secret"`
	SignName        string `json:"signName" required:"true" doc:"Approved signature of the messages" zh:"已审核的短信签名"`
	APIURL          string `json:"apiUrl,omitempty" format:"uri" default:"https://dysmsapi.aliyuncs.com" more:"true" doc:"Address of the API" zh:"接口地址"`
}

// aliyunVerdict knows the limits of a business and of the API.
var aliyunVerdict = verdict{code: "Code", fine: "OK", message: "Message", limited: []string{
	"isv.BUSINESS_LIMIT_CONTROL", "isv.DAY_LIMIT_CONTROL", "isv.MONTH_LIMIT_CONTROL", "Throttling", "Throttling.User", "Throttling.Api",
}}

func sendSMSAliyun(ctx context.Context, env *Env, c *smsAliyunConfig, m *node.Message) (node.Answer, error) {
	if !m.Params.IsNull() && m.Params.Kind() != value.KindObject {
		return node.Answer{}, errors.New("params: must be an object of the template's variables")
	}
	base, err := url.Parse(c.APIURL)
	if err != nil {
		return node.Answer{}, errAddress
	}
	call := aliyunCall{
		host: base.Host, action: "SendSms", version: "2017-05-25", at: env.Clock(), nonce: digest(m.ID, env.Clock())[:32],
		query: url.Values{"PhoneNumbers": {strings.Join(m.To, ",")}, "SignName": {c.SignName}, "TemplateCode": {m.Template}},
	}
	if params := quoted(m.Params); params != "" {
		call.query.Set("TemplateParam", params)
	}
	return aliyunVerdict.judged(env.exchange(ctx, node.HTTPRequest{
		Method: "POST", URL: under(c.APIURL, "/?") + call.canonicalQuery(), Headers: call.sign(c.AccessKeyID, c.AccessKeySecret),
	}))
}

var errAddress = errors.New("apiUrl is not a URL")

// digest is different for every message and every time at which it is sent.
func digest(id string, at time.Time) string {
	sum := sha256.Sum256([]byte(id + "\n" + at.Format(time.RFC3339Nano)))
	return hex.EncodeToString(sum[:])
}

// aliyunCall is a call of an API of RPC style: parameters in the query, no body.
type aliyunCall struct {
	host, action, version, nonce string
	at                           time.Time
	query                        url.Values
}

// canonicalQuery has %20 for a space, as RFC 3986 has it.
func (c *aliyunCall) canonicalQuery() string { return strings.ReplaceAll(c.query.Encode(), "+", "%20") }

// sign gives the headers of a call, signed with ACS3-HMAC-SHA256.
func (c *aliyunCall) sign(keyID, secret string) []hookflow.Header {
	const algorithm = "ACS3-HMAC-SHA256"
	empty := hexSHA256("")
	headers := []hookflow.Header{
		{Name: "x-acs-action", Value: c.action},
		{Name: "x-acs-content-sha256", Value: empty},
		{Name: "x-acs-date", Value: c.at.UTC().Format("2006-01-02T15:04:05Z")},
		{Name: "x-acs-signature-nonce", Value: c.nonce},
		{Name: "x-acs-version", Value: c.version},
	}
	canonical, signed := canonicalHeaders(slices.Concat([]hookflow.Header{{Name: "host", Value: c.host}}, headers))
	request := strings.Join([]string{"POST", "/", c.canonicalQuery(), canonical, signed, empty}, "\n")
	signature := hex.EncodeToString(macSHA256([]byte(secret), algorithm+"\n"+hexSHA256(request)))
	return append(headers, hookflow.Header{
		Name: "Authorization", Value: algorithm + " Credential=" + keyID + ",SignedHeaders=" + signed + ",Signature=" + signature,
	})
}

// canonicalHeaders writes headers, which are sorted by their small names, one a
// line, and lists the names.
func canonicalHeaders(headers []hookflow.Header) (canonical, signed string) {
	names := make([]string, len(headers))
	for i, h := range headers {
		names[i] = h.Name
		canonical += h.Name + ":" + h.Value + "\n"
	}
	return canonical, strings.Join(names, ";")
}

func hexSHA256(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func macSHA256(key []byte, content string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(content))
	return mac.Sum(nil)
}
