package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"time"

	"github.com/hookflow/hookflow/internal/api"
)

// writeOpenAPI writes the description of the admin API, as the server answers it; the types of the
// UI's client are made from this file.
func writeOpenAPI(dir string) error {
	w := httptest.NewRecorder()
	api.New(api.Deps{Version: "1", Clock: func() time.Time { return time.Time{} }}).ServeHTTP(w, httptest.NewRequestWithContext(context.Background(), http.MethodGet, "/api/openapi.json", nil))
	if w.Code != http.StatusOK {
		return fmt.Errorf("the API does not describe itself: status %d", w.Code)
	}
	return os.WriteFile(filepath.Join(dir, "openapi.json"), w.Body.Bytes(), 0o644) //nolint:gosec // for everybody to read
}
