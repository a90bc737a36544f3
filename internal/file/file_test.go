package file_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/collection"
	"github.com/hookflow/hookflow/internal/file"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/pgtest"
	"github.com/hookflow/hookflow/internal/request"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// world is a service with records that hold its files.
type world struct {
	t *testing.T
	*file.Service
	store   *store.Store
	records *collection.Service
	now     atomic.Pointer[time.Time]
}

func (w *world) clock() time.Time { return *w.now.Load() }

func (w *world) advance(d time.Duration) {
	later := w.clock().Add(d)
	w.now.Store(&later)
}

// onBoth runs a test on both databases.
func onBoth(t *testing.T, run func(t *testing.T, w *world)) {
	t.Helper()
	for name, options := range map[string]func(*testing.T) store.Options{
		"sqlite":   func(t *testing.T) store.Options { return store.Options{Path: filepath.Join(t.TempDir(), "db")} },
		"postgres": func(t *testing.T) store.Options { return store.Options{URL: pgtest.URL(t)} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t, newWorld(t, options(t)))
		})
	}
}

func newWorld(t *testing.T, o store.Options) *world {
	t.Helper()
	w := &world{t: t}
	start := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	w.now.Store(&start)
	o.Clock, o.Logger = w.clock, slog.New(slog.DiscardHandler)
	var err error
	if w.store, err = store.Open(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.store.Close(); err != nil {
			t.Error(err)
		}
	})
	w.Service, w.records = file.New(w.store, w.clock), collection.New(w.store, w.clock)
	fields := []hookflow.Field{{Name: "doc", Type: "file"}, {Name: "n", Type: "integer"}}
	if err := w.records.SaveNew(t.Context(), hookflow.Collection{Name: "docs", Fields: fields}); err != nil {
		t.Fatal(err)
	}
	return w
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// receive keeps a request with a file, and returns what $context has of it.
func (w *world) receive(content string) (hookflow.ID, value.Value) {
	w.t.Helper()
	body := "--x\r\nContent-Disposition: form-data; name=\"doc\"; filename=\"é.txt\"\r\nContent-Type: text/plain\r\n\r\n" + content + "\r\n--x--\r\n"
	d := &hookflow.Delivery{
		ID: w.store.IDs().Next(), ReceivedAt: w.clock(), Outcome: hookflow.OutcomeAccepted,
		Headers: []hookflow.Header{{Name: "Content-Type", Value: "multipart/form-data; boundary=x"}},
	}
	packed := must[*store.PackedDelivery](w.t)(store.PackDelivery(d, []byte(body)))
	w.write(func(tx *store.Tx) error { return tx.InsertDelivery(packed) })
	parsed := must[*request.Context](w.t)(request.FromDelivery(d, []byte(body)))
	return d.ID, parsed.Data().Get("doc")
}

func (w *world) write(fn func(*store.Tx) error) {
	w.t.Helper()
	if err := w.store.Write(w.t.Context(), fn); err != nil {
		w.t.Fatal(err)
	}
}

// forget removes a request, as retention does.
func (w *world) forget(id hookflow.ID) {
	w.t.Helper()
	w.write(func(tx *store.Tx) error {
		tx.PruneDelivery(id)
		return nil
	})
}

// create makes a record that holds a file, and returns its id and what it holds.
func (w *world) create(doc value.Value) (string, value.Value) {
	w.t.Helper()
	made := must[value.Value](w.t)(w.records.Create(w.t.Context(), "docs", new(value.Object).Set("doc", doc).Value()))
	return made.Get("id").Text(), made.Get("doc")
}

func (w *world) content(ref value.Value) string {
	w.t.Helper()
	f, err := w.Open(w.t.Context(), ref)
	if err != nil {
		return err.Error()
	}
	return string(f.Content)
}

func (w *world) sweep() {
	w.t.Helper()
	if err := w.Sweep(w.t.Context(), w.records.Files); err != nil {
		w.t.Fatal(err)
	}
}

