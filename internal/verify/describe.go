package verify

import (
	"fmt"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

func (e *engine) checkKeys(settings *value.Tree) []hookflow.Problem {
	if _, isPublic := e.method.(publicKeyMethod); isPublic {
		return checkPublicKeys(settings, e.method)
	}
	return checkSecrets(settings, "secret", "secrets")
}

// credentials are none: a signature is worth nothing for another request.
func (e *engine) credentials() Credentials { return Credentials{} }

// describe says in one line what is checked.
func (e *engine) describe() Text {
	where, content := e.from.describe(), code(e.Content)
	text := Text{
		fmt.Sprintf("%s: %s of %s in %s", where.EN, e.method, content, e.Encoding),
		fmt.Sprintf("%s：%s 的 %s（%s）", where.ZH, content, e.method, e.Encoding),
	}
	if e.Timestamp != nil && e.Timestamp.Tolerance > 0 {
		text.EN += fmt.Sprintf("; signed at most %s ago", e.Timestamp.Tolerance)
		text.ZH += fmt.Sprintf("；签名时间相差不超过 %s", e.Timestamp.Tolerance)
	}
	return text
}

func (p place) describe() Text {
	switch {
	case p.query != "":
		return Text{"query parameter " + code(p.query), "查询参数 " + code(p.query)}
	case p.json != "":
		return Text{code(p.json) + " in the body", "请求体中的 " + code(p.json)}
	case p.form != "":
		return Text{"form field " + code(p.form), "表单字段 " + code(p.form)}
	default:
		return Text{"header " + code(p.header), "请求头 " + code(p.header)}
	}
}

// code sets a text as code, on one line.
func code(text string) string { return "`" + strings.ReplaceAll(text, "\n", `\n`) + "`" }
