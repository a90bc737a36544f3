package nodes

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"mime/multipart"
	"net/textproto"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/http/httpguts"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/request"
	"github.com/hookflow/hookflow/internal/value"
)

// Content types of texts and of everything else.
const (
	textPlain       = "text/plain; charset=utf-8"
	applicationJSON = "application/json"
	formEncoded     = "application/x-www-form-urlencoded"

	contentTypeHeader = "Content-Type"
)

// maxUpload bounds what one request sends, in bytes.
const maxUpload = 64 << 20

var errUpload = fmt.Errorf("the body would be larger than %d MiB", maxUpload>>20)

type requestPart struct {
	Name        string      `json:"name" required:"true" doc:"Name of the field" zh:"字段名"`
	Value       value.Value `json:"value,omitempty" alt:"value" doc:"A text is sent as it is, anything else as JSON; a part whose value and file are null is not sent" zh:"文本原样发送，其他值以 JSON 发送；value 与 file 均为 null 的部分不发送"`
	File        value.Value `json:"file,omitempty" alt:"file" doc:"A file instead of a value: of a request or a record, its id, or {base64, filename, contentType}" zh:"以文件代替值：请求或记录中的文件、其 id，或 {base64, filename, contentType}"`
	Filename    string      `json:"filename,omitempty" more:"true" doc:"Instead of the file's own name" zh:"替代文件自身的名称"`
	ContentType string      `json:"contentType,omitempty" more:"true" doc:"Instead of the file's own type" zh:"替代文件自身的类型"`
}

// payload is a body with its type, which one among the headers replaces unless
// it is fixed.
type payload struct {
	body        []byte
	contentType string
	fixed       bool
}

