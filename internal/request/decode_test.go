package request_test

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"github.com/hookflow/hookflow/internal/request"
)

// encode applies codings in the order in which Content-Encoding lists them.
func encode(t testing.TB, body []byte, codings ...string) []byte {
	t.Helper()
	for _, coding := range codings {
		var encoded bytes.Buffer
		w := encoder(t, coding, &encoded)
		if _, err := w.Write(body); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		body = encoded.Bytes()
	}
	return body
}

func encoder(t testing.TB, coding string, to io.Writer) io.WriteCloser {
	t.Helper()
	var w io.WriteCloser
	var err error
	switch coding {
	case "gzip":
		w = gzip.NewWriter(to)
	case "br":
		w = brotli.NewWriter(to)
	case "zstd":
		w, err = zstd.NewWriter(to)
	case "zlib":
		w = zlib.NewWriter(to)
	case "flate":
		w, err = flate.NewWriter(to, flate.BestSpeed)
	default:
		t.Fatalf("no encoder %q", coding)
	}
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestDecode(t *testing.T) {
	t.Parallel()
	text := []byte(strings.Repeat("hello, ", 1000))
	const limit = 7000
	tests := []struct {
		name, codings string
		body          []byte
		limit         int64
		want          error
	}{
		{"none", "", text, limit, nil},
		{"identity", "identity", text, limit, nil},
		{"gzip", "gzip", encode(t, text, "gzip"), limit, nil},
		{"x-gzip", "X-GZIP", encode(t, text, "gzip"), limit, nil},
		{"br", "br", encode(t, text, "br"), limit, nil},
		{"zstd", "zstd", encode(t, text, "zstd"), limit, nil},
		{"deflate with zlib", "deflate", encode(t, text, "zlib"), limit, nil},
		{"deflate without", "deflate", encode(t, text, "flate"), limit, nil},
		{"list", "deflate , gzip,br", encode(t, text, "zlib", "gzip", "br"), limit, nil},
		{"too many", "gzip,gzip,gzip,gzip", nil, limit, request.ErrEncoding},
		{"unknown", "gzip, lzma", []byte("x"), limit, request.ErrEncoding},
		{"too large", "", text, limit - 1, request.ErrTooLarge},
		{"gzip too large", "gzip", encode(t, text, "gzip"), limit - 1, request.ErrTooLarge},
		{"br too large", "br", encode(t, text, "br"), limit - 1, request.ErrTooLarge},
		{"zstd too large", "zstd", encode(t, text, "zstd"), limit - 1, request.ErrTooLarge},
		{"deflate too large", "deflate", encode(t, text, "flate"), limit - 1, request.ErrTooLarge},
		{"too large before decoding", "gzip", bytes.Repeat(encode(t, nil, "gzip"), 1000), limit, request.ErrTooLarge},
		{"too large in between", "gzip, gzip", encode(t, bytes.Repeat(encode(t, nil, "gzip"), 1000), "gzip"), limit, request.ErrTooLarge},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := request.Decode(test.codings, bytes.NewReader(test.body), test.limit)
			if !errors.Is(err, test.want) {
				t.Fatalf("error = %v, want %v", err, test.want)
			}
			if err == nil && !bytes.Equal(got, text) {
				t.Errorf("got %d other bytes", len(got))
			}
		})
	}
}

func TestDecodeBroken(t *testing.T) {
	t.Parallel()
	for _, coding := range []string{"gzip", "br", "zstd", "deflate"} {
		_, err := request.Decode(coding, strings.NewReader("\xff\xff\xff\xff not compressed"), 100)
		if err == nil || errors.Is(err, request.ErrTooLarge) || errors.Is(err, request.ErrEncoding) {
			t.Errorf("%s: error = %v", coding, err)
		}
		if got, err := request.Decode(coding, strings.NewReader(""), 100); err != nil || len(got) != 0 {
			t.Errorf("%s of nothing = %q, %v", coding, got, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, coding := range []string{"gzip", "br", "zstd", "zlib", "flate"} {
		f.Add(strings.NewReplacer("zlib", "deflate", "flate", "deflate").Replace(coding), encode(f, []byte("hello, hello"), coding))
	}
	f.Add("gzip, br", encode(f, []byte("hello"), "gzip", "br"))
	f.Fuzz(func(t *testing.T, codings string, body []byte) {
		const limit = 1 << 16
		got, err := request.Decode(codings, bytes.NewReader(body), limit)
		if err == nil && len(got) > limit {
			t.Errorf("%d bytes are more than the limit", len(got))
		}
	})
}