func TestOpen(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, w *world) {
		_, sent := w.receive("hello")
		id := sent.Get("id").Text()
		renamed := new(value.Object).Set("id", sent.Get("id")).Set("filename", value.String("b")).Set("contentType", value.String("x/y")).Value()
		upload := must[store.FileRow](t)(w.Upload(t.Context(), "logo.png", "image/png", []byte{0, 1}))
		for name, test := range map[string]struct {
			ref  value.Value
			want *node.File
		}{
			"sent":       {sent, &node.File{ID: id, Filename: "é.txt", ContentType: "text/plain", Content: []byte("hello")}},
			"by its id":  {value.String(id), &node.File{ID: id, Filename: "é.txt", ContentType: "text/plain", Content: []byte("hello")}},
			"renamed":    {renamed, &node.File{ID: id, Filename: "b", ContentType: "x/y", Content: []byte("hello")}},
			"an upload":  {value.String(upload.ID), &node.File{ID: upload.ID, Filename: "logo.png", ContentType: "image/png", Content: []byte{0, 1}}},
			"in base64":  {value.Raw(`{"base64":"aGk=","contentType":"text/css","size":2}`), &node.File{ContentType: "text/css", Content: []byte("hi")}},
			"with no id": {value.Raw(`{"base64":"","filename":"empty"}`), &node.File{Filename: "empty", Content: []byte{}}},
		} {
			got, err := w.Open(t.Context(), test.ref)
			if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
				t.Errorf("%s: %v %s", name, err, diff)
			}
		}
	})
}

func TestOpenRefused(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, w *world) {
		delivery, sent := w.receive("hello")
		_, digest, _ := strings.Cut(sent.Get("id").Text(), "-0-")
		guessed := delivery.String() + "-0-" + request.Digest([]byte("guess"))
		const noFile = "must be a file: one of a request or a record, its id, or {base64, filename, contentType}"
		for ref, want := range map[string]string{
			`"` + guessed + `"`:             "there is no file " + guessed + "; the files of a request are there as long as the request is kept",
			`"` + digest + `"`:              "there is no file " + digest + "; the files of a request are there as long as the request is kept",
			`"` + delivery.String() + `-0"`: noFile, `""`: noFile, `1`: noFile, `[]`: noFile, `{}`: noFile, `{"id": null}`: noFile, `true`: noFile,
			`{"base64": "?"}`: "its base64 cannot be decoded",
		} {
			if got := w.content(value.Raw(ref)); got != want {
				t.Errorf("%s:\n got %s\nwant %s", ref, got, want)
			}
		}
	})
}

// TestRecordsKeepFiles: what a record holds is there when the request is not.
func TestRecordsKeepFiles(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, w *world) {
		delivery, sent := w.receive("hello")
		record, held := w.create(sent)
		want := `{"id":"` + request.Digest([]byte("hello")) + `","filename":"é.txt","contentType":"text/plain","size":5}`
		if string(held) != want {
			t.Errorf("the record holds %s, want %s", held, want)
		}
		w.forget(delivery)
		for _, ref := range []value.Value{held, held.Get("id"), sent, sent.Get("id")} {
			if got := w.content(ref); got != "hello" {
				t.Errorf("%s: %s", ref, got)
			}
		}
		same := new(value.Object).Set("doc", held).Set("n", value.Int(2)).Value()
		kept := must[value.Value](t)(w.records.Replace(t.Context(), "docs", record, same))
		if got := kept.Get("doc"); string(got) != want {
			t.Errorf("sent back, it holds %s", got)
		}
		other := new(value.Object).Set("doc", value.Raw(`{"base64":"aGk=","filename":"hi.txt"}`)).Value()
		changed := must[value.Value](t)(w.records.Patch(t.Context(), "docs", record, other))
		if got := changed.Get("doc"); w.content(got) != "hi" || got.Get("filename").Text() != "hi.txt" || got.Get("base64") != nil {
			t.Errorf("changed, it holds %s", got)
		}
		none := must[value.Value](t)(w.records.Patch(t.Context(), "docs", record, value.Raw(`{"doc":null}`)))
		if !none.Get("doc").IsNull() {
			t.Errorf("without a file it holds %s", none.Get("doc"))
		}
	})
}

