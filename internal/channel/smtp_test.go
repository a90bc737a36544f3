package channel_test

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"slices"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow/internal/certtest"
	"github.com/hookflow/hookflow/internal/channel"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/smtptest"
	"github.com/hookflow/hookflow/internal/value"
)

// smtpConfig is the config of a channel to a server, with more members.
func smtpConfig(t *testing.T, s *smtptest.Server, more map[string]any) value.Value {
	t.Helper()
	config := map[string]any{"host": s.Host, "port": s.Port, "security": "none", "from": "Hookflow 通知 <hooks@example.com>"}
	for name, v := range more {
		config[name] = v
	}
	return encoded(t, config)
}

func sendMail(t *testing.T, config value.Value, m node.Message) (node.Answer, error) {
	t.Helper()
	m.ID = "execution/mail"
	typ := channel.Lookup("smtp")
	if problems := typ.Check(config); len(problems) > 0 {
		t.Fatal(problems)
	}
	return typ.Send(t.Context(), newEnv(t), config, nil, &m)
}

// part is a part of a mail, decoded.
type part struct{ Type, Disposition, Content string }

func partsOf(t *testing.T, contentType, encoding, disposition string, r io.Reader) []part {
	t.Helper()
	media, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(media, "multipart/") {
		var all []part
		for reader := multipart.NewReader(r, params["boundary"]); ; {
			p, err := reader.NextRawPart()
			if errors.Is(err, io.EOF) {
				return all
			}
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, partsOf(t, p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p.Header.Get("Content-Disposition"), p)...)
		}
	}
	switch encoding {
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	default:
		t.Errorf("a part is encoded as %q", encoding)
	}
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	kind, names, err := mime.ParseMediaType(disposition)
	if err != nil && disposition != "" {
		t.Fatal(err)
	}
	if names["filename"] != "" {
		kind += " " + decodedHeader(t, names["filename"])
	}
	return []part{{media + " " + params["charset"], kind, string(content)}}
}

