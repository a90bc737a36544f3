package tlsserver

import (
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/hookflow/hookflow"
)

// checkEvery is how long files may have changed before somebody notices.
const checkEvery = time.Second

// watched is what files hold, read again after they have changed.
type watched[T any] struct {
	files []string
	parse func(contents [][]byte) (T, error)
	clock hookflow.Clock
	log   *slog.Logger

	mu      sync.Mutex
	value   T
	state   string // of the files when they were last read
	checked time.Time
}

func watch[T any](o Options, files []string, parse func([][]byte) (T, error)) (*watched[T], error) {
	w := &watched[T]{files: files, parse: parse, clock: o.Clock, log: o.Logger, checked: o.Clock()}
	w.state = stateOf(files)
	var err error
	w.value, err = w.read()
	return w, err
}

// current is what the files held when they could last be used.
func (w *watched[T]) current() T {
	w.mu.Lock()
	defer w.mu.Unlock()
	if now := w.clock(); now.Sub(w.checked).Abs() >= checkEvery {
		w.checked = now
		w.refresh()
	}
	return w.value
}

// refresh tries each state of the files once, so that the log tells of it once.
func (w *watched[T]) refresh() {
	state := stateOf(w.files)
	if state == w.state {
		return
	}
	w.state = state
	value, err := w.read()
	if err != nil {
		w.log.Error("changed files cannot be used, what they held before stays in use", "files", w.files, "error", err)
		return
	}
	w.value = value
	w.log.Info("changed files were read", "files", w.files)
}

func (w *watched[T]) read() (value T, err error) {
	contents := make([][]byte, len(w.files))
	for i, name := range w.files {
		if contents[i], err = os.ReadFile(name); err != nil { //nolint:gosec // the operator names them
			return value, err
		}
	}
	value, err = w.parse(contents)
	if err != nil {
		return value, fmt.Errorf("%s: %w", strings.Join(w.files, ", "), err)
	}
	return value, nil
}

// stateOf changes whenever one of the files does.
func stateOf(files []string) string {
	var state strings.Builder
	for _, name := range files {
		info, err := os.Stat(name)
		if err != nil {
			fmt.Fprintln(&state, err)
			continue
		}
		fmt.Fprintln(&state, info.ModTime().UnixNano(), info.Size())
	}
	return state.String()
}
