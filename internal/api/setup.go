package api

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"net/http"
)

var (
	//go:embed setup.tmpl
	setupTemplate string
	//go:embed setup.js
	setupScript string
)

// setupTexts are the words of the page on which the first administrator is made.
type setupTexts struct{ Language, Intro, Email, Password, Submit, Done, Docs, Silent string }

var setupLanguages = map[string]setupTexts{
	"en": {
		"en", "Make the first administrator. The link you came by works once.", "E-mail", "Password, at least 10 characters", "Make the administrator",
		"The administrator is there, and this browser is logged in.", "The API, with all its calls", "The server did not answer; try again.",
	},
	"zh": {
		"zh-CN", "创建首位管理员。您打开的链接只能使用一次。", "邮箱", "密码，至少 10 个字符", "创建管理员",
		"管理员已创建，此浏览器已登录。", "查看 API 的全部调用", "服务器没有应答，请重试。",
	},
}

// serveSetup makes the page that the one-time link of the first start leads to. The token stands in the
// link's fragment, which browsers send to nobody.
func (a *api) serveSetup() {
	style, err := docsFiles.ReadFile("docs.css")
	if err != nil {
		panic(err) // not reached: it is embedded
	}
	policy := fmt.Sprintf("default-src 'none'; style-src '%s'; script-src '%s'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
		digestOf(style), digestOf([]byte(setupScript)))
	parsed := template.Must(template.New("setup").Parse(setupTemplate))
	pages := map[string][]byte{}
	for language, texts := range setupLanguages {
		var page bytes.Buffer
		if err := parsed.Execute(&page, struct {
			setupTexts
			Style  template.CSS
			Script template.JS
		}{texts, template.CSS(style), template.JS(setupScript)}); err != nil { //nolint:gosec // both are files of ours
			panic(err) // not reached: the data is ours
		}
		pages[language] = page.Bytes()
	}
	a.mux.HandleFunc("GET /setup", func(w http.ResponseWriter, r *http.Request) {
		language := languageOf(r)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Language", language)
		w.Header().Set("Vary", "Accept-Language")
		w.Header().Set("Referrer-Policy", "no-referrer")
		w.Header().Set("Content-Security-Policy", policy)
		_, _ = w.Write(pages[language])
	})
}

// digestOf is a text's hash as a policy names it.
func digestOf(text []byte) string {
	digest := sha256.Sum256(text)
	return "sha256-" + base64.StdEncoding.EncodeToString(digest[:])
}
