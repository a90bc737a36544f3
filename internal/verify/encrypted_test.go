package verify_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/verify"
)

func TestEncryptedSettings(t *testing.T) {
	t.Parallel()
	const key = "6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt"
	const public = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAgkJRJazhhUvJmw3zRrdm1Axbxi9Ndtl4vgEvNU+2ypyuYjHgztF2Fr1mb7pIttc3V1NzO7bShjSHsjVsiqx1cJmWtrGtT4phtDSG3//7IpKNE657k4g9D35a/JerTEpFx9T0e9NDV5z3CgfRDwA54+r/JK6fjp1eX6rBk2fqObdpXjGq59TQmDRcc/2J+Tna/a/gtQk7LpbNOxrcUQlmVEIDRm2/sa/JrJvECmdjy30qQSzko6vtPNHlU4EdZBobIDb/WFn20VxiyvOefJfcewE39mFdGdJKsOcNf8ORTfOINSjcdmfDUJ1u5P25fAZvkW0zLAtaIpx4+RyP30li4wIDAQAB"
	tests := []struct {
		settings string
		want     []string
	}{
		{`{"scheme":"wecom","token":"t","encodingAESKey":"` + key + `"}`, nil},
		{`{"scheme":"wecom","token":"{{$env.T}}","encodingAESKey":"{{$env.K}}","receiveId":"r","tolerance":"1h"}`, nil},
		{`{"scheme":"wecom","token":"t","encodingAESKey":"` + key + `="}`, nil},
		{`{"scheme":"wecom","token":"","encodingAESKey":"` + key[1:] + `"}`, []string{"/token", "/encodingAESKey"}},
		{`{"scheme":"wecom","receiveId":"r"}`, []string{"/token", "/encodingAESKey"}},
		{`{"scheme":"wechat_mp","token":"t"}`, nil},
		{`{"scheme":"wechat_mp","token":"t","encodingAESKey":"` + key + `","receiveId":"wx"}`, nil},
		{`{"scheme":"wechat_mp","token":"t","encodingAESKey":"` + key + `"}`, []string{"/receiveId"}},
		{`{"scheme":"wechat_mp","token":"t","encodingAESKey":"","receiveId":"wx"}`, []string{"/encodingAESKey"}},
		{`{"scheme":"dingtalk_event","token":"t","aesKey":"short","ownerKey":""}`, []string{"/ownerKey", "/aesKey"}},
		{`{"scheme":"dingtalk_event","token":"t","aesKey":"` + key + `"}`, []string{"/ownerKey"}},
		{`{"scheme":"feishu","verificationToken":"t"}`, nil},
		{`{"scheme":"feishu","encryptKey":"k"}`, []string{"/verificationToken"}},
		{`{"scheme":"feishu","encryptKey":"","verificationToken":"t"}`, []string{"/encryptKey"}},
		{`{"scheme":"wechatpay_v3","apiV3Key":"0123456789abcdef0123456789abcdef","platformKeys":{"A":"` + public + `","B":"{{$env.B}}"}}`, nil},
		{`{"scheme":"wechatpay_v3","apiV3Key":"short","platformKeys":{"A/B":"no key"}}`, []string{"/apiV3Key", "/platformKeys/A~1B"}},
		{`{"scheme":"wechatpay_v3","apiV3Key":"0123456789abcdef0123456789abcdef","platformKeys":{}}`, []string{"/platformKeys"}},
		{`{"scheme":"alipay_rsa2","publicKey":"` + public + `","appId":"1"}`, nil},
		{`{"scheme":"alipay_rsa2","publicKey":"-----BEGIN PUBLIC KEY-----\n` + public + `\n-----END PUBLIC KEY-----","appId":"1"}`, nil},
		{`{"scheme":"alipay_rsa2","publicKey":"` + public[4:] + `","appId":"1"}`, []string{"/publicKey"}},
		{`{"scheme":"alipay_rsa2","publicKey":"` + public + `"}`, []string{"/appId"}},
	}
	for _, test := range tests {
		_, problems := verify.Compile(value.Raw(test.settings))
		var got []string
		for _, p := range problems {
			got = append(got, p.Pointer)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.settings, diff)
		}
	}
}
