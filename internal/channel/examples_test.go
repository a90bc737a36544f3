package channel_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/hookflow/hookflow/internal/channel"
	"github.com/hookflow/hookflow/internal/egress"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

var update = flag.Bool("update", false, "write what came out into the examples")

var now = time.Date(2026, 1, 2, 3, 4, 5, 678_000_000, time.UTC)

func clock() time.Time { return now }

func newEnv(t *testing.T) *channel.Env {
	t.Helper()
	client := egress.New(egress.Policy{}, "test")
	t.Cleanup(client.Close)
	return &channel.Env{HTTP: client, Dialer: client, Clock: clock, Tokens: &node.Tokens{}}
}

// example is one archive of testdata, whose README describes the files.
type example struct {
	path    string
	archive *txtar.Archive
	channel *channel.Type
}

func examples(t *testing.T) []*example {
	t.Helper()
	paths, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	all := make([]*example, len(paths))
	for i, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all[i] = &example{path, archive, channel.Lookup(filepath.Base(filepath.Dir(path)))}
	}
	return all
}

func (e *example) name() string {
	return strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(e.path), "testdata/"), ".txtar")
}

func (e *example) files(name string) (texts [][]byte) {
	for _, f := range e.archive.Files {
		if f.Name == name {
			texts = append(texts, f.Data)
		}
	}
	return texts
}

func (e *example) json(t *testing.T, name string) value.Value {
	t.Helper()
	texts := e.files(name)
	if len(texts) == 0 {
		return value.Raw("{}")
	}
	v, err := value.Parse(texts[0])
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return v
}

func TestExamples(t *testing.T) {
	t.Parallel()
	for _, e := range examples(t) {
		t.Run(e.name(), func(t *testing.T) {
			t.Parallel()
			if e.channel == nil {
				t.Fatal("there is no such channel type")
			}
			for _, f := range e.archive.Files {
				if !slices.Contains([]string{"config.json", "message.json", "answer.http", "sent.http", "want.json"}, f.Name) {
					t.Errorf("no example has a file %s", f.Name)
				}
			}
			e.run(t)
		})
	}
}

