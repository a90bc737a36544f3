package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/channel"
	"github.com/hookflow/hookflow/internal/collection"
	"github.com/hookflow/hookflow/internal/file"
	"github.com/hookflow/hookflow/internal/ipset"
	"github.com/hookflow/hookflow/internal/live"
	"github.com/hookflow/hookflow/internal/notify"
	"github.com/hookflow/hookflow/internal/pgtest"
	"github.com/hookflow/hookflow/internal/sample"
	"github.com/hookflow/hookflow/internal/secret"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/transfer"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/workflow"
)

// server is the API over a real database, with a runner that only remembers.
type server struct {
	http.Handler
	t        *testing.T
	store    *store.Store
	auth     *auth.Service
	env      *secret.Env
	runner   *fakeRunner
	replayer *fakeReplayer
	outside  outside
	imports  *transfer.Service
	now      atomic.Pointer[time.Time]
	keys     map[auth.Role]string
}

func (s *server) clock() time.Time { return *s.now.Load() }

func (s *server) advance(d time.Duration) {
	later := s.clock().Add(d)
	s.now.Store(&later)
}

// databases open the API on each of the two.
var databases = map[string]func(*testing.T) *server{
	"sqlite": sqliteServer,
	"postgres": func(t *testing.T) *server {
		t.Helper()
		return newServer(t, store.Options{URL: pgtest.URL(t)})
	},
}

func sqliteServer(t *testing.T) *server {
	t.Helper()
	return newServer(t, store.Options{Path: filepath.Join(t.TempDir(), "db")})
}

