package e2e_test

import (
	"bytes"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/hookflow/hookflow/internal/certtest"
	"github.com/hookflow/hookflow/internal/hookflowtest"
	"github.com/hookflow/hookflow/internal/smtptest"
)

// mailServer is one that demands encryption, a name and a password, and the
// config of a channel to it whose password is a secret of $env.
func mailServer(t *testing.T) (server *smtptest.Server, config string) {
	t.Helper()
	authority := certtest.New(t)
	server = smtptest.Start(t, smtptest.Options{TLS: &tls.Config{Certificates: []tls.Certificate{authority.Pair("mail", "127.0.0.1")}}, Username: "hooks", Password: "mail-password"})
	return server, fmt.Sprintf(`{"host":"127.0.0.1","port":%d,"security":"starttls","username":"hooks","password":"{{$env.MAIL_PASSWORD}}","from":"Hookflow <hooks@example.com>","ca":%s}`,
		server.Port, quote(string(authority.PEM())))
}

// TestMailNode: a webhook sends a mail with an attachment through a real server.
func TestMailNode(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	server, config := mailServer(t)
	s.Must(http.MethodPut, "/api/env/MAIL_PASSWORD", `{"secret":true,"value":"mail-password"}`)
	s.Must(http.MethodPut, "/api/channels/mail", `{"type":"smtp","title":"Mail","config":`+config+`}`)
	put(t, s, "order", webhook(`{mode: sync}`, `
		{key: confirm, type: mail, config: {to: "{{$context.data.email}}", subject: "订单 {{$context.data.id}} 已收到", text: "谢谢！", attachments: [{filename: 收据.txt, content: "金额 {{$context.data.total}}"}]}},
		{key: r, type: response, config: {body: {id: "{{$steps.confirm}}"}}}`))
	r := post(t, s, "order", `{"id": 42, "email": "zhangsan@example.com", "total": 99.50}`)
	mails := server.Mails()
	if len(mails) != 1 {
		t.Fatalf("%d mails arrived; %d %s\n%s", len(mails), r.Status, r.Body, s.Output())
	}
	parsed := mails[0].Parse(t)
	wantJSON(t, "the message id", `{"id":`+quote(parsed.Header.Get("Message-Id"))+`}`, r.Body)
	subject, err := new(mime.WordDecoder).DecodeHeader(parsed.Header.Get("Subject"))
	if err != nil || subject != "订单 42 已收到" {
		t.Errorf("subject %q, %v", subject, err)
	}
	wantJSON(t, "the parts", `["谢谢！","金额 99.50"]`, partsOf(t, parsed))
	if !mails[0].TLS || strings.Join(mails[0].To, " ") != "zhangsan@example.com" {
		t.Errorf("encrypted %t, to %q", mails[0].TLS, mails[0].To)
	}
}

// TestMailsOfFiles: what a form uploads goes on as an attachment.
func TestMailsOfFiles(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	server := smtptest.Start(t, smtptest.Options{})
	s.Must(http.MethodPut, "/api/channels/mail", fmt.Sprintf(`{"type":"smtp","config":{"host":"127.0.0.1","port":%d,"security":"none","from":"a@example.com"}}`, server.Port))
	put(t, s, "scan", webhook(`{mode: sync}`, `
		{key: send, type: mail, config: {to: "b@example.com", text: "{{$context.data.note}}", attachments: [{file: "{{$context.data.scan}}"}]}},
		{key: r, type: response, config: {body: ok}}`))
	form := "--x\r\nContent-Disposition: form-data; name=note\r\n\r\nscanned\r\n" +
		"--x\r\nContent-Disposition: form-data; name=scan; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF\x00\r\n--x--\r\n"
	wantReply(t, "the form", send(t, s, http.MethodPost, "/api/webhooks/scan", form, "Content-Type: multipart/form-data; boundary=x"), 200, "^ok$")
	mails := server.Mails()
	if len(mails) != 1 {
		t.Fatalf("%d mails arrived", len(mails))
	}
	wantJSON(t, "the parts", `["scanned","%PDF\u0000"]`, partsOf(t, mails[0].Parse(t)))
	if raw := string(mails[0].Raw); !strings.Contains(raw, `application/pdf; name="a.pdf"`) {
		t.Errorf("the attachment is not what was uploaded:\n%s", raw)
	}
}

// partsOf lists the contents of a mail's parts, decoded.
func partsOf(t *testing.T, m *mail.Message) string {
	t.Helper()
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	var contents []string
	for reader := multipart.NewReader(m.Body, params["boundary"]); ; {
		part, err := reader.NextPart() // takes quoted-printable back
		if errors.Is(err, io.EOF) {
			return "[" + strings.Join(contents, ",") + "]"
		}
		if err != nil {
			t.Fatal(err)
		}
		var content io.Reader = part
		if part.Header.Get("Content-Transfer-Encoding") == "base64" {
			content = base64.NewDecoder(base64.StdEncoding, part)
		}
		text, err := io.ReadAll(content)
		if err != nil {
			t.Fatal(err)
		}
		contents = append(contents, quote(string(text)))
	}
}

// robot is a group robot that refuses as often as it is told, inside a 200.
type robot struct {
	*httptest.Server
	mu      sync.Mutex
	refuses int
	seen    []string
}

