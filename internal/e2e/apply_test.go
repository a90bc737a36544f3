package e2e_test

import (
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hookflow/hookflow/internal/hookflowtest"
	"github.com/hookflow/hookflow/internal/pgtest"
)

// awkward is a workflow whose texts, names and numbers YAML could take for something else.
const awkward = `{"key":"awkward","nodes":[{"type":"set","key":"n","config":{"values":{
	"z":1,"a":2,"null":null,"yes":true,"no":"no","~":"~","":"","1":"1","1.0":1.0,"big":12345678901234567890123,"exp":1E+2,"small":-0.0e-7,"minus":-0,
	"date":"2024-01-01","time":"12:30:00","hex":"0xff","octal":"0o17","old octal":"017","under":"1_000","inf":".inf","nan":".NaN",
	"lines":"a\n  b\n\nc\n","no end":"a\nb","ends":"a\n\n\n","begins":"\n a","space":" a ","tab":"\ta","cr":"a\r\nb","trailing":"a \nb \n",
	"marks":"---\n...\n# no comment\n%YAML 1.2","colon":"a: b","hash":"a #b","dash":"- a","star":"*a","amp":"&a","bang":"!a","pipe":"|","at":"@a","tick":"` + "`" + `a",
	"quotes":"'\"'","back":"\\n","bom":"\ufeffx","nel":"\u0085x","ls":"\u2028x","nul":"\u0000","del":"\u007f","emoji":"\ud83d\ude00","chinese":"中文，好","mask":"{{$context.data}}",
	"deep":[[],[[]],{},{"a":[{"b":{}}]}],"dup":"\u0041"}}}],"trigger":{"type":"manual"},"options":{"timeout":"10m"},"title":"Off: yes, \"on\""}`

// TestExportRoundTrip: what is exported goes back without a change, whatever it is.
func TestExportRoundTrip(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	fill(t, s)
	before := everything(t, s)

	remote := []string{"--server", s.URL, "--token", s.Key()}
	out := filepath.Join(t.TempDir(), "remote")
	s.Run(append([]string{"export", "-o", out}, remote...)...)
	for range 2 {
		wantUnchanged(t, s.Run(append([]string{"apply", "-f", out}, remote...)...))
	}
	if after := everything(t, s); after != before {
		t.Errorf("the round trip has changed\n%s\nto\n%s", before, after)
	}
	noSecrets(t, out)

	local := filepath.Join(t.TempDir(), "local")
	s.Run("export", "-o", local)
	if a, b := content(t, out), content(t, local); a != b {
		t.Errorf("the server exports\n%s\nand the database\n%s", a, b)
	}
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	wantUnchanged(t, s.Run("apply", "-f", local))
	s.Restart()
	if after := everything(t, s); after != before {
		t.Errorf("the database has changed\n%s\nto\n%s", before, after)
	}
}

// fill makes something of every kind.
func fill(t *testing.T, s *hookflowtest.Server) {
	t.Helper()
	s.Must(http.MethodPut, "/api/env/TOKEN", `{"value":"hush-variable","secret":true}`)
	for _, name := range []string{"customers", "pushes"} {
		load(t, s, "collections", name, name+".collection.yaml")
	}
	for _, key := range []string{"form-to-customer", "github-signature-in-javascript"} {
		load(t, s, "workflows", key, key+".yaml")
	}
	put := func(kind, name, body string) { s.Must(http.MethodPut, "/api/"+kind+"/"+name, body) }
	put("collections", "others", `{"title":"其他","fields":[
		{"name":"s","type":"string","required":true,"unique":true,"default":"\u00e9","options":{"maxLength":5}},{"name":"d","type":"decimal","default":1.50},
		{"name":"c","type":"select","index":true,"options":{"choices":["yes","1","a b"]}},{"name":"j","type":"json","default":{"b":1.0,"a":[]}},
		{"name":"r","type":"relation","options":{"collection":"customers","onDelete":"cascade"}},{"name":"f","type":"file"}]}`)
	put("collections", "customers", `{"title":"Customers","fields":[{"name":"name","type":"string","required":true},{"name":"email","type":"email","required":true},
		{"name":"phone","type":"string"},{"name":"message","type":"text"},{"name":"source","type":"string"},
		{"name":"all","type":"relation","options":{"collection":"others","kind":"many","field":"r"}}]}`)
	put("channels", "mail", `{"title":"Post","type":"smtp","config":{"port":25,"host":"127.0.0.1","security":"none","username":"u","password":"hush-mail","from":"ada@example.com"}}`)
	put("channels", "chat", `{"type":"slack","config":{"url":"https://example.com/hush-chat"}}`)
	put("channels", "web", `{"type":"http","config":{"url":"{{$env.TOKEN}}","headers":{"B":"{{$env.TOKEN}}","A":"hush-header"}}}`)
	put("workflows", "awkward", awkward)
	put("workflows", "keeps-secrets", `{"enabled":true,"trigger":{"type":"webhook","config":{"verification":{"scheme":"hmac","secrets":["hush-one","hush-two"],"header":"X-A"}}},
		"nodes":[{"key":"r","type":"request","config":{"url":"http://127.0.0.1/","auth":{"type":"basic","username":"u","password":"hush-node"}}}]}`)
	put("workflows", "awkward?draft=true", `{"title":"a later draft","trigger":{"type":"manual"},"nodes":[]}`)
	put("workflows", "draft-only?draft=true", `{"trigger":{"type":"manual"},"nodes":[]}`)
}

