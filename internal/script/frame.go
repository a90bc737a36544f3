package script

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
)

// Server and worker talk in frames over the worker's standard input and
// output. A frame is a 32-bit big-endian length and that many bytes, which are
// parts of the same form. The first part is a JSON header; texts that must not
// be touched follow as parts of their own.

const (
	partOverhead = 4
	maxHeader    = 1 << 20
	maxMessage   = maxHeader + max(MaxCode+4*MaxInput, MaxFetchAnswer) + 8*partOverhead
	maxReply     = maxHeader + max(MaxResult, MaxFetchBody) + 4*partOverhead
)

// message is the header of what the server says: a run, whose code, context,
// steps, env and params follow; the answer to a request, whose body follows;
// or, when it is empty, that a script which has waited may go on.
type message struct {
	Run    *request     `json:"run,omitempty"`
	Answer *fetchAnswer `json:"answer,omitempty"`
}

// request is a run.
type request struct {
	Timeout time.Duration `json:"timeout"`
	Memory  int64         `json:"memory"`
	Check   bool          `json:"check,omitempty"` // parse only
	Engine  Engine        `json:"engine,omitempty"`
}

// reply is the header of what a worker says: that it is ready for a run, when
// it is empty; else what happens in the run. With an end the result's JSON
// follows, when there is one, and with a request its body.
type reply struct {
	Log   *Log       `json:"log,omitempty"`
	Fetch *fetchCall `json:"fetch,omitempty"`
	Abort int        `json:"abort,omitempty"` // the number of a request that nobody waits for any more
	Idle  *idle      `json:"idle,omitempty"`
	Wake  bool       `json:"wake,omitempty"`  // a timer of the idle script is due
	Begun bool       `json:"begun,omitempty"` // an engine that takes long to load is there: the time runs now
	End   *end       `json:"end,omitempty"`
}

// idle says that the script only waits, after it has read so many messages
// that followed its run.
type idle struct {
	Seen int `json:"seen"`
}

type end struct {
	Error    *Error        `json:"error,omitempty"`
	Duration time.Duration `json:"duration"`
}

var errFrame = errors.New("malformed frame")

func writeFrame(w io.Writer, header any, texts ...[]byte) error {
	head, err := json.Marshal(header)
	if err != nil {
		return fmt.Errorf("encode frame: %w", err)
	}
	parts := append([][]byte{head}, texts...)
	size := 0
	for _, part := range parts {
		size += partOverhead + len(part)
	}
	frame := binary.BigEndian.AppendUint32(make([]byte, 0, partOverhead+size), uint32(size)) // callers bound every part
	for _, part := range parts {
		frame = binary.BigEndian.AppendUint32(frame, uint32(len(part))) //nolint:gosec // as above
		frame = append(frame, part...)
	}
	_, err = w.Write(frame)
	return err
}

// readFrame reads one frame of at most limit bytes, decodes its header and
// returns the texts that follow it. At the end of r it returns io.EOF.
func readFrame(r *bufio.Reader, limit uint32, header any) ([][]byte, error) {
	var prefix [partOverhead]byte
	if _, err := io.ReadFull(r, prefix[:]); err != nil {
		return nil, err
	}
	size := binary.BigEndian.Uint32(prefix[:])
	if size > limit {
		return nil, fmt.Errorf("%w: %d bytes, the limit is %d", errFrame, size, limit)
	}
	frame := make([]byte, size)
	if _, err := io.ReadFull(r, frame); err != nil {
		return nil, fmt.Errorf("%w: %w", errFrame, err)
	}
	parts, err := split(frame)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(parts[0], header); err != nil {
		return nil, fmt.Errorf("%w: %w", errFrame, err)
	}
	return parts[1:], nil
}

// split cuts a frame into its parts, of which there is at least one.
func split(frame []byte) ([][]byte, error) {
	var parts [][]byte
	for len(frame) > 0 {
		if len(frame) < partOverhead {
			return nil, errFrame
		}
		size := binary.BigEndian.Uint32(frame)
		frame = frame[partOverhead:]
		if uint64(size) > uint64(len(frame)) {
			return nil, errFrame
		}
		parts = append(parts, frame[:size])
		frame = frame[size:]
	}
	if len(parts) == 0 {
		return nil, errFrame
	}
	return parts, nil
}
