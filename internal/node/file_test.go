package node

import "testing"

func TestFileHeaders(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ filename, contentType, disposition, mediaType string }{
		{"a.pdf", "application/pdf", `attachment; filename=a.pdf`, "application/pdf"},
		{"", "", `attachment; filename=file`, "application/octet-stream"},
		{"报告 \"1\".txt", "text/plain; charset=gbk", `attachment; filename*=utf-8''%E6%8A%A5%E5%91%8A%20%221%22.txt`, "text/plain; charset=gbk"},
		{"a\r\nSet-Cookie: b", "text/html\r\nSet-Cookie: b", `attachment; filename*=utf-8''a%0D%0ASet-Cookie%3A%20b`, "application/octet-stream"},
		{"a", "no type", `attachment; filename=a`, "application/octet-stream"},
	} {
		f := &File{Filename: test.filename, ContentType: test.contentType}
		if got := f.Disposition(); got != test.disposition {
			t.Errorf("%q: %s", test.filename, got)
		}
		if got := f.MediaType(); got != test.mediaType {
			t.Errorf("%q: %s", test.contentType, got)
		}
	}
}