func TestRecordsRefuse(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, w *world) {
		delivery, sent := w.receive("hello")
		w.forget(delivery)
		_, large := w.receive(strings.Repeat("x", file.MaxSize+1))
		for ref, want := range map[string]string{
			string(sent):  "there is no file",
			string(large): "at most 16777216 are kept",
			`"a"`:         "must be a file",
			`{}`:          "must be a file",
		} {
			_, err := w.records.Create(t.Context(), "docs", new(value.Object).Set("doc", value.Raw(ref)).Value())
			if hookflow.CodeOf(err) != hookflow.CodeInvalid || !strings.Contains(err.Error(), "/doc: ") || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v", ref, err)
			}
		}
	})
}

// TestSweep: a file goes a day after nothing refers to it any more.
func TestSweep(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, w *world) {
		record, held := w.create(value.Raw(`{"base64":"aGVsZA=="}`))
		gone, unheld := w.create(value.Raw(`{"base64":"dW5oZWxk"}`))
		upload := value.String(must[store.FileRow](t)(w.Upload(t.Context(), "a", "", []byte("upload"))).ID)
		delete := func(record string) {
			if err := w.records.Delete(t.Context(), "docs", record); err != nil {
				t.Fatal(err)
			}
		}
		is := func(when string, ref value.Value, want bool) {
			t.Helper()
			if got := w.content(ref); strings.HasPrefix(got, "there is no file") == want {
				t.Errorf("%s: %s", when, got)
			}
		}
		delete(gone)
		w.sweep()
		is("deleted just now", unheld, true)
		w.advance(25 * time.Hour)
		w.sweep()
		is("held by no record", unheld, false)
		is("held by a record", held, true)
		is("an upload", upload, true)

		holder, _ := w.create(upload)
		if err := w.GiveUp(t.Context(), upload.Text()); err != nil {
			t.Error(err)
		}
		delete(record)
		w.advance(25 * time.Hour)
		w.sweep()
		is("given up and held by a record", upload, true)
		is("held by a record until now", held, false)
		delete(holder)
		w.sweep()
		is("given up", upload, false)
		if err := w.GiveUp(t.Context(), upload.Text()); hookflow.CodeOf(err) != hookflow.CodeNotFound {
			t.Errorf("given up again: %v", err)
		}
	})
}

// TestTakenWhileSwept: a record that takes a file which is about to go keeps it.
func TestTakenWhileSwept(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, w *world) {
		record, held := w.create(value.Raw(`{"base64":"aGk="}`))
		if err := w.records.Delete(t.Context(), "docs", record); err != nil {
			t.Fatal(err)
		}
		w.advance(25 * time.Hour)
		err := w.Sweep(t.Context(), func(ctx context.Context, visit func(string)) error {
			err := w.records.Files(ctx, visit)
			w.create(held)
			return err
		})
		if err != nil {
			t.Error(err)
		}
		if got := w.content(held); got != "hi" {
			t.Errorf("it went: %s", got)
		}
	})
}

func TestUploads(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, w *world) {
		var ids []string
		for _, content := range []string{"a", "b", "a"} {
			w.advance(time.Second)
			ids = append(ids, must[store.FileRow](t)(w.Upload(t.Context(), "f", "text/plain", []byte(content))).ID)
		}
		var listed []string
		for _, f := range must[[]store.FileRow](t)(w.Uploads(t.Context())) {
			listed = append(listed, f.ID)
		}
		if diff := cmp.Diff([]string{ids[0], ids[1]}, listed); diff != "" || ids[0] != ids[2] {
			t.Error(ids, diff)
		}
		_, err := w.Upload(t.Context(), "f", "", make([]byte, file.MaxSize+1))
		if hookflow.CodeOf(err) != hookflow.CodeTooLarge {
			t.Errorf("got %v", err)
		}
	})
}
