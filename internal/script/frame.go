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
	maxHeader    = 2 * MaxLogBytes
	maxRequest   = maxHeader + MaxCode + 4*MaxInput + 8*partOverhead
	maxReply     = maxHeader + 6*MaxLogBytes + MaxResult + 4*partOverhead
)

// request is the header of a run; code, context, steps, env and params follow.
type request struct {
	Timeout time.Duration `json:"timeout"`
	Memory  int64         `json:"memory"`
	Check   bool          `json:"check,omitempty"` // parse only
}

// reply is the header of what a worker says: that it is ready for a run, a
// line of the log, or how the run ended. With an end the result's JSON
// follows, when there is one.
type reply struct {
	Log *Log `json:"log,omitempty"`
	End *end `json:"end,omitempty"`
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
