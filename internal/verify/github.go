package verify

// github follows https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries.
var github = preset("github",
	Text{"GitHub", "GitHub"},
	Text{"The secret of a GitHub webhook; X-Hub-Signature-256 is checked.", "GitHub Webhook 的密钥；校验 X-Hub-Signature-256。"},
	Rule{Header: "X-Hub-Signature-256", Algorithm: "sha256", Encoding: "hex", Prefix: "sha256=", SecretEncoding: "utf8", Content: "{body}"},
)
