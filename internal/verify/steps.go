package verify

// weChoose are the steps where the operator makes the secret up: at is where webhooks are added,
// field how the secret is called there.
func weChoose(at Text, field string, more ...Text) []Text {
	return append([]Text{
		enterURL(at),
		{
			"Make up a long random secret, enter it there as " + field + " and keep it here as `secret`.",
			"自行生成一个足够长的随机密钥，填入其中的 " + field + "，并在此保存为 `secret`。",
		},
	}, more...)
}

// theyGive are the steps where the provider shows the secret, under this name.
func theyGive(at Text, name string, more ...Text) []Text {
	return append([]Text{
		enterURL(at),
		{"Copy " + name + " from there and keep it here as `secret`.", "复制其中的 " + name + "，在此保存为 `secret`。"},
	}, more...)
}

// inURL are the steps where the secret is a query parameter of the URL.
func inURL(at Text, parameter string, more ...Text) []Text {
	return append([]Text{
		{
			"Make up a long random secret of letters and digits and keep it here as `secret`.",
			"自行生成一个足够长、仅含字母和数字的随机密钥，在此保存为 `secret`。",
		},
		{
			at.EN + ": enter this endpoint's URL with `?" + parameter + "=` and the secret behind it.",
			at.ZH + "：填写本端点的 URL，并在其后附加 `?" + parameter + "=` 和该密钥。",
		},
	}, more...)
}

func enterURL(at Text) Text {
	return Text{at.EN + ": enter this endpoint's URL.", at.ZH + "：填写本端点的 URL。"}
}

// sendJSON is for providers that can also send forms.
var sendJSON = Text{"Choose application/json as the content type.", "内容类型选择 application/json。"}
