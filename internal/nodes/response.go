package nodes

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/textproto"
	"net/url"
	"slices"

	"golang.org/x/net/http/httpguts"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

func init() {
	node.Register(node.Def[responseConfig]{
		Type:  "response",
		Title: node.Text{EN: "Response", ZH: "应答"},
		Help: node.Text{
			EN: "Answers the caller of a synchronous webhook and ends the workflow here, as succeeded.",
			ZH: "应答同步 Webhook 的调用方，并在此以成功状态结束工作流。",
		},
		Icon: "reply", Family: node.FamilyControl,
		Result:       node.Text{EN: "what was sent: {status, headers, body}", ZH: "发送的内容：{status, headers, body}"},
		ResultSchema: responseSchema,
		Check:        checkResponse,
		Run:          runResponse,
	})
}

type responseConfig struct {
	Status   int               `json:"status,omitempty" min:"200" max:"599" doc:"HTTP status; default 200, with redirect 302" zh:"HTTP 状态码；默认 200，重定向时为 302"`
	Headers  map[string]string `json:"headers,omitempty" ui:"keyvalue" doc:"Headers; one that is null is not sent" zh:"响应头；为 null 的不发送"`
	Body     value.Value       `json:"body,omitempty" ui:"body" alt:"body" doc:"A text is sent as text/plain, anything else as JSON, null as nothing; a Content-Type among the headers wins" zh:"文本以 text/plain 发送，其他值以 JSON 发送，null 不发送；响应头中的 Content-Type 优先"`
	File     value.Value       `json:"file,omitempty" alt:"file" doc:"A file sent instead of body, as a download unless a Content-Disposition among the headers says otherwise: of a request or a record, its id, or {base64, filename, contentType}; null is not sent" zh:"替代 body 发送的文件，默认作为下载（可用响应头 Content-Disposition 更改）：请求或记录中的文件、其 id，或 {base64, filename, contentType}；null 不发送"`
	Redirect string            `json:"redirect,omitempty" format:"uri-reference" alt:"redirect" doc:"Where the caller is sent to: an http or https URL, or a path" zh:"重定向目标：http 或 https 地址，或路径"`
}

func checkResponse(c *responseConfig) []hookflow.Problem {
	var problems []hookflow.Problem
	for _, name := range slices.Sorted(maps.Keys(c.Headers)) {
		err := checkHeader(name, c.Headers[name])
		problems = append(problems, problemAt("/headers/"+hookflow.EscapePointer(name), err)...)
	}
	if !c.Body.IsNull() && !c.File.IsNull() {
		problems = append(problems, problemAt("/file", errBodyAndFile)...)
	}
	if c.Redirect == "" {
		return problems
	}
	_, err := location(c.Redirect)
	return slices.Concat(problems, problemAt("/redirect", err), problemAt("/status", checkRedirectStatus(c.Status)))
}

func runResponse(ctx context.Context, call *node.Call[responseConfig]) (node.Outcome, error) {
	c := call.Config
	response, err := c.response()
	if err != nil {
		return nil, err
	}
	body := c.Body
	if !c.File.IsNull() && mayHaveBody(response.Status) {
		if body, err = c.attach(ctx, response, call.Env.Files); err != nil {
			return nil, fmt.Errorf("file: %w", err)
		}
	}
	return node.End{Status: hookflow.StatusSucceeded, Response: response, Result: sent(response, body)}, nil
}

func (c *responseConfig) response() (*hookflow.Response, error) {
	r := &hookflow.Response{Status: cmp.Or(c.Status, 200), Headers: map[string]string{}}
	for _, name := range slices.Sorted(maps.Keys(c.Headers)) {
		if err := checkHeader(name, c.Headers[name]); err != nil {
			return nil, fmt.Errorf("header %.64q: %w", name, err)
		}
		r.Headers[textproto.CanonicalMIMEHeaderKey(name)] = c.Headers[name]
	}
	if c.Redirect != "" {
		if err := c.redirect(r); err != nil {
			return nil, fmt.Errorf("redirect: %w", err)
		}
	}
	contentType := applicationJSON
	switch {
	case c.Body.IsNull() || !mayHaveBody(r.Status):
		return r, nil
	case c.Body.Kind() == value.KindString:
		r.Body, contentType = []byte(c.Body.Text()), textPlain
	default:
		r.Body = c.Body
	}
	r.Headers["Content-Type"] = cmp.Or(r.Headers["Content-Type"], contentType)
	return r, nil
}