func newServer(t *testing.T, options store.Options) *server {
	t.Helper()
	s := &server{t: t, keys: map[auth.Role]string{}}
	start := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	s.now.Store(&start)
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	options.Clock, options.Logger = s.clock, log
	var err error
	if s.store, err = store.Open(t.Context(), options); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.store.Close(); err != nil {
			t.Error(err)
		}
	})
	key, err := secret.ParseKey(strings.Repeat("01", 32))
	if err != nil {
		t.Fatal(err)
	}
	env, err := secret.NewEnv(t.Context(), s.store, key, s.clock, log)
	if err != nil {
		t.Fatal(err)
	}
	s.auth, s.env = auth.New(s.store, s.clock, log), env
	s.runner, s.replayer = &fakeRunner{}, &fakeReplayer{store: s.store, env: env, clock: s.clock}
	sets, err := ipset.New(t.Context(), s.store, s.clock, log)
	if err != nil {
		t.Fatal(err)
	}
	tail := live.New(live.Options{Store: s.store, Logger: log})
	collections := collection.New(s.store, s.clock)
	s.imports = transfer.New(transfer.Deps{Store: s.store, Records: collections, Clock: s.clock, Logger: log})
	s.Handler = New(Deps{
		Files: file.New(s.store, s.clock), IPSets: sets, Admits: noToAll, Trusted: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")},
		Store: s.store, Env: env, Auth: s.auth, Runner: s.runner, Scripts: fakeScripts{},
		Replays: s.replayer, Live: tail, Samples: sample.New(sample.Deps{Store: s.store, Live: tail, Clock: s.clock, Logger: log, Reachable: notByHand}),
		Workflows: workflow.New(workflow.Deps{
			Store: s.store, Clock: s.clock, Compilers: []workflow.Compiler{noBadTypes{}}, Endpoints: plainEndpoints{},
			Types: testTypes{}, Vault: env, Variable: env.Known,
		}),
		Collections: collections, Imports: s.imports,
		Channels: notify.New(s.store, env, channel.Env{HTTP: answering{}, Clock: s.clock}), ChannelTypes: func() value.Value { return value.Raw(`[{"type":"slack"}]`) },
		NodeTypes:    func() value.Value { return value.Raw(`[{"type":"condition"}]`) },
		NodeCommon:   func() value.Value { return value.Raw(`{"schema":{}}`) },
		Schemes:      func() value.Value { return value.Raw(`[{"key":"github"}]`) },
		TriggerTypes: func() value.Value { return value.Raw(`[{"type":"webhook"}]`) },
		Client: func(r *http.Request) Client {
			return Client{IP: "192.0.2.1", HTTPS: r.Header.Get("X-Test-HTTPS") != ""}
		},
		PublicURL: "https://hooks.example/base", HTTP: &s.outside, Settings: testSettings(t),
		MaxBody: 1 << 20,
		Version: "test",
		Clock:   s.clock,
		Logger:  log,
	})
	for _, role := range []auth.Role{auth.Viewer, auth.Editor, auth.Admin} {
		if _, s.keys[role], err = s.auth.CreateAPIKey(t.Context(), string(role), role, time.Time{}); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// noBadTypes is a compiler that knows every node type but "bad".
type noBadTypes struct{}

func (noBadTypes) Check(w hookflow.Workflow) (problems []hookflow.Problem) {
	hookflow.WalkNodes(w.Nodes, "/nodes", func(pointer string, _ int, n *hookflow.Node) {
		if n.Type == "bad" {
			problems = append(problems, hookflow.Problem{Pointer: pointer + "/type", Detail: "there is no node type \"bad\""})
		}
	})
	return problems
}

// testTypes knows the settings of the scheme hmac and of some node types.
type testTypes struct{}

func (testTypes) Scheme(key string) reflect.Type {
	if key != "hmac" {
		return nil
	}
	return reflect.TypeFor[struct {
		Scheme  string   `json:"scheme"`
		Secret  string   `json:"secret" secret:"true"`
		Secrets []string `json:"secrets" secret:"true"`
	}]()
}

func (testTypes) Node(name string) reflect.Type {
	switch name {
	case "request":
	case "create":
		return reflect.TypeFor[struct {
			Collection string `json:"collection" ui:"collection"`
		}]()
	case "notify":
		return reflect.TypeFor[struct {
			Channel string `json:"channel" ui:"channel"`
		}]()
	case "call":
		return reflect.TypeFor[struct {
			Workflow string `json:"workflow" ui:"workflow"`
		}]()
	default:
		return nil
	}
	return reflect.TypeFor[struct {
		URL  string `json:"url"`
		Auth struct {
			Type  string `json:"type"`
			Token string `json:"token" secret:"true"`
		} `json:"auth"`
	}]()
}

// plainEndpoints claims POST on the configured path, or on the key.
type plainEndpoints struct{}

func (plainEndpoints) Endpoints(w hookflow.Workflow) []store.Endpoint {
	path := value.Value(w.Trigger.Config).Get("path").Text()
	if path == "" {
		path = w.Key
	}
	return []store.Endpoint{{Method: http.MethodPost, Pattern: path}}
}

type fakeRunner struct {
	requests  []RunRequest
	result    RunResult
	cancelled []hookflow.ID
	retried   []string
	running   hookflow.ID
	onRun     func()
}

func (f *fakeRunner) Run(_ context.Context, r RunRequest) (RunResult, error) {
	f.requests = append(f.requests, r)
	if f.onRun != nil {
		f.onRun()
	}
	return f.result, nil
}

func (f *fakeRunner) Cancel(_ context.Context, id hookflow.ID) error {
	f.cancelled = append(f.cancelled, id)
	return nil
}

func (f *fakeRunner) Retry(_ context.Context, id hookflow.ID, how Again) (hookflow.ID, error) {
	f.retried = append(f.retried, id.String()+" "+how.From)
	return id + 1, nil
}

func (f *fakeRunner) Running(id hookflow.ID) bool { return id == f.running }

// call is one request with what must come of it.
type call struct {
	name    string
	as      auth.Role // "" sends no key
	method  string
	path    string
	body    string
	headers map[string]string

	status  int
	want    []string // in the answer's body
	wantNot []string
	header  map[string]string // of the answer; "" must not be there
}

func (s *server) do(t *testing.T, c call) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), c.method, c.path, strings.NewReader(c.body))
	if c.body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if c.as != "" {
		r.Header.Set("Authorization", "Bearer "+s.keys[c.as])
	}
	for name, v := range c.headers {
		r.Header.Set(name, v)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// check makes a call and looks at the answer; it returns the answer's body.
func (s *server) check(t *testing.T, c call) string {
	t.Helper()
	response := s.do(t, c)
	raw := response.Body.Bytes()
	body := string(raw)
	name := fmt.Sprintf("%s (%s %s)", c.name, c.method, c.path)
	if response.Code != c.status {
		t.Fatalf("%s: status %d, want %d: %s", name, response.Code, c.status, body)
	}
	for _, want := range c.want {
		if !strings.Contains(compact(raw), want) {
			t.Errorf("%s: no %s in %s", name, want, body)
		}
	}
	for _, not := range c.wantNot {
		if strings.Contains(body, not) {
			t.Errorf("%s: %s in %s", name, not, body)
		}
	}
	for header, want := range c.header {
		if got := response.Header().Get(header); got != want {
			t.Errorf("%s: %s is %q, want %q", name, header, got, want)
		}
	}
	if response.Code >= 400 {
		checkProblem(t, name, response, raw)
	}
	return body
}

// checkProblem holds every error to RFC 9457 and to our own members.
func checkProblem(t *testing.T, name string, response *httptest.ResponseRecorder, raw []byte) {
	t.Helper()
	var p struct {
		Title  string             `json:"title"`
		Status int                `json:"status"`
		Detail string             `json:"detail"`
		Errors []hookflow.Problem `json:"errors"`
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&p); err != nil {
		t.Errorf("%s: %v in %s", name, err, raw)
	}
	if p.Title == "" || p.Detail == "" || p.Status != response.Code || response.Header().Get("Content-Type") != "application/problem+json" {
		t.Errorf("%s: no problem: %s %s", name, response.Header().Get("Content-Type"), raw)
	}
}

func compact(raw []byte) string {
	var out bytes.Buffer
	if json.Compact(&out, raw) != nil {
		return string(raw)
	}
	return out.String()
}

func (s *server) checkAll(t *testing.T, calls []call) {
	t.Helper()
	for _, c := range calls {
		s.check(t, c)
	}
}

// rows counts what is stored, for "and nothing else happened".
func (s *server) rows(t *testing.T) map[string]int64 {
	t.Helper()
	counts := map[string]int64{}
	for _, table := range []string{
		"hf_workflows", "hf_revisions", "hf_endpoints", "hf_env", "hf_users", "hf_sessions", "hf_api_keys", "hf_audit",
		"hf_collections", "hf_fields", "hf_executions", "hf_deliveries",
	} {
		var n int64
		if err := s.store.QueryRow(t.Context(), "SELECT count(*) FROM "+table).Scan(&n); err != nil {
			t.Fatal(err)
		}
		counts[table] = n
	}
	return counts
}

func member(t *testing.T, body string, path ...value.Segment) string {
	t.Helper()
	found := value.Value(body).Get(path...)
	if found == nil {
		t.Fatalf("no %v in %s", path, body)
	}
	return found.Text()
}