func decodedHeader(t *testing.T, text string) string {
	t.Helper()
	plain, err := new(mime.WordDecoder).DecodeHeader(text)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

// TestMail: what arrives is what was said, in UTF-8 throughout.
func TestMail(t *testing.T) {
	t.Parallel()
	server := smtptest.Start(t, smtptest.Options{})
	answer, err := sendMail(t, smtpConfig(t, server, nil), node.Message{
		To: []string{"张三 <zhangsan@example.com>", "b@example.com, c@example.com"}, CC: []string{"d@example.com"}, BCC: []string{"secret@example.com"},
		Title: "订单 #42 已发货：感谢您的购买，祝您生活愉快，期待您的再次光临", Text: "您好\n\n.\n谢谢", HTML: "<p>您好</p>",
		Attachments: []*node.File{
			{Filename: "发票 2026.txt", Content: []byte("金额：100")},
			{Filename: "data.bin", ContentType: "application/x-thing", Content: []byte{0, 1, 2, 255}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	mails := server.Mails()
	if len(mails) != 1 {
		t.Fatalf("%d mails arrived", len(mails))
	}
	got := mails[0]
	if diff := cmp.Diff([]string{"zhangsan@example.com", "b@example.com", "c@example.com", "d@example.com", "secret@example.com"}, got.To); diff != "" {
		t.Error(diff)
	}
	if got.From != "hooks@example.com" {
		t.Errorf("from %s", got.From)
	}
	parsed := got.Parse(t)
	headers := map[string]string{}
	for _, name := range []string{"From", "To", "Cc", "Bcc", "Subject", "Date", "Message-Id", "Auto-Submitted", "Mime-Version", "User-Agent"} {
		headers[name] = decodedHeader(t, parsed.Header.Get(name))
	}
	want := map[string]string{
		"From": "Hookflow 通知 <hooks@example.com>", "To": "张三 <zhangsan@example.com>, <b@example.com>, <c@example.com>", "Cc": "<d@example.com>", "Bcc": "",
		"Subject": "订单 #42 已发货：感谢您的购买，祝您生活愉快，期待您的再次光临", "Date": "Fri, 02 Jan 2026 03:04:05 +0000",
		"Message-Id": answer.Body.Get("messageId").Text(), "Auto-Submitted": "auto-generated", "Mime-Version": "1.0", "User-Agent": "",
	}
	if diff := cmp.Diff(want, headers); diff != "" {
		t.Error(diff)
	}
	parts := partsOf(t, parsed.Header.Get("Content-Type"), "", "", parsed.Body)
	if diff := cmp.Diff([]part{
		{"text/plain UTF-8", "", "您好\r\n\r\n.\r\n谢谢"},
		{"text/html UTF-8", "", "<p>您好</p>"},
		{"text/plain utf-8", "attachment 发票 2026.txt", "金额：100"},
		{"application/x-thing ", "attachment data.bin", "\x00\x01\x02\xff"},
	}, parts); diff != "" {
		t.Error(diff)
	}
}

// TestMailIDs: the same message has the same id, whenever it is sent; another has another.
func TestMailIDs(t *testing.T) {
	t.Parallel()
	server := smtptest.Start(t, smtptest.Options{})
	config := smtpConfig(t, server, nil)
	var ids []string
	for _, id := range []string{"e1/mail", "e1/mail", "e2/mail"} {
		answer, err := channel.Lookup("smtp").Send(t.Context(), newEnv(t), config, nil, &node.Message{ID: id, To: []string{"a@example.com"}, Text: "x"})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, answer.Body.Get("messageId").Text())
	}
	if ids[0] != ids[1] || ids[0] == ids[2] || !strings.HasSuffix(ids[0], "@example.com>") {
		t.Errorf("ids %q", ids)
	}
	for i, m := range server.Mails() {
		if got := m.Parse(t).Header.Get("Message-Id"); got != ids[i] {
			t.Errorf("mail %d has the id %s, told was %s", i, got, ids[i])
		}
	}
}

func TestMailSecurity(t *testing.T) {
	t.Parallel()
	authority, stranger := certtest.New(t), certtest.New(t)
	config := &tls.Config{Certificates: []tls.Certificate{authority.Pair("mail", "127.0.0.1")}}
	otherName := &tls.Config{Certificates: []tls.Certificate{authority.Pair("mail", "other.example")}}
	login := map[string]any{"username": "user", "password": "pass word", "security": "starttls", "ca": string(authority.PEM())}
	with := func(more map[string]any) map[string]any {
		all := map[string]any{}
		for _, m := range []map[string]any{login, more} {
			for name, v := range m {
				all[name] = v
			}
		}
		return all
	}
	credentials := smtptest.Options{TLS: config, Username: "user", Password: "pass word"}
	changed := func(change func(*smtptest.Options)) smtptest.Options {
		o := credentials
		change(&o)
		return o
	}
	tests := map[string]struct {
		server smtptest.Options
		config map[string]any
		want   string // in the error; "" for none
		status int
	}{
		"STARTTLS":              {credentials, login, "", 250},
		"AUTH LOGIN":            {changed(func(o *smtptest.Options) { o.Login = true }), login, "", 250},
		"TLS":                   {changed(func(o *smtptest.Options) { o.Implicit = true }), with(map[string]any{"security": "tls"}), "", 250},
		"unencrypted, here":     {smtptest.Options{Username: "user", Password: "pass word"}, with(map[string]any{"security": "none"}), "", 250},
		"no STARTTLS":           {smtptest.Options{}, login, "does not support STARTTLS", 0},
		"wrong password":        {credentials, with(map[string]any{"password": "wrong"}), "535", 535},
		"no password":           {credentials, map[string]any{"security": "starttls", "ca": string(authority.PEM())}, "530", 530},
		"another's authority":   {credentials, with(map[string]any{"ca": string(stranger.PEM())}), "certificate signed by unknown authority", 0},
		"the system's roots":    {credentials, with(map[string]any{"ca": ""}), "certificate signed by unknown authority", 0},
		"another name":          {changed(func(o *smtptest.Options) { o.TLS = otherName }), login, "certificate", 0},
		"TLS, another's":        {changed(func(o *smtptest.Options) { o.Implicit = true }), with(map[string]any{"security": "tls", "ca": string(stranger.PEM())}), "certificate signed by unknown authority", 0},
		"TLS where there is no": {smtptest.Options{}, with(map[string]any{"security": "tls"}), "127.0.0.1", 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := smtptest.Start(t, test.server)
			answer, err := sendMail(t, smtpConfig(t, server, test.config), node.Message{To: []string{"a@example.com"}, Text: "x"})
			if failed := err != nil; failed != (test.want != "") || failed && !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
			if err != nil && strings.Contains(err.Error(), "pass word") {
				t.Errorf("the error tells the password: %v", err)
			}
			if answer.Status != test.status {
				t.Errorf("status %d, want %d", answer.Status, test.status)
			}
			if arrived := len(server.Mails()); arrived != 0 && test.want != "" || arrived != 1 && test.want == "" {
				t.Errorf("%d mails arrived", arrived)
			}
			for _, m := range server.Mails() {
				if m.TLS != (test.server.TLS != nil) {
					t.Errorf("it came encrypted: %t", m.TLS)
				}
			}
		})
	}
}

func TestMailsThatAreNotSent(t *testing.T) {
	t.Parallel()
	refuse := func(to string) *smtp.SMTPError {
		switch {
		case strings.HasPrefix(to, "nobody"):
			return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
		case strings.HasPrefix(to, "later"):
			return &smtp.SMTPError{Code: 450, EnhancedCode: smtp.EnhancedCode{4, 2, 1}, Message: "mailbox busy"}
		}
		return nil
	}
	many := make([]string, 101)
	for i := range many {
		many[i] = fmt.Sprintf("a%d@example.com", i)
	}
	to := []string{"a@example.com"}
	tests := map[string]struct {
		message node.Message
		want    string
		status  int
	}{
		"nobody":             {node.Message{To: []string{"a@example.com", "nobody@example.com"}, Text: "x"}, "the mail server has refused: ", 550},
		"later":              {node.Message{To: []string{"later@example.com"}, Text: "x"}, "try again later: ", 450},
		"no address":         {node.Message{To: []string{"a b"}, Text: "x"}, `to: "a b" is not a mail address`, 0},
		"a header in to":     {node.Message{To: []string{"a@example.com\r\nBcc: b@example.com"}, Text: "x"}, "is not a mail address", 0},
		"a header in cc":     {node.Message{To: to, CC: []string{"x\nBcc: y <b@example.com>"}, Text: "x"}, "cc: ", 0},
		"a header in title":  {node.Message{To: to, Title: "Hi\r\nBcc: b@example.com", Text: "x"}, "subject: must be one line", 0},
		"a header in a name": {node.Message{To: to, Attachments: []*node.File{{Filename: "a\r\nX-Evil: 1"}}}, "is not the name of a file", 0},
		"a header in a type": {node.Message{To: to, Attachments: []*node.File{{Filename: "a", ContentType: "text/plain\r\nX-Evil: 1"}}}, "is not a content type", 0},
		"too many":           {node.Message{To: many, Text: "x"}, "at most 100 addresses", 0},
		"too large":          {node.Message{To: to, Attachments: []*node.File{{Filename: "a", Content: make([]byte, 25<<20+1)}}}, "at most 25 MiB", 0},
		"markdown":           {node.Message{To: to, Markdown: "x"}, "markdown: a channel of type smtp has no place for it", 0},
		"nobody at all":      {node.Message{Text: "x"}, "to: is missing", 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := smtptest.Start(t, smtptest.Options{Refuse: refuse})
			answer, err := sendMail(t, smtpConfig(t, server, nil), test.message)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
			if answer.Status != test.status {
				t.Errorf("status %d, want %d", answer.Status, test.status)
			}
			if mails := server.Mails(); len(mails) > 0 {
				t.Errorf("it was sent all the same: %s", mails[0].Raw)
			}
		})
	}
}

func TestMailChannelsThatAreNotSaved(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ config, pointer string }{
		"a password in the clear": {`{"host":"mail.example.com","security":"none","username":"u","password":"p","from":"a@example.com"}`, "/security"},
		"no sender":               {`{"host":"mail.example.com"}`, "/from"},
		"a sender that is none":   {`{"host":"mail.example.com","from":"a b"}`, "/from"},
		"no certificate":          {`{"host":"mail.example.com","from":"a@example.com","ca":"x"}`, "/ca"},
		"a port that is none":     {`{"host":"mail.example.com","from":"a@example.com","port":70000}`, "/port"},
		"an unknown member":       {`{"host":"mail.example.com","from":"a@example.com","user":"x"}`, "/user"},
	}
	for name, test := range tests {
		problems := channel.Lookup("smtp").Check(value.Raw(test.config))
		if !slices.ContainsFunc(problems, func(p value.Problem) bool { return p.Pointer == test.pointer }) {
			t.Errorf("%s: %v", name, problems)
		}
	}
	if problems := channel.Lookup("smtp").Check(value.Raw(`{"host":"{{$env.HOST}}","from":"{{$env.FROM}}","username":"u","security":"none"}`)); len(problems) > 0 {
		t.Errorf("variables: %v", problems)
	}
}

// TestMailIsGivenUp: a server that says nothing keeps a node no longer than it wants to wait.
func TestMailIsGivenUp(t *testing.T) {
	t.Parallel()
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{certtest.New(t).Pair("x")}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	_, port, _ := strings.Cut(listener.Addr().String(), ":")
	reason := errors.New("given up")
	ctx, cancel := context.WithCancelCause(t.Context())
	go func() {
		connection, err := listener.Accept()
		if err != nil {
			t.Error(err)
			return
		}
		cancel(reason) // it has come, and is told nothing
		_, _ = io.Copy(io.Discard, connection)
	}()
	_, err = channel.Lookup("smtp").Send(ctx, newEnv(t), value.Raw(`{"host":"127.0.0.1","port":`+port+`,"security":"none","from":"a@example.com"}`), nil,
		&node.Message{To: []string{"b@example.com"}, Text: "x"})
	if !errors.Is(err, reason) {
		t.Errorf("error %v", err)
	}
}
