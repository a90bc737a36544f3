package webhook

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestRoom(t *testing.T) {
	t.Parallel()
	const room = 100 << 10
	h := New(Options{MaxBody: 1 << 20})
	h.room.left.Store(room)
	read := func(size int) (*inbound, error) {
		in := &inbound{Handler: h}
		_, err := io.ReadAll(&counted{strings.NewReader(strings.Repeat("x", size)), in, freeBytes})
		return in, err
	}
	big, err := read(freeBytes + room)
	if err != nil {
		t.Fatalf("a body that just fits: %v", err)
	}
	if _, err := read(freeBytes); err != nil {
		t.Errorf("a small body beside it: %v", err)
	}
	refused, err := read(freeBytes + 1)
	if !errors.Is(err, errNoRoom) {
		t.Errorf("one byte too many: %v", err)
	}
	if v := unreadable(err, 1<<20); v.answer.Status != http.StatusServiceUnavailable || v.answer.Headers["Retry-After"] == "" {
		t.Errorf("answered %+v", v.answer)
	}
	refused.leave(refused.taken)
	big.leave(big.taken)
	if left := h.room.left.Load(); left != room {
		t.Errorf("%d bytes are left in the end, want %d", left, room)
	}
}
