package storetest

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
)

func keepFile(t *testing.T, s *store.Store, f store.FileRow, content []byte) {
	t.Helper()
	packed := store.PackFile(f, content)
	write(t, s, func(tx *store.Tx) error { return tx.InsertFile(packed) })
}

func findFile(t *testing.T, s *store.Store, id string) (store.FileRow, bool) {
	t.Helper()
	f, found, err := s.File(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return f, found
}

func files(t *testing.T, s *store.Store) {
	a := store.FileRow{ID: "a", Filename: "é\x00.pdf", ContentType: "application/pdf", Size: 3, TakenAt: now}
	keepFile(t, s, a, []byte{0, 255, 1})
	again := store.FileRow{ID: "a", Filename: "other", Size: 3, UploadedAt: now.Add(time.Hour), TakenAt: now.Add(time.Hour)}
	keepFile(t, s, again, []byte{0, 255, 1})
	a.Filename, a.UploadedAt, a.TakenAt = "é�.pdf", again.UploadedAt, again.TakenAt
	got, _ := findFile(t, s, "a")
	same(t, "a file kept twice", got, a)
	same(t, "its content", ok[[]byte](t)(s.FileContent(t.Context(), "a")), []byte{0, 255, 1})

	large := []byte(strings.Repeat("large ", 1000))
	keepFile(t, s, store.FileRow{ID: "large", Size: int64(len(large)), TakenAt: now}, large)
	if content := ok[[]byte](t)(s.FileContent(t.Context(), "large")); !bytes.Equal(content, large) {
		t.Error("a large file came back as another")
	}
	keepFile(t, s, store.FileRow{ID: "empty", TakenAt: now}, nil)
	same(t, "an empty file", len(ok[[]byte](t)(s.FileContent(t.Context(), "empty"))), 0)

	if _, found := findFile(t, s, "none"); found {
		t.Error("a file that nobody kept was found")
	}
	_, err := s.FileContent(t.Context(), "none")
	wantCode(t, err, hookflow.CodeNotFound)
}

func uploads(t *testing.T, s *store.Store) {
	for i, id := range []string{"a", "b"} {
		keepFile(t, s, store.FileRow{ID: id, UploadedAt: now.Add(time.Duration(i)), TakenAt: now}, []byte(id))
	}
	keepFile(t, s, store.FileRow{ID: "c", UploadedAt: now.Add(time.Hour), TakenAt: now}, nil)
	keepFile(t, s, store.FileRow{ID: "a", TakenAt: now}, []byte("a"))
	keepFile(t, s, store.FileRow{ID: "record's", TakenAt: now}, nil)
	listed := func() (ids []string) {
		for _, f := range ok[[]store.FileRow](t)(s.Uploads(t.Context())) {
			ids = append(ids, f.ID)
		}
		return ids
	}
	same(t, "uploads", listed(), []string{"c", "a", "b"})
	later := now.Add(time.Hour)
	giveUp := func(id string) error {
		return s.Write(t.Context(), func(tx *store.Tx) error { return tx.GiveUpFile(id, later) })
	}
	if err := giveUp("a"); err != nil {
		t.Error(err)
	}
	wantCode(t, giveUp("a"), hookflow.CodeNotFound)
	same(t, "after one was given up", listed(), []string{"c", "b"})
	same(t, "idle", ok[[]string](t)(s.IdleFiles(t.Context(), later.Add(time.Hour), "", 9)), []string{"a", "record's"})
	write(t, s, func(tx *store.Tx) error {
		same(t, "how many", ok[int64](t)(tx.CountUploads()), int64(2))
		return nil
	})
}

// A file is removed unless something took it meanwhile.
func idleFiles(t *testing.T, s *store.Store) {
	for _, id := range []string{"a", "b", "c"} {
		keepFile(t, s, store.FileRow{ID: id, TakenAt: now}, []byte(id))
	}
	later := now.Add(time.Hour)
	idle := func(after string, most int) []string {
		return ok[[]string](t)(s.IdleFiles(t.Context(), later, after, most))
	}
	same(t, "the first", idle("", 2), []string{"a", "b"})
	same(t, "the rest", idle("b", 2), []string{"c"})
	take := func(id string) (taken bool) {
		write(t, s, func(tx *store.Tx) (err error) {
			_, taken, err = tx.TakeFile(id, later)
			return err
		})
		return taken
	}
	same(t, "taken", []bool{take("b"), take("none")}, []bool{true, false})
	write(t, s, func(tx *store.Tx) error {
		for _, id := range []string{"a", "b"} {
			tx.PruneFile(id, later)
		}
		return nil
	})
	_, err := s.FileContent(t.Context(), "a")
	wantCode(t, err, hookflow.CodeNotFound)
	same(t, "what was taken", ok[[]byte](t)(s.FileContent(t.Context(), "b")), []byte("b"))
	same(t, "what is left to remove", idle("", 9), []string{"c"})
}

func sentBodies(t *testing.T, s *store.Store) {
	body := []byte(strings.Repeat("--x\r\n", 1000))
	sent := &hookflow.Delivery{
		ID: s.IDs().Next(), ReceivedAt: now, Outcome: hookflow.OutcomeAccepted, BodySize: int64(len(body)),
		Headers: []hookflow.Header{{Name: "Content-Type", Value: "multipart/form-data; boundary=x"}},
	}
	packed := ok[*store.PackedDelivery](t)(store.PackDelivery(sent, body))
	want := store.SentBody{Headers: sent.Headers, Body: body}
	write(t, s, func(tx *store.Tx) error {
		if err := tx.InsertDelivery(packed); err != nil {
			return err
		}
		same(t, "in the same transaction", ok[store.SentBody](t)(tx.SentBody(sent.ID)), want)
		return nil
	})
	same(t, "afterwards", ok[store.SentBody](t)(s.SentBody(t.Context(), sent.ID)), want)
	_, err := s.SentBody(t.Context(), 1)
	wantCode(t, err, hookflow.CodeNotFound)
}
