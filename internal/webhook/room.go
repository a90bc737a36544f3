package webhook

import (
	"errors"
	"io"
	"sync/atomic"
)

const (
	// roomBytes is how much the bodies of all requests under way may take, in bytes, or four of
	// the largest when that is more.
	roomBytes = 512 << 20
	// freeBytes of each body are not counted, so that big ones never keep small ones out.
	freeBytes = 64 << 10
)

var errNoRoom = errors.New("the bodies of other requests take all the memory there is for them")

// room is the memory that is left for bodies.
type room struct{ left atomic.Int64 }

func newRoom(maxBody int64) *room {
	r := &room{}
	r.left.Store(max(roomBytes, 4*maxBody))
	return r
}

// take counts n bytes for the request, unless there is no room for them.
func (in *inbound) take(n int64) error {
	if in.room.left.Add(-n) < 0 {
		in.room.left.Add(n)
		return errNoRoom
	}
	in.taken += n
	return nil
}

// leave gives n bytes back.
func (in *inbound) leave(n int64) {
	in.taken -= n
	in.room.left.Add(n)
}

// counted takes room for what is read.
type counted struct {
	io.Reader
	in   *inbound
	free int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if c.free -= int64(n); c.free < 0 {
		if full := c.in.take(-c.free); full != nil {
			return n, full
		}
		c.free = 0
	}
	return n, err
}
