// Package webui serves the web interface that is built into the binary.
package webui

import (
	"embed"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

//go:embed all:dist
var dist embed.FS

//go:embed unbuilt.html
var unbuilt []byte

// Built returns the files of the built interface. There are none when the
// binary was built without it.
func Built() fs.FS {
	built, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // not reached: the name is valid
	}
	return built
}

// handler answers with files, and at every other address with the index: the
// routes of the interface are known in the browser only.
type handler struct {
	files map[string]*file // by the path in the URL
	index *file
}

const (
	indexName  = "/index.html"
	hashedPath = "/assets/" // names there change with what is in the files
)

// New serves the files of a built interface, or a page that says how to build
// it when there is no index.html. A file may have siblings ending in .br and
// .gz that hold the same compressed. Files that cannot be read make it panic;
// embedded ones always can.
func New(files fs.FS) http.Handler {
	h := &handler{files: map[string]*file{}, index: newFile(indexName, unbuilt)}
	if err := fs.WalkDir(files, ".", h.add(files)); err != nil {
		panic(err)
	}
	h.link()
	if built := h.files[indexName]; built != nil {
		h.index = built
	}
	return h
}

func (h *handler) add(files fs.FS) fs.WalkDirFunc {
	return func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(entry.Name(), ".") {
			return err
		}
		content, err := fs.ReadFile(files, name)
		if err == nil {
			h.files["/"+name] = newFile("/"+name, content)
		}
		return err
	}
}

// link makes compressed files variants of what they hold instead of files.
func (h *handler) link() {
	for name, f := range h.files {
		for _, coding := range codings {
			compressed := h.files[name+coding.suffix]
			if compressed == nil {
				continue
			}
			f.compressed = append(f.compressed, variant{coding.name, compressed.plain.content, compressed.plain.tag})
			delete(h.files, name+coding.suffix)
		}
	}
}

// ServeHTTP answers GET and HEAD.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	secure(w.Header())
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "there are only pages here; the API and the webhooks are under /api/", http.StatusMethodNotAllowed)
		return
	}
	switch f := h.files[r.URL.Path]; {
	case f != nil:
		f.serve(w, r)
	case isFile(r.URL.Path):
		w.Header().Set("Cache-Control", "no-cache")
		http.Error(w, "there is no such file", http.StatusNotFound)
	default:
		h.index.serve(w, r)
	}
}

// isFile tells addresses that only a file can have, which is not there, from
// routes of the interface.
func isFile(address string) bool {
	return strings.HasPrefix(address, hashedPath) || mediaTypes[path.Ext(address)] != ""
}

// secure lets the pages run what comes from this server and nothing else.
// Inline styles are the component library's.
func secure(header http.Header) {
	header.Set("Content-Security-Policy", "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "+
		"connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("X-Frame-Options", "DENY")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()")
}
