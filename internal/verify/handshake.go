package verify

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"io"
	"net/http"
	"regexp"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// handshake is a request of a provider that is no event, and its answer.
type handshake struct {
	method string // by which it comes
	phase  phase
	says   Text // what it is, to people
	// answer reports whether the request is this handshake; then the verdict is complete.
	answer func(*asked, *Verdict) bool
}

// phase is when a handshake is answered.
type phase int

const (
	proved   phase = iota // once the signature is found right
	open                  // unsigned, for the provider signs it not
	captured              // unsigned, and only as long as the secret that it hands over is not set
)

// asked is a request that may be a handshake.
type asked struct {
	*signed
	given
	secret string // that the request was signed with
}

const plainText = "text/plain; charset=utf-8"

// handedOver is what a secret looks like that a provider chose. What it says is masked wherever it
// stands from then on, so that it must be no word: the first caller may be anybody.
var handedOver = regexp.MustCompile(`^[A-Za-z0-9_-]{16,500}$`)

// reply never lets a browser take the body for a page.
func reply(status int, contentType, body string) *hookflow.Response {
	headers := map[string]string{"X-Content-Type-Options": "nosniff"}
	if contentType != "" {
		headers["Content-Type"] = contentType
	}
	return &hookflow.Response{Status: status, Headers: headers, Body: []byte(body)}
}

func replyJSON(v value.Value) *hookflow.Response {
	return reply(http.StatusOK, "application/json", string(v))
}

func (v *Verdict) shake(detail string, answer *hookflow.Response) bool {
	v.pass("handshake", detail)
	v.Handshake = answer
	return true
}

// echoQuery sends a query parameter back.
func echoQuery(method, name string) handshake {
	return handshake{
		method: method, phase: open,
		says: Text{"sends `" + name + "` back", "原样返回 `" + name + "`"},
		answer: func(a *asked, v *Verdict) bool {
			challenge := first(a.query(name))
			return challenge != "" && v.shake("the query parameter "+name+" is sent back", reply(http.StatusOK, plainText, challenge))
		},
	}
}

// hubChallenge is that of WebSub as Meta has it: the challenge is sent back when the token is right.
// Source: https://developers.facebook.com/docs/graph-api/webhooks/getting-started.
var hubChallenge = handshake{
	method: http.MethodGet, phase: open,
	says: Text{"sends `hub.challenge` back when `hub.verify_token` is right", "`hub.verify_token` 正确时原样返回 `hub.challenge`"},
	answer: func(a *asked, v *Verdict) bool {
		if first(a.query("hub.mode")) != "subscribe" {
			return false
		}
		if token := first(a.query("hub.verify_token")); a.token == "" || !Equal([]byte(token), []byte(a.token)) {
			v.failAs("token_mismatch", "verify token", "hub.verify_token is another than verifyToken", "Set the same verify token here and at the provider.")
			v.Refusal = reply(http.StatusForbidden, plainText, "verification failed")
			return true
		}
		return v.shake("hub.challenge is sent back", reply(http.StatusOK, plainText, first(a.query("hub.challenge"))))
	},
}

// echoJSON sends a member of the body back as it is written, as {"challenge": …}, where another
// member says that this is wanted.
func echoJSON(kind, is, challenge string) handshake {
	return handshake{
		says: Text{"answers `" + is + "` with its challenge", "收到 `" + is + "` 时返回其中的 challenge"},
		answer: func(a *asked, v *Verdict) bool {
			given := a.at(challenge)
			if a.at(kind).Text() != is || given.IsNull() {
				return false
			}
			return v.shake("the challenge is sent back", replyJSON(new(value.Object).Set("challenge", given).Value()))
		},
	}
}

// echoBody sends a member of the body back as text where a header says that this is wanted.
func echoBody(header, is, challenge string) handshake {
	return handshake{
		says: Text{"answers `" + is + "` with its challenge", "收到 `" + is + "` 时返回其中的 challenge"},
		answer: func(a *asked, v *Verdict) bool {
			return first(a.header(header)) == is &&
				v.shake("the challenge is sent back", reply(http.StatusOK, plainText, a.at(challenge).Text()))
		},
	}
}

// signPlainToken is Zoom's. Answered unsigned it would hand out signatures.
// Source: https://developers.zoom.us/docs/api/webhooks.
var signPlainToken = handshake{
	says: Text{"answers `endpoint.url_validation` with its token and the HMAC of that", "收到 `endpoint.url_validation` 时返回其令牌及该令牌的 HMAC"},
	answer: func(a *asked, v *Verdict) bool {
		token := a.at("payload.plainToken").Text()
		if a.at("event").Text() != "endpoint.url_validation" || token == "" {
			return false
		}
		answer := new(value.Object).Set("plainToken", value.String(token)).
			Set("encryptedToken", value.String(hex.EncodeToString(sign(a.secret, token))))
		return v.shake("the token is signed", replyJSON(answer.Value()))
	},
}

// crcToken is what X sends as its challenge. The answer to anything else, JSON above all, would be
// the signature of a body that somebody made up.
var crcToken = regexp.MustCompile(`^[A-Za-z0-9+/=_-]{1,256}$`)

// signCRC is that of X, which comes again and again, and unsigned.
// Source: https://docs.x.com/x-api/webhooks/introduction.
var signCRC = handshake{
	method: http.MethodGet, phase: open,
	says: Text{"answers `crc_token` with its HMAC", "返回 `crc_token` 的 HMAC"},
	answer: func(a *asked, v *Verdict) bool {
		token := first(a.query("crc_token"))
		if !crcToken.MatchString(token) || len(a.keys) == 0 {
			return false
		}
		signature := "sha256=" + base64.StdEncoding.EncodeToString(sign(a.keys[0], token))
		return v.shake("crc_token is signed", replyJSON(new(value.Object).Set("response_token", value.String(signature)).Value()))
	},
}

