package verify_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow/internal/verify"
)

// web is what a Remote fetches from, and the clock it goes by.
type web struct {
	mu      sync.Mutex
	now     time.Time
	pages   map[string]string
	fetched []string
}

func newWeb(pages map[string]string) *web {
	return &web{now: time.Unix(1767225600, 0), pages: pages}
}

func (w *web) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *web) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

func (w *web) set(url, page string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.pages[url] = page
}

func (w *web) fetch(_ context.Context, url string) (int, []byte, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.fetched = append(w.fetched, url)
	page, ok := w.pages[url]
	switch {
	case !ok:
		return http.StatusNotFound, []byte("no"), nil
	case page == "":
		return 0, nil, errors.New("the network is down")
	}
	return http.StatusOK, []byte(page), nil
}

// count tells how often something was fetched since the last count.
func (w *web) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := len(w.fetched)
	w.fetched = nil
	return n
}

func (w *web) remote() verify.Remote { return verify.NewRemote(w.fetch, w.clock) }

const pageURL = "https://a.example/keys"

func TestRemoteRemembers(t *testing.T) {
	t.Parallel()
	w := newWeb(map[string]string{pageURL: "one"})
	r := w.remote()
	steps := []struct {
		name    string
		pass    time.Duration
		page    string
		age     time.Duration
		want    string
		fetches int
	}{
		{"first", 0, "one", time.Hour, "one", 1},
		{"young enough", time.Hour, "two", time.Hour, "one", 0},
		{"too old", 1, "two", time.Hour, "two", 1},
		{"younger wanted", time.Minute, "three", time.Second, "three", 1},
		{"down", 2 * time.Hour, "", time.Hour, "", 1},
		{"still down", time.Second, "", time.Hour, "", 0},
		{"an old one will do", time.Second, "", 24 * time.Hour, "three", 0},
		{"up again", time.Minute, "four", time.Hour, "four", 1},
		{"anew", 0, "five", 0, "five", 1},
		{"anew is not kept", 0, "six", time.Hour, "four", 0},
	}
	for _, s := range steps {
		w.pass(s.pass)
		w.set(pageURL, s.page)
		got, err := r.Get(t.Context(), pageURL, s.age)
		if string(got) != s.want || (err == nil) != (s.want != "") {
			t.Errorf("%s: %q, %v", s.name, got, err)
		}
		if n := w.count(); n != s.fetches {
			t.Errorf("%s: fetched %d times, want %d", s.name, n, s.fetches)
		}
	}
}

func TestRemoteRefuses(t *testing.T) {
	t.Parallel()
	w := newWeb(map[string]string{"https://a.example/big": string(make([]byte, 1<<20+1)), "https://a.example/full": string(make([]byte, 1<<20))})
	r := w.remote()
	for _, address := range []string{"http://a.example/", "https://u:p@a.example/", "https:///x", "file:///etc/passwd", "", "https://a.example/%zz", "https://a.example/" + strings.Repeat("a", 2048)} {
		if _, err := r.Get(t.Context(), address, time.Hour); err == nil {
			t.Errorf("%s is fetched", address)
		}
	}
	if n := w.count(); n != 0 {
		t.Errorf("%d fetches of what is no https URL", n)
	}
	if _, err := r.Get(t.Context(), "https://a.example/big", time.Hour); err == nil {
		t.Error("a page of more than 1 MiB comes")
	}
	if _, err := r.Get(t.Context(), "https://a.example/full", time.Hour); err != nil {
		t.Error(err)
	}
}

// Who may name pages cannot have more than a few fetched, and cannot drive out those in use.
func TestRemoteBoundsNewPages(t *testing.T) {
	t.Parallel()
	w := newWeb(map[string]string{pageURL: "one", "https://other.test/": "x"})
	r := w.remote()
	if _, err := r.Get(t.Context(), pageURL, time.Hour); err != nil {
		t.Fatal(err)
	}
	for i := range 1000 {
		if _, err := r.Get(t.Context(), fmt.Sprintf("https://h%d.a.example/%d", i, i), time.Hour); err == nil {
			t.Fatal("a page that is not there came")
		}
		w.pass(time.Second)
	}
	if n := w.count(); n < 100 || n > 200 {
		t.Errorf("%d fetches in 1000 seconds", n)
	}
	if got, err := r.Get(t.Context(), pageURL, time.Hour); string(got) != "one" || err != nil || w.count() != 0 {
		t.Errorf("the page in use is gone: %q, %v", got, err)
	}
	if _, err := r.Get(t.Context(), "https://other.test/", time.Hour); err != nil {
		t.Errorf("another domain has to wait: %v", err)
	}
}

func TestRemoteFetchesOnceForAll(t *testing.T) {
	t.Parallel()
	begun, release := make(chan struct{}), make(chan struct{})
	fetches := 0
	r := verify.NewRemote(func(context.Context, string) (int, []byte, error) {
		fetches++
		close(begun)
		<-release
		return http.StatusOK, []byte("page"), nil
	}, newWeb(nil).clock)
	impatient, leave := context.WithCancel(t.Context())
	var all sync.WaitGroup
	all.Go(func() {
		if _, err := r.Get(impatient, pageURL, time.Hour); !errors.Is(err, context.Canceled) {
			t.Errorf("who left gets %v", err)
		}
	})
	<-begun
	leave()
	all.Wait()
	results := make([]string, 8)
	for i := range results {
		all.Go(func() {
			page, err := r.Get(t.Context(), pageURL, time.Hour)
			results[i] = fmt.Sprint(string(page), err)
		})
	}
	close(release)
	all.Wait()
	want := make([]string, 8)
	for i := range want {
		want[i] = "page<nil>"
	}
	if diff := cmp.Diff(want, results); diff != "" || fetches != 1 {
		t.Errorf("%d fetches (-want +got):\n%s", fetches, diff)
	}
}
