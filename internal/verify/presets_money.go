package verify

import "time"

// Payments and shops.

var stripe = preset{
	key: "stripe", title: Text{"Stripe", "Stripe"},
	doc: Text{"Event destinations of Stripe. The secret is taken whole, with whsec_.", "Stripe 的事件端点。密钥须连同 whsec_ 完整填写。"},
	rule: Rule{
		Header: "Stripe-Signature", ListSeparator: ",", KeyValueSeparator: "=", Key: "v1", Content: "{ts}.{body}",
		Timestamp: &Timestamp{Key: "t"},
	},
	provider: Provider{
		ID:      []string{"{{$context.data.id}}"},
		Event:   []string{"{{$context.data.type}}"},
		Steps:   theyGive(Text{"Workbench → Webhooks → Add destination", "Workbench → Webhooks → Add destination"}, "Signing secret"),
		Sources: []string{"https://docs.stripe.com/webhooks/signature"},
	},
}.scheme()

var square = preset{
	key: "square", title: Text{"Square", "Square"},
	doc:  Text{"Webhook subscriptions of Square. The URL is signed, so the server's public URL must be right.", "Square 的 Webhook 订阅。URL 参与签名，因此服务器的公开 URL 必须正确。"},
	rule: Rule{Header: "x-square-hmacsha256-signature", Encoding: "base64", Content: "{url}{body}"},
	provider: Provider{
		ID:       []string{"{{$context.data.event_id}}"},
		Event:    []string{"{{$context.data.type}}"},
		Deadline: 10 * time.Second,
		Steps:    theyGive(Text{"Developer Console → Webhooks → Subscriptions", "Developer Console → Webhooks → Subscriptions"}, "Signature key"),
		Sources:  []string{"https://developer.squareup.com/docs/webhooks/step3validate"},
	},
}.scheme()

var paddle = preset{
	key: "paddle", title: Text{"Paddle Billing", "Paddle Billing"},
	doc: Text{"Notification destinations of Paddle Billing.", "Paddle Billing 的通知目标。"},
	rule: Rule{
		Header: "Paddle-Signature", ListSeparator: ";", KeyValueSeparator: "=", Key: "h1", Content: "{ts}:{body}",
		Timestamp: &Timestamp{Key: "ts"},
	},
	provider: Provider{
		ID:       []string{"{{$context.data.event_id}}"},
		Event:    []string{"{{$context.data.event_type}}"},
		Deadline: 5 * time.Second,
		Steps:    theyGive(Text{"Developer Tools → Notifications → New destination", "Developer Tools → Notifications → New destination"}, "Secret key"),
		Sources:  []string{"https://developer.paddle.com/webhooks/signature-verification"},
	},
}.scheme()

var adyenPlatform = preset{
	key: "adyen_platform", title: Text{"Adyen, platform and banking", "Adyen（平台与银行业务）"},
	doc:  Text{"Adyen webhooks whose signature is in a header: platforms, banking, management.", "签名位于请求头中的 Adyen Webhook：平台、银行与管理类。"},
	rule: Rule{Header: "HmacSignature", Encoding: "base64"}, mac: MAC{SecretEncoding: "hex"},
	provider: Provider{
		Event:    []string{"{{$context.data.type}}"},
		Deadline: 10 * time.Second,
		Steps:    theyGive(Text{"Developers → Webhooks → Create new webhook", "Developers → Webhooks → Create new webhook"}, "HMAC key (Generate)"),
		Sources:  []string{"https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures/"},
	},
}.scheme()

var gocardless = preset{
	key: "gocardless", title: Text{"GoCardless", "GoCardless"},
	doc:  Text{"Webhook endpoints of GoCardless, which is told of a wrong signature with 498.", "GoCardless 的 Webhook 端点；签名错误时以 498 应答。"},
	rule: Rule{Header: "Webhook-Signature"}, refusal: 498,
	provider: Provider{
		ID:      []string{"{{$context.data.events.id}}"},
		Event:   []string{"{{$context.data.events.resource_type}}"},
		Steps:   theyGive(Text{"Developers → Create → Webhook endpoint", "Developers → Create → Webhook endpoint"}, "Secret"),
		Sources: []string{"https://developer.gocardless.com/getting-started/staying-up-to-date-with-webhooks"},
	},
}.scheme()

var razorpay = preset{
	key: "razorpay", title: Text{"Razorpay", "Razorpay"},
	doc:  Text{"Webhooks of a Razorpay account.", "Razorpay 账户的 Webhook。"},
	rule: Rule{Header: "X-Razorpay-Signature"},
	provider: Provider{
		ID:       []string{"{{$context.headers.x-razorpay-event-id}}"},
		Event:    []string{"{{$context.data.event}}"},
		Deadline: 5 * time.Second,
		Steps:    weChoose(Text{"Account & Settings → Webhooks → Add New Webhook", "Account & Settings → Webhooks → Add New Webhook"}, "Secret"),
		Sources:  []string{"https://razorpay.com/docs/webhooks/validate-test/"},
	},
}.scheme()

var coinbaseCommerce = preset{
	key: "coinbase_commerce", title: Text{"Coinbase Commerce", "Coinbase Commerce"},
	doc:  Text{"Webhook subscriptions of Coinbase Commerce.", "Coinbase Commerce 的 Webhook 订阅。"},
	rule: Rule{Header: "X-CC-Webhook-Signature"},
	provider: Provider{
		ID:      []string{"{{$context.data.event.id}}"},
		Event:   []string{"{{$context.data.event.type}}"},
		Steps:   theyGive(Text{"Settings → Notifications → Add an endpoint", "Settings → Notifications → Add an endpoint"}, "Webhook shared secret"),
		Sources: []string{"https://docs.cdp.coinbase.com/commerce/webhooks/webhooks-security"},
	},
}.scheme()

var shopify = preset{
	key: "shopify", title: Text{"Shopify", "Shopify"},
	doc:  Text{"Webhooks of a Shopify app or shop.", "Shopify 应用或店铺的 Webhook。"},
	rule: Rule{Header: "X-Shopify-Hmac-Sha256", Encoding: "base64"},
	provider: Provider{
		ID: []string{
			"{{$context.headers.x-shopify-event-id}} {{$context.headers.x-shopify-topic}}",
			"{{$context.headers.x-shopify-webhook-id}}",
		},
		Event:    []string{"{{$context.headers.x-shopify-topic}}"},
		Deadline: 5 * time.Second,
		Steps: theyGive(Text{"Settings → Notifications → Webhooks, or the app's webhook subscriptions", "Settings → Notifications → Webhooks，或应用的 webhook 订阅"},
			"the key that webhooks are signed with, or the app's Client secret"),
		Sources: []string{"https://shopify.dev/docs/apps/build/webhooks/subscribe/https"},
	},
}.scheme()

var woocommerce = preset{
	key: "woocommerce", title: Text{"WooCommerce", "WooCommerce"},
	doc:        Text{"Webhooks of a WooCommerce shop.", "WooCommerce 商店的 Webhook。"},
	rule:       Rule{Header: "X-WC-Webhook-Signature", Encoding: "base64"},
	handshakes: []handshake{pingWoo},
	provider: Provider{
		ID:      []string{"{{$context.headers.x-wc-webhook-delivery-id}}"},
		Event:   []string{"{{$context.headers.x-wc-webhook-topic}}"},
		Steps:   weChoose(Text{"WooCommerce → Settings → Advanced → Webhooks → Add webhook", "WooCommerce → 设置 → 高级 → Webhooks → 添加 webhook"}, "Secret"),
		Sources: []string{"https://woocommerce.com/document/webhooks/"},
	},
}.scheme()