// everything is all documents as the admin API shows them.
func everything(t *testing.T, s *hookflowtest.Server) string {
	t.Helper()
	var all strings.Builder
	for kind, name := range map[string]string{"collections": "name", "channels": "key", "workflows": "key"} {
		var page struct {
			Items []map[string]json.RawMessage
		}
		s.Into(&page, http.MethodGet, "/api/"+kind+"?limit=1000", "")
		for _, item := range page.Items {
			all.Write(s.Must(http.MethodGet, "/api/"+kind+"/"+text(t, raw(item[name])), ""))
		}
	}
	lines := strings.Split(all.String(), "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func wantUnchanged(t *testing.T, printed string) {
	t.Helper()
	for line := range strings.Lines(printed) {
		if !strings.HasPrefix(line, "unchanged ") {
			t.Errorf("apply says %q", line)
		}
	}
	if strings.Count(printed, "\n") < 10 {
		t.Errorf("apply says only %q", printed)
	}
}

// content is all files of a directory with their names.
func content(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		written, err := os.ReadFile(path)
		all.WriteString(strings.TrimPrefix(path, dir) + "\n" + string(written))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

func noSecrets(t *testing.T, dir string) {
	t.Helper()
	if found := regexp.MustCompile(`hush-\w+`).FindString(content(t, dir)); found != "" {
		t.Errorf("the export holds %s", found)
	}
}

// TestApplyToServer: a server is changed through its API, by a key's role and no further.
func TestApplyToServer(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	dir := t.TempDir()
	write := func(name, text string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	flow := write("flow.yaml", "kind: Workflow\nkey: flow\nenabled: true\ntrigger: {type: webhook, config: {mode: sync}}\nnodes:\n  - {key: r, type: response, config: {status: 202}}\n")
	editor := strings.TrimSpace(s.Run("api-key", "create", "--name", "editor", "--role", "editor"))
	viewer := strings.TrimSpace(s.Run("api-key", "create", "--name", "viewer", "--role", "viewer"))
	tests := []struct {
		name, token, file string
		more              []string
		code              int
		stdout, stderr    string
	}{
		{"a dry run", editor, flow, []string{"--dry-run"}, 0, "created workflow/flow\n", "nothing was changed"},
		{"a viewer", viewer, flow, nil, 1, "", "needs the role editor"},
		{"an editor", editor, flow, nil, 0, "created workflow/flow\n", ""},
		{"again, by a viewer", viewer, flow, nil, 0, "unchanged workflow/flow\n", ""},
		{"a channel, by an editor", editor, write("channel.yaml", "{kind: Channel, key: c, type: slack, config: {url: 'https://example.com'}}"), nil, 1, "", "needs the role admin"},
		{"two with one path", editor, write("twice.yaml", "kind: Workflow\nkey: twice\nenabled: true\ntrigger: {type: webhook, config: {path: flow}}\nnodes: []\n"), nil, 1, "", "twice.yaml:1: workflow/twice: .*flow"},
		{"no key", "hfk_wrong", flow, nil, 1, "", "API key"},
		{"an empty key", "", flow, nil, 2, "", "HOOKFLOW_TOKEN is missing"},
		{"pruning", editor, flow, []string{"--prune"}, 0, "unchanged workflow/flow\ndeleted workflow/sample\ndeleted collection/sample_contacts\n", ""},
	}
	for _, test := range tests {
		stdout, stderr, code := command(t, append([]string{"apply", "-f", test.file, "--server", s.URL}, test.more...), "HOOKFLOW_TOKEN="+test.token)
		if code != test.code || stdout != test.stdout || !regexp.MustCompile(test.stderr).MatchString(stderr) || test.stderr == "" && stderr != "" {
			t.Errorf("%s: %d %q %q", test.name, code, stdout, stderr)
		}
	}
	if r := post(t, s, "flow", `{}`); r.Status != http.StatusAccepted {
		t.Errorf("the workflow answers %d", r.Status)
	}
	_, stderr, code := command(t, []string{"apply", "-f", flow, "--data-dir", s.Dir})
	if code != 1 || !strings.Contains(stderr, "--server and --token") {
		t.Errorf("beside a server: %d %q", code, stderr)
	}
	_, stderr, code = command(t, []string{"export", "--server", s.URL + "/nowhere", "--token", editor})
	if code != 1 || strings.Contains(stderr, editor) {
		t.Errorf("another address: %d %q", code, stderr)
	}
}

// command runs a command of the program with its own environment.
func command(t *testing.T, args []string, env ...string) (stdout, stderr string, code int) {
	t.Helper()
	c := exec.CommandContext(t.Context(), hookflowtest.Binary(t), args...)
	c.Dir, c.Env = t.TempDir(), env
	var out, failure strings.Builder
	c.Stdout, c.Stderr = &out, &failure
	if err := c.Run(); c.ProcessState == nil {
		t.Fatal(err)
	}
	return out.String(), failure.String(), c.ProcessState.ExitCode()
}

// TestApplyBesideServer: on PostgreSQL a server that runs learns of what is applied to its database.
func TestApplyBesideServer(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t, "HOOKFLOW_DATABASE_URL="+pgtest.URL(t))
	flow := filepath.Join(t.TempDir(), "flow.yaml")
	text := "kind: Workflow\nkey: flow\nenabled: true\ntrigger: {type: webhook, config: {mode: sync}}\nnodes:\n  - {key: r, type: response, config: {status: 202}}\n"
	if err := os.WriteFile(flow, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if printed := s.Run("apply", "-f", flow); printed != "created workflow/flow\n" {
		t.Error(printed)
	}
	hookflowtest.Eventually(t, "the workflow answers", func() bool { return post(t, s, "flow", `{}`).Status == http.StatusAccepted })
	if printed := s.Run("export"); !strings.Contains(printed, text[:len("kind: Workflow\nkey: flow\n")]) {
		t.Error(printed)
	}
}
