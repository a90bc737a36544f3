package channel

import (
	"context"
	"encoding/hex"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

func init() {
	register(Def[smsTencentConfig]{
		Type:  "sms_tencent",
		Title: node.Text{EN: "SMS by Tencent Cloud", ZH: "腾讯云短信"},
		Help: node.Text{
			EN: "Sends text messages by Tencent Cloud's SMS service. to holds up to 200 numbers such as +8613800000000, template is the template ID, params a list of its parameters. The service does not tell repetitions apart: a message that is sent again arrives again.",
			ZH: "通过腾讯云短信服务发送短信。to 为手机号（最多 200 个，如 +8613800000000），template 为模板 ID，params 为模板参数列表。该服务不支持幂等：重复发送会重复到达。",
		},
		Icon: "smartphone", Takes: []Part{To, Template, Params}, Needs: []Part{To, Template},
		Sources: []string{"https://cloud.tencent.com/document/api/382/55981", "https://cloud.tencent.com/document/api/382/52072"},
		Send:    sendSMSTencent,
	})
}

type smsTencentConfig struct {
	SecretID  string `json:"secretId" required:"true" doc:"SecretId" zh:"SecretId"`
	SecretKey string `json:"secretKey" required:"true" secret:"true" doc:"SecretKey" zh:"SecretKey"`
	AppID     string `json:"appId" required:"true" doc:"SdkAppId of the SMS application" zh:"短信应用的 SdkAppId"`
	SignName  string `json:"signName,omitempty" doc:"Approved signature of the messages; needed for numbers in mainland China" zh:"已审核的短信签名；国内短信必填"`
	Region    string `json:"region,omitempty" default:"ap-guangzhou" doc:"Region of the API" zh:"接口地域"`
	APIURL    string `json:"apiUrl,omitempty" format:"uri" default:"https://sms.tencentcloudapi.com" more:"true" doc:"Address of the API" zh:"接口地址"`
}

func sendSMSTencent(ctx context.Context, env *Env, c *smsTencentConfig, m *node.Message) (node.Answer, error) {
	params := []string{}
	for _, v := range m.Params.Items() {
		params = append(params, v.Text())
	}
	if !m.Params.IsNull() && m.Params.Kind() != value.KindArray {
		return node.Answer{}, errors.New("params: must be a list of the template's parameters in their order")
	}
	base, err := url.Parse(c.APIURL)
	if err != nil {
		return node.Answer{}, errAddress
	}
	body, err := value.Of(object{
		"PhoneNumberSet": m.To, "SmsSdkAppId": c.AppID, "SignName": c.SignName, "TemplateId": m.Template, "TemplateParamSet": params,
	})
	if err != nil {
		return node.Answer{}, err
	}
	call := tencentCall{host: base.Host, service: "sms", body: string(body), at: env.Clock()}
	sent, err := env.exchange(ctx, node.HTTPRequest{
		Method: "POST", URL: under(c.APIURL, "/"), Body: body,
		Headers: append(call.sign(c.SecretID, c.SecretKey),
			hookflow.Header{Name: "X-TC-Action", Value: "SendSms"},
			hookflow.Header{Name: "X-TC-Version", Value: "2021-01-11"},
			hookflow.Header{Name: "X-TC-Region", Value: c.Region}),
	})
	if err != nil {
		return node.Answer{}, err
	}
	return sent.Answer, tencentError(sent)
}

// tencentError finds the refusal of the whole call, or of some numbers: those
// that it does not name have got the message.
func tencentError(r *reply) error {
	response := r.Body.Get("Response")
	refusal := &Refusal{Status: r.Status}
	var refused []string
	states := 0
	for _, state := range response.Get("SendStatusSet").Items() {
		states++
		if code := state.Get("Code").Text(); code != "Ok" {
			refusal.Code = code
			refused = append(refused, state.Get("PhoneNumber").Text()+": "+state.Get("Message").Text())
		}
	}
	switch failed := response.Get("Error"); {
	case !failed.IsNull():
		refusal.Code, refusal.Message = failed.Get("Code").Text(), failed.Get("Message").Text()
	case len(refused) > 0:
		refusal.Message = strings.Join(refused[:min(len(refused), 10)], "; ")
	case states > 0 && r.Status < 300:
		return nil
	default:
		refusal.Message = excerpt(r.Body)
	}
	refusal.Limited = r.Status == 429 || strings.HasPrefix(refusal.Code, "RequestLimitExceeded") || strings.HasPrefix(refusal.Code, "LimitExceeded")
	return refusal
}

// tencentCall is a call of the API with a JSON body.
type tencentCall struct {
	host, service, body string
	at                  time.Time
}

// sign gives the headers of a call, signed with TC3-HMAC-SHA256.
func (c *tencentCall) sign(id, key string) []hookflow.Header {
	const algorithm = "TC3-HMAC-SHA256"
	contentType := hookflow.Header{Name: "content-type", Value: "application/json; charset=utf-8"}
	canonical, signed := canonicalHeaders([]hookflow.Header{contentType, {Name: "host", Value: c.host}})
	request := strings.Join([]string{"POST", "/", "", canonical, signed, hexSHA256(c.body)}, "\n")
	timestamp, date := strconv.FormatInt(c.at.Unix(), 10), c.at.UTC().Format(time.DateOnly)
	scope := date + "/" + c.service + "/tc3_request"
	derived := []byte("TC3" + key)
	for _, part := range slices.Collect(strings.SplitSeq(scope, "/")) {
		derived = macSHA256(derived, part)
	}
	signature := hex.EncodeToString(macSHA256(derived, strings.Join([]string{algorithm, timestamp, scope, hexSHA256(request)}, "\n")))
	return []hookflow.Header{
		contentType,
		{Name: "X-TC-Timestamp", Value: timestamp},
		{Name: "Authorization", Value: algorithm + " Credential=" + id + "/" + scope + ", SignedHeaders=" + signed + ", Signature=" + signature},
	}
}