func (e *example) run(t *testing.T) {
	t.Helper()
	provider := newProvider(t, e.files("answer.http"))
	got := e.outcome(t, provider.URL)
	got = value.Value(strings.ReplaceAll(string(got), strings.TrimPrefix(provider.URL, "http://"), "api.example.com"))
	e.compare(t, "want.json", pretty(t, got))
	e.compare(t, "sent.http", signature.ReplaceAll([]byte(provider.sent.String()), []byte("Signature=…")))
	if *update {
		if err := os.WriteFile(e.path, txtar.Format(e.archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// signature is one that covers the name of the server, which is new each time.
// TestReceiversAcceptTheSignatures looks at those.
var signature = regexp.MustCompile(`Signature=[0-9a-f]{64}`)

// message is a message as message.json has it.
type message struct {
	To, CC, BCC                           []string
	Title, Text, Markdown, HTML, Template string
	Params                                value.Value
}

func (e *example) outcome(t *testing.T, url string) value.Value {
	t.Helper()
	config := e.json(t, "config.json")
	var o value.Object
	if problems := e.channel.Check(config); len(problems) > 0 {
		return o.Set("problems", encoded(t, problems)).Value()
	}
	var m message
	if err := json.Unmarshal(e.json(t, "message.json"), &m); err != nil {
		t.Fatal(err)
	}
	variables := map[string]string{"API": url, "SECRET": "this is secret"}
	variable := func(name string) (value.Value, bool) {
		text, ok := variables[name]
		return value.String(text), ok
	}
	answer, err := e.channel.Send(t.Context(), newEnv(t), config, variable, &node.Message{
		ID: "execution/node", To: m.To, CC: m.CC, BCC: m.BCC, Title: m.Title, Text: m.Text, Markdown: m.Markdown, HTML: m.HTML,
		Template: m.Template, Params: m.Params,
	})
	if answer.Status != 0 {
		o.Set("status", value.Int(int64(answer.Status))).Set("body", answer.Body)
	}
	if err != nil {
		o.Set("error", value.String(err.Error()))
	}
	if refusal := (*channel.Refusal)(nil); errors.As(err, &refusal) && refusal.Limited {
		o.Set("limited", value.String(refusal.After.String()))
	}
	return o.Value()
}

func encoded(t *testing.T, v any) value.Value {
	t.Helper()
	text, err := value.Of(v)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func pretty(t *testing.T, v value.Value) []byte {
	t.Helper()
	var text bytes.Buffer
	if err := json.Indent(&text, v, "", "  "); err != nil {
		t.Fatalf("%s: %v", v, err)
	}
	text.WriteByte('\n')
	return text.Bytes()
}

// compare compares a file with what came out, or updates it. An empty file need
// not be there.
func (e *example) compare(t *testing.T, name string, got []byte) {
	t.Helper()
	var want []byte
	if texts := e.files(name); len(texts) > 0 {
		want = texts[0]
	}
	if bytes.Equal(want, got) {
		return
	}
	if !*update {
		t.Errorf("%s (-want +got):\n%s", name, cmp.Diff(string(want), string(got)))
		return
	}
	for i := range e.archive.Files {
		if e.archive.Files[i].Name == name {
			e.archive.Files[i].Data = got
			return
		}
	}
	e.archive.Files = append(e.archive.Files, txtar.File{Name: name, Data: got})
}

// provider answers each request by the next of its answers, and keeps how it read.
type provider struct {
	*httptest.Server
	sent strings.Builder
}

func newProvider(t *testing.T, answers [][]byte) *provider {
	t.Helper()
	p := &provider{}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		p.sent.WriteString(requestText(r, body))
		if len(answers) == 0 {
			t.Error("it was not meant to be asked so often")
			return
		}
		reply(t, w, answers[0])
		answers = answers[1:]
	}))
	t.Cleanup(p.Close)
	return p
}

func reply(t *testing.T, w http.ResponseWriter, text []byte) {
	t.Helper()
	head, body, _ := bytes.Cut(text, []byte("\n\n"))
	answer, err := http.ReadResponse(bufio.NewReader(strings.NewReader(strings.TrimSuffix(string(head), "\n")+"\n\n")), nil)
	if err != nil {
		t.Errorf("answer.http: %v", err)
		return
	}
	_ = answer.Body.Close()
	maps.Copy(w.Header(), answer.Header)
	w.WriteHeader(answer.StatusCode)
	_, _ = w.Write(bytes.TrimSuffix(body, []byte("\n")))
}

// requestText is a request without the headers that every one has, JSON made
// readable.
func requestText(r *http.Request, body []byte) string {
	for _, name := range []string{"Accept-Encoding", "Content-Length", "User-Agent"} {
		r.Header.Del(name)
	}
	var text strings.Builder
	fmt.Fprintf(&text, "%s %s\n", r.Method, r.URL.RequestURI())
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		fmt.Fprintf(&text, "%s: %s\n", name, strings.Join(r.Header[name], ", "))
	}
	var indented bytes.Buffer
	if json.Indent(&indented, body, "", "  ") == nil {
		body = indented.Bytes()
	}
	if len(body) > 0 {
		fmt.Fprintf(&text, "\n%s\n", body)
	}
	return text.String()
}

// TestEveryTypeHasExamples demands of each type one that is sent and one that
// fails. Mail, which is no HTTP, has tests of its own.
func TestEveryTypeHasExamples(t *testing.T) {
	t.Parallel()
	type count struct{ sent, failed int }
	counts := map[string]*count{}
	for _, typ := range channel.Types() {
		counts[typ.Name] = &count{}
	}
	for _, e := range examples(t) {
		if want := e.json(t, "want.json"); want.Get("error") != nil {
			counts[e.channel.Name].failed++
		} else if want.Get("status") != nil {
			counts[e.channel.Name].sent++
		}
	}
	for name, c := range counts {
		if name != "smtp" && (c.sent == 0 || c.failed == 0) {
			t.Errorf("%s has %d examples of messages that are taken and %d of others", name, c.sent, c.failed)
		}
	}
}