func sign(secret, text string) []byte {
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = io.WriteString(mac, text)
	return mac.Sum(nil)
}

// pingDiscord differs between Discord's two products, in which type 1 means different things.
// Source: https://docs.discord.com/developers/events/webhook-events.
var pingDiscord = handshake{
	says: Text{"answers its PING: `{\"type\":1}` for interactions, 204 for webhook events", "应答 PING：interactions 返回 `{\"type\":1}`，webhook events 返回 204"},
	answer: func(a *asked, v *Verdict) bool {
		switch kind := a.at("type").Text(); {
		case a.mode == "webhook_events" && kind == "0":
			return v.shake("the ping is answered", reply(http.StatusNoContent, "application/json", ""))
		case a.mode != "webhook_events" && kind == "1":
			return v.shake("the ping is answered", replyJSON(value.Raw(`{"type":1}`)))
		default:
			return false
		}
	},
}

// captureHeader keeps the secret that comes in a header and sends it back there.
func captureHeader(name string) handshake {
	return handshake{
		phase: captured,
		says:  Text{"hands its secret over in `" + name + "`, which is kept and sent back", "在 `" + name + "` 中给出密钥，保存后原样返回"},
		answer: func(a *asked, v *Verdict) bool {
			secret := first(a.header(name))
			if !handedOver.MatchString(secret) {
				return false
			}
			answer := reply(http.StatusOK, "", "")
			answer.Headers[name] = secret
			v.Captured = secret
			return v.shake("the header "+name+" is kept as the secret and sent back", answer)
		},
	}
}

// captureJSON keeps the secret that comes in the body.
func captureJSON(path string) handshake {
	return handshake{
		phase: captured,
		says:  Text{"hands its secret over as `" + path + "`, which is kept", "在 `" + path + "` 中给出密钥并保存"},
		answer: func(a *asked, v *Verdict) bool {
			secret := a.at(path).Text()
			if !handedOver.MatchString(secret) {
				return false
			}
			v.Captured = secret
			return v.shake(path+" in the body is kept as the secret", reply(http.StatusOK, "", ""))
		},
	}
}

// allowOrigin lets a CloudEvents sender deliver, the origins that the endpoint names or any.
// Source: https://github.com/cloudevents/spec, http-webhook.md, section 4.
var allowOrigin = handshake{
	method: http.MethodOptions, phase: open,
	says: Text{"OPTIONS with `WebHook-Request-Origin` allows the sender", "以 OPTIONS 携带 `WebHook-Request-Origin` 请求许可"},
	answer: func(a *asked, v *Verdict) bool {
		origin := first(a.header("WebHook-Request-Origin"))
		if origin == "" {
			return false
		}
		if !a.allows(origin) {
			v.failAs("origin_mismatch", "origin", "WebHook-Request-Origin is none of origins", "Add the sender to origins, or leave them out to let any ask.")
			return true
		}
		answer := reply(http.StatusOK, "", "")
		answer.Headers["WebHook-Allowed-Origin"] = origin
		answer.Headers["WebHook-Allowed-Rate"] = "*"
		answer.Headers["Allow"] = http.MethodPost
		return v.shake("the origin may send events", answer)
	},
}

func (g *given) allows(origin string) bool {
	for _, allowed := range g.origins {
		if strings.EqualFold(allowed, origin) {
			return true
		}
	}
	return len(g.origins) == 0
}

// validateSubscription is that of Azure Event Grid, which takes no other status than 200.
// Source: https://learn.microsoft.com/azure/event-grid/webhook-event-delivery.
var validateSubscription = handshake{
	says: Text{"answers `SubscriptionValidation` with its code", "收到 `SubscriptionValidation` 时返回其中的 validationCode"},
	answer: func(a *asked, v *Verdict) bool {
		code := a.at("[0].data.validationCode")
		if first(a.header("aeg-event-type")) != "SubscriptionValidation" || code.IsNull() {
			return false
		}
		return v.shake("the validation code is sent back", replyJSON(new(value.Object).Set("validationResponse", code).Value()))
	},
}

// probe is a request of some method without a meaning but that the endpoint is there.
func probe(method string, in phase) handshake {
	return handshake{
		method: method, phase: in,
		says: Text{method + " is answered with 200", "以 200 应答 " + method},
		answer: func(_ *asked, v *Verdict) bool {
			return v.shake("the endpoint is there", reply(http.StatusOK, "", ""))
		},
	}
}

var wooPing = regexp.MustCompile(`^webhook_id=[0-9]{1,20}$`)

// pingWoo is what WooCommerce sends, unsigned, when a webhook is saved.
var pingWoo = handshake{
	phase: open,
	says:  Text{"answers the unsigned ping `webhook_id=…` with 200", "以 200 应答未签名的 `webhook_id=…` 探测"},
	answer: func(a *asked, v *Verdict) bool {
		return wooPing.Match(a.Body) && v.shake("the ping is answered", reply(http.StatusOK, "", ""))
	},
}

// at is what stands at a path in the body.
func (a *asked) at(text string) value.Value {
	path, err := bodyPath(text)
	if err != nil {
		return nil
	}
	return a.json().Get(path.Segments...)
}

// describe joins what several handshakes are.
func describe(handshakes []handshake) Text {
	var en, zh []string
	for _, h := range handshakes {
		en, zh = append(en, h.says.EN), append(zh, h.says.ZH)
	}
	return Text{strings.Join(en, "; "), strings.Join(zh, "；")}
}
