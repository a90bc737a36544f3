package nodes_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/collection"
	"github.com/hookflow/hookflow/internal/egress"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/script"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

var now = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func clock() time.Time { return now }

// scope is what variables stand for, by their roots.
type scope map[string]value.Value

func (s scope) Lookup(path value.Path) value.Value { return s[path.Root].Get(path.Segments...) }

// scripts runs code in the real sandbox.
type scripts struct{}

func (scripts) Run(ctx context.Context, s node.Script) (node.ScriptResult, error) {
	if raceEnabled && s.Timeout == 0 {
		s.Timeout = script.MaxTimeout // the race detector slows the engine
	}
	ran, err := sandbox().Run(ctx, script.Run{
		Engine: script.Engine(s.Engine), Code: s.Code, Context: json.RawMessage(s.Context), Steps: json.RawMessage(s.Steps),
		Env: json.RawMessage(s.Env), Params: json.RawMessage(s.Params), Timeout: s.Timeout, Fetch: fetcher(s.HTTP),
	})
	result := node.ScriptResult{Value: value.Value(ran.Value)}
	for _, line := range ran.Logs {
		result.Logs = append(result.Logs, hookflow.Log{Level: line.Level, Text: line.Text})
	}
	return result, err
}

// fetcher sends what a script fetches.
func fetcher(client node.HTTP) script.Fetch {
	if client == nil {
		return nil
	}
	return func(ctx context.Context, r script.FetchRequest) (*script.FetchResponse, error) {
		answer, err := client.Do(ctx, node.HTTPRequest{
			Method: r.Method, URL: r.URL, Headers: r.Headers, Body: r.Body, FollowRedirects: r.FollowRedirects,
		})
		if err != nil {
			return nil, err
		}
		return &script.FetchResponse{
			Status: answer.Status, StatusText: http.StatusText(answer.Status), URL: answer.URL, Headers: answer.Headers, Body: answer.Body,
		}, nil
	}
}

// files are kept under the ids that they are told of.
type files struct{ told value.Value }

func (f files) Open(_ context.Context, v value.Value) (*node.File, error) {
	id, isText := v.Str()
	if !isText {
		id = v.Get("id").Text()
	}
	kept := f.told.Get(value.Segment(id))
	if kept == nil {
		return nil, fmt.Errorf("there is no file %s", id)
	}
	return &node.File{
		ID: id, Filename: kept.Get("filename").Text(), ContentType: kept.Get("contentType").Text(), Content: []byte(kept.Get("content").Text()),
	}, nil
}

// workflows are others that have come to what is told of them.
type workflows struct{ told value.Value }

func (workflows) Start(context.Context, string, value.Value, bool) (hookflow.ID, error) {
	return 1, nil
}

func (w workflows) Ended(context.Context, hookflow.ID) (node.Called, bool, error) {
	status := hookflow.Status(w.told.Get("status").Text())
	return node.Called{Status: status, Error: w.told.Get("error").Text(), Output: w.told.Get("output")}, status.Ended(), nil
}

// database is a real one with some collections.
type database struct {
	store       *store.Store
	collections *collection.Service
	tx          *store.Tx // while a node writes
}

