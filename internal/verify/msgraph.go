package verify

import (
	"fmt"
	"net/http"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

var msGraph = special(preset{
	key: "ms_graph", title: Text{"Microsoft Graph", "Microsoft Graph"},
	doc:        Text{"Change notifications of Microsoft Graph, each of which shows the subscription's clientState.", "Microsoft Graph 的更改通知，每条均携带订阅的 clientState。"},
	handshakes: []handshake{echoQuery(http.MethodPost, "validationToken")},
	provider: Provider{
		Event:    []string{"{{$context.data.value.changeType}}", "{{$context.data.value.lifecycleEvent}}"},
		Deadline: 3 * time.Second,
		Steps: []Text{
			{"Make up a random secret of at most 128 characters and keep it here as `secret`.", "自行生成一个不超过 128 个字符的随机密钥，在此保存为 `secret`。"},
			{"Create the subscription with POST /subscriptions, this endpoint's URL as notificationUrl and the secret as clientState.", "通过 POST /subscriptions 创建订阅，notificationUrl 为本端点的 URL，clientState 为该密钥。"},
		},
		Sources: []string{"https://learn.microsoft.com/graph/change-notifications-delivery-webhooks"},
	},
}, func(*presetSettings) (proof, []hookflow.Problem) { return clientState{}, nil })

// clientState is the secret of a Microsoft Graph subscription. One request may hold notifications
// of several subscriptions: all of them have to show it.
type clientState struct{}

func (clientState) judge(req *Request, keys []string, v *Verdict) (key string) {
	s := &signed{Request: req}
	count := 0
	for i, item := range s.json().Get("value").Items() {
		sent, _ := item.Get("clientState").Str()
		if sent == "" {
			v.failAs("missing_token", "clientState", fmt.Sprintf("value[%d] has no clientState", i), "Create the subscription with the secret as its clientState.")
			return ""
		}
		if key = matching(sent, keys); key == "" {
			v.failAs("token_mismatch", "clientState", fmt.Sprintf("value[%d] has another clientState", i), "Compare the secret with the clientState of the subscription.")
			return ""
		}
		count++
	}
	if count == 0 {
		v.failAs("missing_token", "clientState", "the body holds no notifications in value", "See that the sender is Microsoft Graph.")
		return ""
	}
	v.pass("clientState", fmt.Sprintf("that of all %d notifications matches", count))
	return key
}

func (clientState) signs() bool { return true }

func (clientState) sign(s *Signed, keys []string) error {
	if len(keys) == 0 {
		return errNoSecret
	}
	return s.withItems("value", func(item value.Value) value.Value {
		return withMember(item, []value.Segment{"clientState"}, value.String(keys[0]))
	})
}

func (clientState) recipe(*Signed, []string) *Recipe { return nil }

func (clientState) checkKeys(settings *value.Tree) []hookflow.Problem {
	return checkSecrets(settings, "secret", "secrets")
}

// credentials are none that can be kept out of the record: the secret is in the body.
func (clientState) credentials() Credentials { return Credentials{} }

func (clientState) describe() Text {
	return Text{"`clientState` of every notification in the body", "请求体中每条通知的 `clientState`"}
}
