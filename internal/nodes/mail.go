package nodes

import (
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

func init() {
	node.Register(node.Def[mailConfig]{
		Type:  "mail",
		Title: node.Text{EN: "Send mail", ZH: "发送邮件"},
		Help: node.Text{
			EN: "Sends a mail through an smtp channel. Every attempt and every run after a crash sends the same Message-ID, by which mail servers find copies.",
			ZH: "通过 smtp 渠道发送邮件。重试与崩溃后的重新运行使用相同的 Message-ID，便于邮件服务器识别重复。",
		},
		Icon: "mail", Family: node.FamilyOut, Effect: node.External,
		Result:       node.Text{EN: "the Message-ID", ZH: "邮件的 Message-ID"},
		ResultSchema: `{"type":"string"}`,
		Check:        checkMail,
		Run:          runMail,
	})
}

type mailConfig struct {
	To          value.Value      `json:"to" required:"true" ui:"oneormore" doc:"An address, as name@example.com or Name <name@example.com>, or a list of them" zh:"收件人地址或其列表，如 name@example.com 或 名称 <name@example.com>"`
	CC          value.Value      `json:"cc,omitempty" ui:"oneormore" more:"true" doc:"Addresses that get a copy" zh:"抄送地址"`
	BCC         value.Value      `json:"bcc,omitempty" ui:"oneormore" more:"true" doc:"Addresses that get a copy which the others do not see" zh:"密送地址"`
	Subject     string           `json:"subject,omitempty" doc:"Subject" zh:"主题"`
	HTML        string           `json:"html,omitempty" ui:"html" doc:"The mail as HTML" zh:"HTML 正文"`
	Text        string           `json:"text,omitempty" ui:"textarea" doc:"The mail as plain text; beside html for those who do not show that" zh:"纯文本正文；与 html 同时给出时供不显示 HTML 的客户端使用"`
	Attachments []mailAttachment `json:"attachments,omitempty" max:"50" doc:"Files; with the texts at most 25 MiB" zh:"附件；与正文合计最多 25 MiB"`
	Channel     string           `json:"channel,omitempty" ui:"channel" doc:"Key of an smtp channel; not needed when there is only one" zh:"smtp 渠道标识；只有一个时可省略"`
}

// mailAttachment has its content in one of three ways.
type mailAttachment struct {
	Filename    string      `json:"filename,omitempty" max:"255" doc:"Name of the file; by default the one that file has" zh:"文件名；默认为 file 的文件名"`
	ContentType string      `json:"contentType,omitempty" doc:"Type of the content; by default the one of file, or of the name's ending" zh:"内容类型；默认取 file 的类型，或由扩展名决定"`
	Content     value.Value `json:"content,omitempty" alt:"content" doc:"A text as it is, anything else as JSON" zh:"文本原样，其他值以 JSON"`
	Base64      string      `json:"base64,omitempty" alt:"base64" doc:"The bytes in base64" zh:"Base64 编码的内容"`
	File        value.Value `json:"file,omitempty" alt:"file" doc:"A file of a request or a record, such as {{$context.data.scan}}, or its id" zh:"请求或记录中的文件，如 {{$context.data.scan}}，或其 id"`
}

var (
	errAttachment = errors.New("give the content in one of content, base64 and file")
	errUnnamed    = errors.New("filename: is required")
	errBase64     = errors.New("base64: is not valid")
)

func checkMail(c *mailConfig) []hookflow.Problem {
	return slices.Concat(checkRecipients("/to", c.To), checkRecipients("/cc", c.CC), checkRecipients("/bcc", c.BCC))
}

func checkRecipients(pointer string, v value.Value) []hookflow.Problem {
	_, err := node.Recipients(v)
	return problemAt(pointer, err)
}

func recipients(name string, v value.Value) ([]string, error) {
	list, err := node.Recipients(v)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return list, nil
}

func runMail(ctx context.Context, call *node.Call[mailConfig]) (node.Outcome, error) {
	m, err := call.Config.message(ctx, call.Env.Files)
	if err != nil {
		return nil, err
	}
	m.ID = call.IdemKey
	id, err := call.Env.Channels.Mail(ctx, call.Config.Channel, m)
	return node.Done{Result: value.String(id)}, err
}

func (c *mailConfig) message(ctx context.Context, files node.Files) (m node.Message, err error) {
	m = node.Message{Title: c.Subject, Text: c.Text, HTML: c.HTML}
	for _, list := range []struct {
		name  string
		given value.Value
		into  *[]string
	}{{"to", c.To, &m.To}, {"cc", c.CC, &m.CC}, {"bcc", c.BCC, &m.BCC}} {
		if *list.into, err = recipients(list.name, list.given); err != nil {
			return m, err
		}
	}
	for i, a := range c.Attachments {
		file, err := a.file(ctx, files)
		if err != nil {
			return m, fmt.Errorf("attachments/%d: %w", i, err)
		}
		m.Attachments = append(m.Attachments, file)
	}
	return m, nil
}

func (a *mailAttachment) file(ctx context.Context, files node.Files) (*node.File, error) {
	file, err := a.content(ctx, files)
	if err != nil {
		return nil, err
	}
	out := &node.File{Filename: cmp.Or(a.Filename, file.Filename), ContentType: cmp.Or(a.ContentType, file.ContentType), Content: file.Content}
	if out.Filename == "" {
		return nil, errUnnamed
	}
	return out, nil
}

func (a *mailAttachment) content(ctx context.Context, files node.Files) (*node.File, error) {
	hasContent, hasBase64, hasFile := !a.Content.IsNull(), a.Base64 != "", !a.File.IsNull()
	switch {
	case hasContent && !hasBase64 && !hasFile:
		if text, ok := a.Content.Str(); ok {
			return &node.File{Content: []byte(text)}, nil
		}
		return &node.File{Content: a.Content}, nil
	case hasBase64 && !hasContent && !hasFile:
		content, err := base64.StdEncoding.DecodeString(a.Base64)
		if err != nil {
			return nil, errBase64 // the cause would say where, which is of no use
		}
		return &node.File{Content: content}, nil
	case hasFile && !hasContent && !hasBase64:
		return files.Open(ctx, a.File)
	default:
		return nil, errAttachment
	}
}
