package verify

import (
	"context"
	"crypto"
	"crypto/rsa"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

type snsSettings struct {
	Common
	TopicArns []string `json:"topicArns" required:"true" min:"1" max:"100" doc:"ARNs of the topics that may send; every AWS account can send signed messages" zh:"允许发送的主题 ARN；任何 AWS 账号都能发送带签名的消息"`
}

var sns = define(definition[snsSettings]{
	key:   "sns",
	title: Text{"Amazon SNS", "Amazon SNS"},
	doc:   Text{"Messages of Amazon Simple Notification Service to an HTTPS subscription.", "Amazon SNS 向 HTTPS 订阅投递的消息。"},
	provider: Provider{
		Checks: Text{
			"The topic, the RSA signature (version 1 or 2), and that its certificate comes from an SNS host of Amazon.",
			"校验主题、RSA 签名（版本 1 或 2）以及证书来自 Amazon 的 SNS 主机。",
		},
		Handshake: Text{
			"SubscriptionConfirmation: once verified, SubscribeURL is fetched, which confirms the subscription.",
			"SubscriptionConfirmation：验证通过后访问 SubscribeURL 以确认订阅。",
		},
		ID:       []string{"{{$context.data.MessageId}}"},
		Event:    []string{"{{$context.data.Type}}"},
		Deadline: 15 * time.Second,
		Steps: []Text{
			{"Enter the ARN of the topic here and save, so that the subscription can be confirmed.", "先在此填写主题 ARN 并保存，以便确认订阅。"},
			{"In the topic choose Create subscription, protocol HTTPS, and enter the URL of this endpoint.", "在主题中选择 Create subscription，协议选 HTTPS，填入此端点的地址。"},
			{"Leave Enable raw message delivery off: raw messages are not signed.", "不要启用 raw message delivery：原始消息没有签名。"},
			{"The subscription becomes Confirmed within seconds; if not, choose Request confirmation and look at the deliveries here.", "订阅会在几秒内变为 Confirmed；否则请选择 Request confirmation，并在此查看投递记录。"},
			{"For SHA-256 set the topic's attribute SignatureVersion to 2.", "如需 SHA-256，请将主题属性 SignatureVersion 设为 2。"},
		},
		Sources: []string{
			"https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html",
			"https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html",
		},
	},
	prepare: func(_ *snsSettings, tree *value.Tree) (plan[snsSettings], []hookflow.Problem) {
		return plan[snsSettings]{judge: judgeSNS}, nil
	},
})

// What is signed of each type of message, in this order; Subject only if there is one. Of the end of
// a subscription Amazon's page and its SDK for JavaScript say different things.
var (
	snsNotification = []string{"Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"}
	snsConfirmation = []string{"Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"}
	snsSigned       = map[string][][]string{
		"Notification":             {snsNotification},
		"SubscriptionConfirmation": {snsConfirmation},
		"UnsubscribeConfirmation":  {snsConfirmation, {"Message", "MessageId", "SubscribeURL", "Timestamp", "TopicArn", "Type"}},
	}
)

var snsHost = regexp.MustCompile(`^sns\.[a-zA-Z0-9-]{3,}\.amazonaws\.com(\.cn)?$`)

func isSNSCertificate(target *url.URL) bool {
	return snsHost.MatchString(target.Host) && strings.HasSuffix(target.Path, ".pem")
}

func judgeSNS(ctx context.Context, req *Request, c *snsSettings, v *Verdict) {
	if strings.EqualFold(first(req.header("X-Amz-Sns-Rawdelivery")), "true") {
		v.failAs("missing_signature", "signature", "the message came by raw delivery, which is not signed", "Turn off raw message delivery in the subscription.")
		return
	}
	message, err := value.Parse(req.Body)
	if err != nil || message.Kind() != value.KindObject {
		v.failAs("missing_signature", "signature", "the body is no SNS message in JSON", "See that SNS sends here, and that no proxy changes the body.")
		return
	}
	if topic := message.Get("TopicArn").Text(); !slices.Contains(c.TopicArns, topic) {
		v.failAs("topic_mismatch", "topic", fmt.Sprintf("the message is of the topic %.200q", topic), "Add it to topicArns if it may send.")
		return
	}
	if !judgeSNSSignature(ctx, req, message, v) {
		return
	}
	if message.Get("Type").Text() == "Notification" {
		v.Payload = &Payload{ContentType: "application/json", Body: req.Body} // it comes as text/plain
		return
	}
	confirmSNS(ctx, req, message, v)
}

func judgeSNSSignature(ctx context.Context, req *Request, message value.Value, v *Verdict) bool {
	const check = "signature"
	var contents []string
	for _, names := range snsSigned[message.Get("Type").Text()] {
		if content, ok := snsContent(message, names); ok {
			contents = append(contents, content)
		}
	}
	if len(contents) == 0 {
		v.failAs("malformed_signature", check, "a field that is signed is missing or malformed", "See that SNS sends here, and that no proxy changes the body.")
		return false
	}
	hash, known := map[string]crypto.Hash{"1": crypto.SHA1, "2": crypto.SHA256}[message.Get("SignatureVersion").Text()]
	signature, err := base64.StdEncoding.DecodeString(message.Get("Signature").Text())
	switch {
	case !known:
		v.failAs("malformed_signature", check, fmt.Sprintf("SignatureVersion %.20q is not known", message.Get("SignatureVersion").Text()), "Set the topic's attribute SignatureVersion to 2.")
		return false
	case len(signature) == 0 || err != nil:
		v.failAs("missing_signature", check, "Signature is missing or malformed", "See that SNS sends here, and that no proxy changes the body.")
		return false
	}
	key, ok := signingKey(ctx, req, message.Get("SigningCertURL").Text(), isSNSCertificate, v)
	if !ok {
		return false
	}
	if !slices.ContainsFunc(contents, func(content string) bool { return signedSNS(key, hash, content, signature) }) {
		v.failAs("signature_mismatch", check, "the signature is not that of this message", "See that no proxy changes the body.")
		return false
	}
	v.pass(check, "signed by Amazon SNS with "+hash.String())
	return true
}

// snsContent puts name and value of what is signed on lines of their own. Only Message may hold
// line breaks; elsewhere they would let text of a message pass for other fields.
func snsContent(message value.Value, names []string) (string, bool) {
	var content strings.Builder
	for _, name := range names {
		text, ok := message.Get(value.Segment(name)).Str()
		switch {
		case !ok && name == "Subject":
			continue
		case !ok, name != "Message" && strings.Contains(text, "\n"):
			return "", false
		}
		content.WriteString(name + "\n" + text + "\n")
	}
	return content.String(), true
}

func signedSNS(key *rsa.PublicKey, hash crypto.Hash, content string, signature []byte) bool {
	digest := hash.New()
	digest.Write([]byte(content))
	return rsa.VerifyPKCS1v15(key, hash, digest.Sum(nil), signature) == nil
}

// confirmSNS answers what is no event. The end of a subscription needs nothing; to fetch its URL
// would subscribe again.
func confirmSNS(ctx context.Context, req *Request, message value.Value, v *Verdict) {
	const check = "subscription"
	if message.Get("Type").Text() == "SubscriptionConfirmation" {
		address := message.Get("SubscribeURL").Text()
		target, err := url.Parse(address)
		if err != nil || target.Scheme != "https" || target.User != nil || !snsHost.MatchString(target.Host) {
			v.failAs("bad_subscribe_url", check, fmt.Sprintf("SubscribeURL is %.200q, which is not of Amazon SNS", address), "Nothing was fetched.")
			return
		}
		if _, err := req.fetch(ctx, address, 0); err != nil {
			v.failAs("not_confirmed", check, "SubscribeURL could not be fetched: "+err.Error(), "See that this server may connect to the SNS host, then choose Request confirmation at the subscription.")
			v.Refusal = &hookflow.Response{Status: http.StatusServiceUnavailable} // SNS gives up after a 4xx
			return
		}
		v.pass(check, "the subscription is confirmed")
	}
	v.Handshake = reply(http.StatusOK, plainText, "")
}