// mayHaveBody: RFC 9110, sections 15.3.5 and 15.4.5.
func mayHaveBody(status int) bool { return status != 204 && status != 304 }

func (c *responseConfig) redirect(r *hookflow.Response) (err error) {
	if err := checkRedirectStatus(c.Status); err != nil {
		return err
	}
	r.Status = cmp.Or(c.Status, 302)
	r.Headers["Location"], err = location(c.Redirect)
	return err
}

// maxAnswerFile bounds the file of a response, in bytes.
const maxAnswerFile = 16 << 20

// attach makes the file the response's body, and returns what to say of it.
func (c *responseConfig) attach(ctx context.Context, r *hookflow.Response, files node.Files) (value.Value, error) {
	if !c.Body.IsNull() {
		return nil, errBodyAndFile
	}
	file, err := files.Open(ctx, c.File)
	if err != nil {
		return nil, err
	}
	if len(file.Content) > maxAnswerFile {
		return nil, fmt.Errorf("it has %d bytes; at most %d can be sent", len(file.Content), maxAnswerFile)
	}
	r.Body = file.Content
	r.Headers[contentTypeHeader] = cmp.Or(r.Headers[contentTypeHeader], file.MediaType())
	const header = "Content-Disposition"
	r.Headers[header] = cmp.Or(r.Headers[header], file.Disposition())
	return new(value.Object).
		Set("id", value.String(file.ID)).
		Set("filename", value.String(file.Filename)).
		Set("contentType", value.String(file.ContentType)).
		Set("size", value.Int(int64(len(file.Content)))).
		Value(), nil
}

// sent is the response as the node's result; of its body it says what it is given.
func sent(r *hookflow.Response, body value.Value) value.Value {
	var headers value.Object
	for _, name := range slices.Sorted(maps.Keys(r.Headers)) {
		headers.Set(name, value.String(r.Headers[name]))
	}
	if r.Body == nil {
		body = value.Null
	}
	return new(value.Object).
		Set("status", value.Int(int64(r.Status))).
		Set("headers", headers.Value()).
		Set("body", body).
		Value()
}

// connectionHeaders belong to the connection (RFC 9110, section 7.6.1) or
// follow from the body, so that they are not a workflow's to set.
var connectionHeaders = map[string]bool{
	"Connection": true, "Content-Length": true, "Keep-Alive": true, "Proxy-Authenticate": true, "Proxy-Authorization": true,
	"Proxy-Connection": true, "Te": true, "Trailer": true, "Transfer-Encoding": true, "Upgrade": true,
}

var (
	errHeaderName  = errors.New("is not the name of a header")
	errHeaderOurs  = errors.New("is set by the server")
	errHeaderValue = errors.New("the value has characters that no header can hold")
	errBodyAndFile = errors.New("body and file cannot both be sent")
	errLocation    = errors.New("is neither an http or https URL nor a path")
)

func checkHeader(name, text string) error {
	switch {
	case !httpguts.ValidHeaderFieldName(name):
		return errHeaderName
	case connectionHeaders[textproto.CanonicalMIMEHeaderKey(name)]:
		return errHeaderOurs
	case !httpguts.ValidHeaderFieldValue(text):
		return errHeaderValue
	default:
		return nil
	}
}

// location spells a target as a Location header does.
func location(target string) (string, error) {
	u, err := url.Parse(target)
	switch {
	case err != nil:
		return "", errLocation // the cause would quote it
	case u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https", u.Scheme != "" && u.Host == "":
		return "", errLocation
	default:
		return u.String(), nil
	}
}

// checkRedirectStatus takes 0 for the default.
func checkRedirectStatus(status int) error {
	if status == 0 || status >= 300 && status <= 399 && status != 304 {
		return nil
	}
	return fmt.Errorf("status %d does not redirect", status)
}
