package script

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestFrames(t *testing.T) {
	t.Parallel()
	var wire bytes.Buffer
	sent := request{Timeout: time.Second, Memory: 1 << 20}
	for range 2 {
		if err := writeFrame(&wire, sent, []byte("code"), nil, []byte{0, 0xff}); err != nil {
			t.Fatal(err)
		}
	}
	in := bufio.NewReader(&wire)
	for range 2 {
		var got request
		texts, err := readFrame(in, maxMessage, &got)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(sent, got); diff != "" {
			t.Errorf("header (-sent +got):\n%s", diff)
		}
		if diff := cmp.Diff([][]byte{[]byte("code"), {}, {0, 0xff}}, texts); diff != "" {
			t.Errorf("texts (-sent +got):\n%s", diff)
		}
	}
	var none request
	if _, err := readFrame(in, maxMessage, &none); !errors.Is(err, io.EOF) {
		t.Errorf("at the end: %v", err)
	}
}

func TestMalformedFrames(t *testing.T) {
	t.Parallel()
	for name, wire := range map[string]string{
		"over the limit":    "\x00\x00\x00\x65",
		"cut short":         "\x00\x00\x00\x06\x00\x00\x00\x02{",
		"no part":           "\x00\x00\x00\x00",
		"part past the end": "\x00\x00\x00\x06\x00\x00\x00\x09{}",
		"half a length":     "\x00\x00\x00\x02\x00\x00",
		"header no JSON":    "\x00\x00\x00\x05\x00\x00\x00\x01{",
	} {
		var header request
		if _, err := readFrame(bufio.NewReader(bytes.NewBufferString(wire)), 100, &header); !errors.Is(err, errFrame) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