func newRobot(t *testing.T, refuses int) *robot {
	t.Helper()
	r := &robot{refuses: refuses}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		body, err := io.ReadAll(q.Body)
		r.mu.Lock()
		defer r.mu.Unlock()
		r.seen = append(r.seen, fmt.Sprint(q.URL.Query().Get("key"), " ", string(body), err))
		if r.refuses--; r.refuses >= 0 {
			_, _ = fmt.Fprintf(w, `{"errcode":45009,"errmsg":"api freq out of limit for %s"}`, q.URL.Query().Get("key"))
			return
		}
		_, _ = fmt.Fprint(w, `{"errcode":0,"errmsg":"ok"}`)
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *robot) messages() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.seen
}

// TestNotifyNode: a refusal inside a 200 is an error, is tried again, and tells
// no secret; neither does anything that is kept.
func TestNotifyNode(t *testing.T) {
	t.Parallel()
	s, r := hookflowtest.Start(t), newRobot(t, 1)
	const key = "693a91f6-7aoc-4bc4-97a0-0ec2sifa5aaa"
	s.Must(http.MethodPut, "/api/channels/ops", `{"type":"wecom_robot","config":{"url":"`+r.URL+`/cgi-bin/webhook/send?key=`+key+`"}}`)
	put(t, s, "alarm", manual(`{key: tell, type: notify, retry: {attempts: 3, interval: 10ms}, config: {channel: ops, title: 磁盘, text: "{{$context.left}} left", to: "@all"}}`))
	e := run(t, s, "alarm", `{"left":"3 GB"}`)
	tell := e.step(t, "tell")
	if tell.Status != "succeeded" {
		t.Fatalf("%s %s", tell.Status, tell.Error)
	}
	wantJSON(t, "the provider's answer", `{"errcode":0,"errmsg":"ok"}`, string(tell.Output))
	const message = key + ` {"msgtype":"text","text":{"content":"磁盘\n3 GB left","mentioned_list":["@all"],"mentioned_mobile_list":[]}}<nil>`
	if got := r.messages(); len(got) != 2 || got[0] != message || got[1] != message {
		t.Errorf("it got %q", got)
	}
	kept := string(s.Must(http.MethodGet, "/api/executions/"+e.ID, ""))
	if !strings.Contains(kept, "45009: api freq out of limit for ••••") || strings.Contains(kept, key) {
		t.Errorf("what is kept: %s", kept)
	}
	listed := string(s.Must(http.MethodGet, "/api/channels", "")) + string(s.Must(http.MethodGet, "/api/audit", ""))
	if strings.Contains(listed, key) {
		t.Errorf("listed: %s", listed)
	}
	for _, name := range []string{"hookflow.db", "hookflow.db-wal"} {
		if content, err := os.ReadFile(filepath.Join(s.Dir, name)); err == nil && bytes.Contains(content, []byte(key)) {
			t.Errorf("%s holds the robot's key", name)
		}
	}
	if strings.Contains(s.Output(), key) {
		t.Errorf("the log holds the robot's key")
	}
}

// TestChannelTests: one call says what the provider says.
func TestChannelTests(t *testing.T) {
	t.Parallel()
	s, r := hookflowtest.Start(t), newRobot(t, 0)
	server, config := mailServer(t)
	s.Must(http.MethodPut, "/api/env/MAIL_PASSWORD", `{"secret":true,"value":"wrong-password"}`)
	s.Must(http.MethodPut, "/api/channels/mail", `{"type":"smtp","config":`+config+`}`)
	s.Must(http.MethodPut, "/api/channels/ops", `{"type":"wecom_robot","config":{"url":"`+r.URL+`/?key=x"}}`)
	test := func(key, body string) reply { return admin(t, s, http.MethodPost, "/api/channels/"+key+"/test", body) }

	wantReply(t, "a robot", test("ops", `{"markdown":"**hi**"}`), 200, `"ok":true,"status":200,"body":\{"errcode":0,"errmsg":"ok"\},"error":null,"durationMs":`)
	wantReply(t, "a wrong password", test("mail", `{"to":"a@example.com"}`), 200, `"ok":false,"status":535,"body":".*Authentication failed`)
	s.Must(http.MethodPut, "/api/env/MAIL_PASSWORD", `{"secret":true,"value":"mail-password"}`)
	wantReply(t, "the right one", test("mail", `{"to":"a@example.com"}`), 200, `"ok":true,"status":250,"body":\{"messageId":"<[0-9a-f]+@example.com>","response":"`)
	if mails := server.Mails(); len(mails) != 1 || !strings.Contains(string(mails[0].Raw), "Subject: Hookflow") {
		t.Errorf("%d mails arrived", len(mails))
	}
}

// TestMailsObeyThePolicy: mail goes no other way out than requests.
func TestMailsObeyThePolicy(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t, "HOOKFLOW_EGRESS_DENY=127.0.0.0/8")
	server := smtptest.Start(t, smtptest.Options{})
	s.Must(http.MethodPut, "/api/channels/mail", fmt.Sprintf(`{"type":"smtp","config":{"host":"127.0.0.1","port":%d,"security":"none","from":"a@example.com"}}`, server.Port))
	r := admin(t, s, http.MethodPost, "/api/channels/mail/test", `{"to":"a@example.com"}`)
	wantReply(t, "a denied address", r, 200, `"ok":false,"status":0,.*is denied by egress-deny`)
	if n := len(server.Mails()); n > 0 {
		t.Errorf("%d mails arrived", n)
	}
}
