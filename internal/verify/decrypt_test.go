package verify

import "testing"

// The sample of https://open.feishu.cn/document/ukTMukTMukTM/uYDNxYjL2QTM24iN0EjN/event-subscription-configure-/encrypt-key-encryption-configuration-case.
func TestDecryptFeishu(t *testing.T) {
	t.Parallel()
	text, err := decryptFeishu("test key", "P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=")
	if err != nil || string(text) != "hello world" {
		t.Errorf("%q, %v", text, err)
	}
}
