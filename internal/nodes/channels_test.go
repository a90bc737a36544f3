package nodes_test

import (
	"context"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/channel"
	"github.com/hookflow/hookflow/internal/egress"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/smtptest"
	"github.com/hookflow/hookflow/internal/value"
)

// channels are the real channel types with the configs of an example, by their
// keys: {type, config}. One of type smtp leads to a mail server of the test's.
type channels struct {
	kept  value.Value
	world *channel.Env
	env   *node.Env
	mails *smtptest.Server
}

func newChannels(t *testing.T, kept value.Value, env *node.Env) *channels {
	t.Helper()
	client := egress.New(egress.Policy{}, "test")
	t.Cleanup(client.Close)
	return &channels{
		kept: kept, env: env, mails: smtptest.Start(t, smtptest.Options{}),
		world: &channel.Env{HTTP: client, Dialer: client, Clock: clock, Tokens: &node.Tokens{}},
	}
}

func (c *channels) Notify(ctx context.Context, key string, m node.Message) (node.Answer, error) {
	kept := c.kept.Get(value.Segment(key))
	if kept == nil {
		return node.Answer{}, hookflow.Errorf(hookflow.CodeNotFound, "there is no channel %q", key)
	}
	config := kept.Get("config")
	if kept.Get("type").Text() == "smtp" {
		config = value.Raw(`{"host":"127.0.0.1","port":` + strconv.Itoa(c.mails.Port) + `,"security":"none","from":"Hookflow <hooks@example.com>"}`)
	}
	return channel.Lookup(kept.Get("type").Text()).Send(ctx, c.world, config, c.env.Variable, &m)
}

func (c *channels) Mail(ctx context.Context, key string, m node.Message) (string, error) {
	if key == "" {
		key = "mail"
	}
	answer, err := c.Notify(ctx, key, m)
	return answer.Body.Get("messageId").Text(), err
}

// arrived is what the mails that arrived look like to people.
func (c *channels) arrived(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	for _, m := range c.mails.Mails() {
		parsed := m.Parse(t)
		fmt.Fprintf(&all, "to %s\n", strings.Join(m.To, ", "))
		for _, name := range []string{"From", "To", "Cc", "Subject", "Message-Id"} {
			if text := parsed.Header.Get(name); text != "" {
				fmt.Fprintf(&all, "%s: %s\n", name, plainHeader(t, text))
			}
		}
		writeParts(t, &all, parsed)
	}
	return all.String()
}

func plainHeader(t *testing.T, text string) string {
	t.Helper()
	plain, err := new(mime.WordDecoder).DecodeHeader(text)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

var encodedFile = regexp.MustCompile(`filename="?([^"]*)"?`)

func writeParts(t *testing.T, out *strings.Builder, m *mail.Message) {
	t.Helper()
	media, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	body := m.Body
	switch {
	case strings.HasPrefix(media, "multipart/"):
		for reader := multipart.NewReader(body, params["boundary"]); ; {
			part, err := reader.NextRawPart()
			if err != nil {
				return // at its end
			}
			writeParts(t, out, &mail.Message{Header: mail.Header(part.Header), Body: part})
		}
	case m.Header.Get("Content-Transfer-Encoding") == "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	content, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	name := ""
	if found := encodedFile.FindStringSubmatch(m.Header.Get("Content-Disposition")); found != nil {
		name = " " + plainHeader(t, found[1])
	}
	fmt.Fprintf(out, "-- %s%s\n%s\n", media, name, strings.ReplaceAll(strings.TrimSpace(string(content)), "\r\n", "\n"))
}

// keptFiles are files by their ids.
type keptFiles map[string]*node.File

func (k keptFiles) Open(_ context.Context, file value.Value) (*node.File, error) {
	if found := k[file.Text()]; found != nil {
		return found, nil
	}
	return nil, hookflow.Errorf(hookflow.CodeNotFound, "there is no file %s", file)
}

func TestMailAttachments(t *testing.T) {
	t.Parallel()
	files := keptFiles{"f1": {ID: "f1", Filename: "scan.pdf", ContentType: "application/pdf", Content: []byte("%PDF")}}
	tests := map[string]struct {
		attachment string
		want       string // "name type content", or the error
	}{
		"a text":            {`{"filename":"a.txt","content":"täxt"}`, "a.txt  täxt"},
		"JSON":              {`{"filename":"a.json","content":{"n":1.50}}`, `a.json  {"n":1.50}`},
		"base64":            {`{"filename":"a.bin","contentType":"x/y","base64":"AQI="}`, "a.bin x/y \x01\x02"},
		"a file":            {`{"file":"f1"}`, "scan.pdf application/pdf %PDF"},
		"a file, renamed":   {`{"file":"f1","filename":"b.pdf","contentType":"x/y"}`, "b.pdf x/y %PDF"},
		"no content":        {`{"filename":"a.txt"}`, "attachments/0: give the content in one of content, base64 and file"},
		"several":           {`{"filename":"a.txt","content":"x","file":"f1"}`, "attachments/0: give the content in one of content, base64 and file"},
		"no name":           {`{"content":"x"}`, "attachments/0: filename: is required"},
		"what is no base64": {`{"filename":"a","base64":"*"}`, "attachments/0: base64: is not valid"},
		"no such file":      {`{"file":"f2"}`, `attachments/0: there is no file "f2"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sent := &sentMail{}
			config, _ := value.Compile(value.Raw(`{"to":"a@example.com","attachments":[` + test.attachment + `]}`))
			_, err := node.Lookup("mail").Run(t.Context(), config, &node.Run{Scope: scope{}, Env: &node.Env{Channels: sent, Files: files}})
			got := fmt.Sprint(err)
			if err == nil {
				file := sent.message.Attachments[0]
				got = fmt.Sprintf("%s %s %s", file.Filename, file.ContentType, file.Content)
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// sentMail keeps the message that it is to send.
type sentMail struct{ message node.Message }

func (*sentMail) Notify(context.Context, string, node.Message) (node.Answer, error) {
	return node.Answer{}, nil
}

func (s *sentMail) Mail(_ context.Context, _ string, m node.Message) (string, error) {
	s.message = m
	return "<id@example.com>", nil
}

func TestRecipients(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want []string
		bad  bool
	}{
		{`"a@example.com"`, []string{"a@example.com"}, false},
		{`13800000000`, []string{"13800000000"}, false},
		{`["a", " b ", null, ""]`, []string{"a", "b"}, false},
		{`null`, nil, false},
		{`{"a":1}`, nil, true},
		{`[["a"]]`, nil, true},
		{`true`, nil, true},
	}
	for _, test := range tests {
		got, err := node.Recipients(value.Raw(test.text))
		if !slices.Equal(got, test.want) || (err != nil) != test.bad {
			t.Errorf("%s: %q, %v", test.text, got, err)
		}
	}
}