func newDatabase(t *testing.T, collections []hookflow.Collection, records map[string]value.Value) *database {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{
		Path: filepath.Join(t.TempDir(), "test.db"), Clock: clock, Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	schema := collection.New(s, clock)
	for _, c := range collections {
		if _, err := schema.Save(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	// A service that is newer than the changes does not read them again behind our back.
	d := &database{store: s, collections: collection.New(s, clock)}
	for name, list := range records {
		if _, err := d.collections.Create(t.Context(), name, list); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func (d *database) Create(_ context.Context, name string, values value.Value) (value.Value, error) {
	return d.collections.CreateIn(d.tx, collection.Writer{}, name, values)
}

func (d *database) Upsert(_ context.Context, name string, values value.Value, by []string) (value.Value, error) {
	return d.collections.UpsertIn(d.tx, collection.Writer{}, name, values, by)
}

func (d *database) Destroy(_ context.Context, name string, filter value.Value) (int64, error) {
	return d.collections.DestroyIn(d.tx, collection.Writer{}, name, filter)
}

func (d *database) Aggregate(ctx context.Context, a node.Aggregate) (value.Value, error) {
	return d.collections.Aggregate(ctx, a.Collection, collection.Aggregate{Function: a.Function, Field: a.Field, Distinct: a.Distinct, Filter: a.Filter})
}

func (d *database) SQL(ctx context.Context, s node.SQL) (value.Value, error) {
	statement := collection.Statement{SQL: s.Text, Params: s.Params, Write: s.Write}
	if s.Write {
		return d.collections.SQLIn(d.tx, collection.Writer{}, statement)
	}
	return d.collections.SQL(ctx, statement)
}

func (d *database) Update(_ context.Context, name string, filter, values value.Value) (int64, error) {
	return d.collections.UpdateIn(d.tx, collection.Writer{}, name, filter, values)
}

func (d *database) Find(ctx context.Context, q node.Query) (found []value.Value, err error) {
	err = d.store.View(ctx, func(r store.Reader) error {
		found, err = d.collections.Find(r, q.Collection, collection.Query{
			Filter: q.Filter, Sort: q.Sort, Fields: q.Fields, With: q.With, Limit: q.Limit, Offset: q.Offset,
		})
		return err
	})
	return found, err
}

// write runs a database node as the engine does: what it wrote is kept only
// when it was done.
func (d *database) write(ctx context.Context, run func() (node.Outcome, error)) (outcome node.Outcome, err error) {
	failed := d.store.Write(ctx, func(tx *store.Tx) error {
		d.tx = tx
		outcome, err = run()
		return err
	})
	if err == nil {
		err = failed
	}
	return outcome, err
}

// contents are all records, without what is new each time.
func (d *database) contents(t *testing.T) value.Value {
	t.Helper()
	all, err := d.collections.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var object value.Object
	for _, c := range all {
		var list value.Array
		page, err := d.collections.Records(t.Context(), c.Name, collection.Query{Sort: []string{"id"}})
		if err != nil {
			t.Fatal(err)
		}
		for _, record := range page.Records {
			var shown value.Object
			for _, field := range c.Fields {
				shown.Set(field.Name, record.Get(value.Segment(field.Name)))
			}
			list.Append(shown.Value())
		}
		object.Set(c.Name, list.Value())
	}
	return object.Value()
}

// server answers every request the same and keeps how it read.
type server struct {
	*httptest.Server
	sent string
}

func newServer(t *testing.T, answer []byte) *server {
	t.Helper()
	s := &server{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		s.sent = requestText(r, body)
		copyAnswer(t, w, answer)
	}))
	t.Cleanup(s.Close)
	return s
}

func copyAnswer(t *testing.T, w http.ResponseWriter, text []byte) {
	t.Helper()
	head, body, _ := bytes.Cut(text, []byte("\n\n"))
	answer, err := http.ReadResponse(bufio.NewReader(strings.NewReader(string(head)+"\n\n")), nil)
	if err != nil {
		t.Errorf("answer.http: %v", err)
		return
	}
	_ = answer.Body.Close()
	maps.Copy(w.Header(), answer.Header)
	w.Header()["Date"] = nil
	w.WriteHeader(answer.StatusCode)
	_, _ = w.Write(bytes.TrimSuffix(body, []byte("\n")))
}

// requestText is a request without the headers that every one has.
func requestText(r *http.Request, body []byte) string {
	for _, name := range []string{"Accept-Encoding", "Content-Length", "User-Agent"} {
		r.Header.Del(name)
	}
	if _, boundary, ok := strings.Cut(r.Header.Get("Content-Type"), "boundary="); ok { // new each time
		r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		body = []byte(strings.NewReplacer(boundary, "x", "\r\n", "\n").Replace(string(body)))
	}
	var text strings.Builder
	fmt.Fprintf(&text, "%s %s\n", r.Method, r.URL.RequestURI())
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		fmt.Fprintf(&text, "%s: %s\n", name, strings.Join(r.Header[name], ", "))
	}
	if len(body) > 0 {
		fmt.Fprintf(&text, "\n%s\n", body)
	}
	return text.String()
}

func newHTTP(t *testing.T) node.HTTP {
	t.Helper()
	client := egress.New(egress.Policy{}, "test")
	t.Cleanup(client.Close)
	return client
}
