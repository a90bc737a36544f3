package request

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// AcceptEncoding lists the content codings that [Decode] knows.
const AcceptEncoding = "gzip, br, zstd, deflate"

// The errors of [Decode]; a body that is not in its coding gives another one.
var (
	ErrTooLarge = errors.New("the body is too large")
	ErrEncoding = errors.New("the Content-Encoding is not supported")
)

const (
	maxCodings    = 3
	maxZstdWindow = 8 << 20 // as RFC 9659 has it for HTTP
	readAtFirst   = 4 << 10
)

// Decode reads a body of a Content-Encoding (RFC 9110, section 8.4; "" is none, at most three).
// Neither the body nor what comes out of any of its codings may be larger than limit bytes.
func Decode(codings string, body io.Reader, limit int64) ([]byte, error) {
	body = &limited{body, limit}
	if codings == "" {
		return readAll(body)
	}
	list := strings.Split(strings.ToLower(codings), ",")
	if len(list) > maxCodings {
		return nil, fmt.Errorf("%w: more than %d codings", ErrEncoding, maxCodings)
	}
	for _, coding := range slices.Backward(list) {
		decoder, err := newDecoder(strings.TrimSpace(coding), body)
		if err != nil {
			return nil, err
		}
		if closer, ok := decoder.(io.Closer); ok {
			defer func() { _ = closer.Close() }() // it only frees memory
		}
		body = &limited{decoder, limit}
	}
	return readAll(body)
}

func newDecoder(coding string, body io.Reader) (io.Reader, error) {
	buffered := bufio.NewReader(body)
	if _, err := buffered.Peek(1); errors.Is(err, io.EOF) {
		return buffered, nil // nothing is nothing in every coding
	}
	switch coding {
	case "identity", "":
		return buffered, nil
	case "gzip", "x-gzip":
		return gzip.NewReader(buffered)
	case "br":
		return brotli.NewReader(buffered), nil
	case "zstd":
		decoder, err := zstd.NewReader(buffered, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxZstdWindow))
		if err != nil {
			return nil, err
		}
		return decoder.IOReadCloser(), nil
	case "deflate":
		return newInflater(buffered)
	default:
		return nil, fmt.Errorf("%w: %.40q", ErrEncoding, coding)
	}
}

// newInflater reads zlib's format (RFC 1950), as deflate means in HTTP, and the bare one (RFC
// 1951) that some send instead.
func newInflater(body *bufio.Reader) (io.Reader, error) {
	head, _ := body.Peek(2)
	const methodDeflate = 8
	if len(head) == 2 && head[0]&0x0f == methodDeflate && (int(head[0])<<8|int(head[1]))%31 == 0 {
		return zlib.NewReader(body)
	}
	return flate.NewReader(body), nil
}

// limited fails with ErrTooLarge, rather than ending, once more than left bytes come.
type limited struct {
	io.Reader
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left < 0 {
		return 0, ErrTooLarge
	}
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.Reader.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return n, ErrTooLarge
	}
	return n, err
}

// readAll grows with what comes, not with what the sender says will come.
func readAll(body io.Reader) ([]byte, error) {
	buffer := bytes.NewBuffer(make([]byte, 0, readAtFirst))
	if _, err := buffer.ReadFrom(body); err != nil {
		return nil, err
	}
	return buffer.Bytes(), nil
}