// bodies names what would be sent.
func (c *requestConfig) bodies() []string {
	var names []string
	for name, given := range map[string]bool{
		"body": !c.Body.IsNull(), "form": !c.Form.IsNull(), "multipart": len(c.Multipart) > 0, "file": !c.File.IsNull(),
	} {
		if given {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// payload makes what is sent; contentType is the one among the headers.
func (c *requestConfig) payload(ctx context.Context, contentType string, files node.Files) (payload, error) {
	bodies := c.bodies()
	if len(bodies) > 1 {
		return payload{}, errBodies
	}
	switch {
	case len(bodies) == 0:
		return payload{}, nil
	case bodies[0] == "form":
		return c.formPayload()
	case bodies[0] == "multipart":
		return c.multipartPayload(ctx, files)
	case bodies[0] == "file":
		return c.filePayload(ctx, files)
	case c.Body.Kind() == value.KindObject && request.IsXML(contentType):
		return c.xmlPayload()
	case c.Body.Kind() == value.KindString:
		return payload{body: []byte(c.Body.Text()), contentType: textPlain}, nil
	default:
		return payload{body: c.Body, contentType: applicationJSON}, nil
	}
}

func (c *requestConfig) xmlPayload() (p payload, err error) {
	if p.body, err = request.XML(c.Body); err != nil {
		return p, fmt.Errorf("body: %w", err)
	}
	return p, nil
}

func (c *requestConfig) formPayload() (payload, error) {
	form, err := encodePairs(c.Form)
	if err != nil {
		return payload{}, fmt.Errorf("form: %w", err)
	}
	return payload{body: []byte(form), contentType: formEncoded}, nil
}

func (c *requestConfig) filePayload(ctx context.Context, files node.Files) (payload, error) {
	file, err := files.Open(ctx, c.File)
	if err != nil {
		return payload{}, fmt.Errorf("file: %w", err)
	}
	return payload{body: file.Content, contentType: file.MediaType()}, nil
}

func (c *requestConfig) multipartPayload(ctx context.Context, files node.Files) (payload, error) {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for i := range c.Multipart {
		if err := c.Multipart[i].write(ctx, w, files); err != nil {
			return payload{}, fmt.Errorf("multipart/%d: %w", i, err)
		}
		if body.Len() > maxUpload {
			return payload{}, errUpload
		}
	}
	err := w.Close()
	return payload{body: body.Bytes(), contentType: w.FormDataContentType(), fixed: true}, err
}

var errPart = errors.New("a part has either a value or a file")

func (p *requestPart) write(ctx context.Context, w *multipart.Writer, files node.Files) error {
	switch {
	case p.Value.IsNull() && p.File.IsNull():
		return nil
	case !p.Value.IsNull() && !p.File.IsNull():
		return errPart
	case p.File.IsNull():
		return p.add(w, []byte(p.Value.Text()))
	}
	file, err := files.Open(ctx, p.File)
	if err != nil {
		return err
	}
	named := *p
	if named.Filename == "" {
		named.Filename = file.Filename
	}
	if named.Filename == "" {
		named.Filename = "file" // without one it would be no file
	}
	if named.ContentType == "" {
		named.ContentType = file.MediaType()
	}
	return named.add(w, file.Content)
}

func (p *requestPart) add(w *multipart.Writer, content []byte) error {
	header := textproto.MIMEHeader{"Content-Disposition": {disposition(p.Name, p.Filename)}}
	if p.ContentType != "" {
		if !httpguts.ValidHeaderFieldValue(p.ContentType) {
			return errHeaderValue
		}
		header.Set(contentTypeHeader, p.ContentType)
	}
	part, err := w.CreatePart(header)
	if err != nil {
		return err
	}
	_, err = part.Write(content)
	return err
}

func disposition(name, filename string) string {
	if filename != "" {
		return multipart.FileContentDisposition(name, filename)
	}
	named, _, _ := strings.Cut(multipart.FileContentDisposition(name, "-"), "; filename=")
	return named
}

type requestTLS struct {
	CA   string `json:"ca,omitempty" ui:"textarea" doc:"Certificates in PEM to trust instead of the system's" zh:"替代系统根证书的 PEM 证书"`
	Cert string `json:"cert,omitempty" ui:"textarea" doc:"Client certificate in PEM, with its chain" zh:"客户端证书（PEM，含证书链）"`
	Key  string `json:"key,omitempty" secret:"true" ui:"textarea" doc:"Its private key in PEM" zh:"客户端证书的私钥（PEM）"`
}

func (t *requestTLS) options() *node.TLSOptions {
	if t == nil {
		return nil
	}
	return &node.TLSOptions{CA: []byte(t.CA), Cert: []byte(t.Cert), Key: []byte(t.Key)}
}

// headers are the headers of a message, in the order of their names as far as
// they were configured.
type headers []hookflow.Header

func newHeaders(configured map[string]string) headers {
	var h headers
	for _, name := range slices.Sorted(maps.Keys(configured)) {
		h = append(h, hookflow.Header{Name: name, Value: configured[name]})
	}
	return h
}

// get returns the first header of a name, "" when there is none.
func (h headers) get(name string) string {
	for _, header := range h {
		if strings.EqualFold(header.Name, name) {
			return header.Value
		}
	}
	return ""
}

func (h *headers) has(name string) bool {
	return slices.ContainsFunc(*h, func(header hookflow.Header) bool { return strings.EqualFold(header.Name, name) })
}

func (h *headers) set(name, text string) {
	*h = slices.DeleteFunc(*h, func(header hookflow.Header) bool { return strings.EqualFold(header.Name, name) })
	*h = append(*h, hookflow.Header{Name: name, Value: text})
}

func (h *headers) setDefault(name, text string) {
	if !h.has(name) {
		h.set(name, text)
	}
}

// encodePairs writes an object as name=text&…, a list as its name repeated and
// null not at all.
func encodePairs(v value.Value) (string, error) {
	if err := checkObject(v); err != nil {
		return "", err
	}
	var pairs []string
	add := func(name string, member value.Value) {
		if !member.IsNull() {
			pairs = append(pairs, url.QueryEscape(name)+"="+url.QueryEscape(member.Text()))
		}
	}
	for name, member := range v.Members() {
		if member.Kind() != value.KindArray {
			add(name, member)
		}
		for _, item := range member.Items() {
			add(name, item)
		}
	}
	return strings.Join(pairs, "&"), nil
}

// withQuery adds a query to a URL, behind the one that it has and in the place
// of its fragment, which is never sent.
func withQuery(target, query string) string {
	if query == "" {
		return target
	}
	target, _, _ = strings.Cut(target, "#")
	separator := "?"
	if strings.Contains(target, "?") {
		separator = "&"
	}
	return target + separator + query
}
