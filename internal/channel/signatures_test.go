package channel_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow/internal/channel"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

func mac(key, content string) []byte {
	h := hmac.New(sha256.New, []byte(key))
	h.Write([]byte(content))
	return h.Sum(nil)
}

func hash(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

// TestPublishedSignatures compares with the examples that the providers
// themselves have worked out.
func TestPublishedSignatures(t *testing.T) {
	t.Parallel()
	// https://cloud.tencent.com/document/api/213/30654
	got := channel.SignTencent("cvm.tencentcloudapi.com", "cvm", `{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`,
		time.Unix(1551113065, 0), "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE")
	if want := "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"; got != want {
		t.Errorf("TC3-HMAC-SHA256:\n got %s\nwant %s", got, want)
	}
	// https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
	got = channel.SignAliyun("ecs.cn-shanghai.aliyuncs.com", "RunInstances", "2014-05-26", "3156853299f313e23d1673dc12e1703d",
		url.Values{"ImageId": {"win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"}, "RegionId": {"cn-shanghai"}},
		time.Date(2023, 10, 26, 10, 22, 32, 0, time.UTC), "YourAccessKeyId", "YourAccessKeySecret")
	if want := "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"; got != want {
		t.Errorf("ACS3-HMAC-SHA256:\n got %s\nwant %s", got, want)
	}
}

// receivers check what they get as the providers' pages say that they do.
var receivers = []struct {
	channel, config string
	message         node.Message
	check           func(r *http.Request, body string) (got, want string)
}{
	{
		// https://open.dingtalk.com/document/orgapp/customize-robot-security-settings
		"dingtalk_robot", `{"url":"URL/robot/send?access_token=t","secret":"SECf0"}`,
		node.Message{Text: "x"},
		func(r *http.Request, _ string) (got, want string) {
			query := r.URL.Query()
			return query.Get("timestamp") + " " + query.Get("sign"),
				"1767323045678 " + base64.StdEncoding.EncodeToString(mac("SECf0", "1767323045678\nSECf0"))
		},
	},
	{
		// https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
		"feishu_robot", `{"url":"URL/hook/x","secret":"f0"}`,
		node.Message{Text: "x"},
		func(_ *http.Request, body string) (got, want string) {
			v := value.Value(body)
			return v.Get("timestamp").Text() + " " + v.Get("sign").Text(),
				"1767323045 " + base64.StdEncoding.EncodeToString(mac("1767323045\nf0", ""))
		},
	},
	{
		"sms_aliyun", `{"accessKeyId":"id","accessKeySecret":"key","signName":"签名 *~","apiUrl":"URL"}`,
		node.Message{To: []string{"13800000000", "13900000000"}, Template: "SMS_1", Params: value.Raw(`{"name":"张 三+"}`)},
		verifyAliyun,
	},
	{
		"sms_tencent", `{"secretId":"id","secretKey":"key","appId":"1400006666","signName":"签名","apiUrl":"URL"}`,
		node.Message{To: []string{"+8613800000000"}, Template: "1110", Params: value.Raw(`["4370",5]`)},
		verifyTencent,
	},
}

// verifyAliyun does what the server does: it takes the headers that are said to
// be signed from the request, and escapes the parameters anew.
func verifyAliyun(r *http.Request, body string) (got, want string) {
	authorization := r.Header.Get("Authorization")
	_, rest, _ := strings.Cut(authorization, "SignedHeaders=")
	signed, signature, _ := strings.Cut(rest, ",Signature=")
	canonical := ""
	for name := range strings.SplitSeq(signed, ";") {
		text := r.Header.Get(name)
		if name == "host" {
			text = r.Host
		}
		canonical += name + ":" + text + "\n"
	}
	query := r.URL.Query()
	var pairs []string
	for _, name := range []string{"PhoneNumbers", "SignName", "TemplateCode", "TemplateParam"} { // in their order
		pairs = append(pairs, percent(name)+"="+percent(query.Get(name)))
	}
	request := r.Method + "\n" + r.URL.Path + "\n" + strings.Join(pairs, "&") + "\n" + canonical + "\n" + signed + "\n" + hash(body)
	want = hex.EncodeToString(mac("key", "ACS3-HMAC-SHA256\n"+hash(request)))
	return fmt.Sprint(signature, " ", r.Header.Get("x-acs-content-sha256"), " ", r.Header.Get("x-acs-date")),
		fmt.Sprint(want, " ", hash(body), " ", "2026-01-02T03:04:05Z")
}

// percent escapes as RFC 3986 has it, all but its unreserved characters.
func percent(text string) string {
	var out strings.Builder
	for _, b := range []byte(text) {
		if strings.ContainsRune("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~", rune(b)) {
			out.WriteByte(b)
		} else {
			fmt.Fprintf(&out, "%%%02X", b)
		}
	}
	return out.String()
}

func verifyTencent(r *http.Request, body string) (got, want string) {
	request := "POST\n/\n\ncontent-type:" + r.Header.Get("Content-Type") + "\nhost:" + r.Host + "\n\ncontent-type;host\n" + hash(body)
	text := "TC3-HMAC-SHA256\n" + r.Header.Get("X-TC-Timestamp") + "\n2026-01-02/sms/tc3_request\n" + hash(request)
	key := string(mac(string(mac(string(mac("TC3key", "2026-01-02")), "sms")), "tc3_request"))
	return r.Header.Get("X-TC-Timestamp") + " " + r.Header.Get("Authorization"),
		"1767323045 TC3-HMAC-SHA256 Credential=id/2026-01-02/sms/tc3_request, SignedHeaders=content-type;host, Signature=" + hex.EncodeToString(mac(key, text))
}

func TestReceiversAcceptTheSignatures(t *testing.T) {
	t.Parallel()
	for _, r := range receivers {
		t.Run(r.channel, func(t *testing.T) {
			t.Parallel()
			asked := false
			server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, q *http.Request) {
				body, err := io.ReadAll(q.Body)
				if err != nil {
					t.Error(err)
				}
				asked = true
				if got, want := r.check(q, string(body)); got != want {
					t.Errorf("\n got %s\nwant %s", got, want)
				}
			}))
			defer server.Close()
			config := value.Raw(strings.ReplaceAll(r.config, "URL", server.URL))
			_, _ = channel.Lookup(r.channel).Send(t.Context(), newEnv(t), config, nil, &r.message) // it answers nothing, which is a failure
			if !asked {
				t.Error("nobody came")
			}
		})
	}
}
