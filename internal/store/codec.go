package store

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/zstd"
)

// The codecs of stored bytes.
const (
	codecPlain = 0
	codecZstd  = 1
)

const (
	// compressFrom is the size from which compression is worth its time.
	compressFrom = 2 << 10
	// bulkFrom is the size from which a body may keep smaller ones waiting.
	bulkFrom = 256 << 10
	// maxUnpacked bounds what stored bytes may grow to.
	maxUnpacked = 1 << 30
)

// The coders are expensive to make and safe for concurrent use. An encoder
// works on few texts at once and lets further callers wait, so that bulky bodies
// have one of their own.
var (
	encoder     = sync.OnceValue(newEncoder)
	bulkEncoder = sync.OnceValue(newEncoder)
	decoder     = sync.OnceValue(func() *zstd.Decoder {
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxUnpacked))
		if err != nil {
			panic(err) // the options are constant
		}
		return d
	})
)

func newEncoder() *zstd.Encoder {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithLowerEncoderMem(true))
	if err != nil {
		panic(err) // the options are constant
	}
	return e
}

func bodyEncoder(size int) func() *zstd.Encoder {
	if size >= bulkFrom {
		return bulkEncoder
	}
	return encoder
}

// compress appends data to prefix, compressed where that saves something, and
// returns the codec.
func compress(encoder func() *zstd.Encoder, prefix, data []byte) (codec byte, out []byte) {
	if len(data) >= compressFrom {
		out = encoder().EncodeAll(data, prefix)
		if len(out) < len(prefix)+len(data) {
			return codecZstd, out
		}
	}
	return codecPlain, append(prefix, data...)
}

func decompress(codec byte, data []byte) ([]byte, error) {
	switch codec {
	case codecPlain:
		return data, nil
	case codecZstd:
		plain, err := decoder().DecodeAll(data, nil)
		if err != nil {
			return nil, fmt.Errorf("decompress stored bytes: %w", err)
		}
		return plain, nil
	default:
		return nil, fmt.Errorf("stored bytes have codec %d, which this version does not know", codec)
	}
}

// pack is compress with the codec in front; nothing is NULL.
func pack(data []byte) []byte {
	if len(data) == 0 {
		return nil
	}
	codec, out := compress(encoder, make([]byte, 1, 1+min(len(data), compressFrom)), data)
	out[0] = codec
	return out
}

// unpack reverses pack.
func unpack(data []byte) ([]byte, error) {
	if len(data) == 0 {
		return nil, nil
	}
	return decompress(data[0], data[1:])
}

// packed scans what pack made.
type packed struct{ plain *[]byte }

func (p packed) Scan(src any) (err error) {
	data, ok := src.([]byte)
	if src != nil && !ok {
		return fmt.Errorf("scan packed bytes: unexpected %T", src)
	}
	plain, err := unpack(data)
	*p.plain = append([]byte(nil), plain...) // the driver owns what it gave
	return err
}

// text makes what a sender or an error wrote storable: PostgreSQL takes neither
// NUL nor malformed UTF-8, and no request may fail for that.
func text(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\x00", "\ufffd")
}

// micros is how a time is stored; the zero time is NULL.
func micros(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMicro()
}

// stamp scans what micros made.
type stamp time.Time

// Scan reads a number of microseconds.
func (s *stamp) Scan(src any) error {
	switch n := src.(type) {
	case nil:
		*s = stamp{}
	case int64:
		*s = stamp(time.UnixMicro(n).UTC())
	default:
		return fmt.Errorf("scan time: unexpected %T", src)
	}
	return nil
}
