package document

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// maxAnswer bounds an answer of a server, in bytes.
const maxAnswer = 64 << 20

// Server is the Place behind a server's admin API.
type Server struct {
	Client *http.Client
	URL    string // such as https://hooks.example.com
	Token  string // an API key
}

var _ Place = Server{}

// Names implements Place.
func (s Server) Names(ctx context.Context, kind Kind) ([]string, error) {
	var names []string
	query := url.Values{"limit": {"1000"}}
	for {
		page, err := s.call(ctx, http.MethodGet, "/api/"+plurals[kind]+"?"+query.Encode(), nil)
		if err != nil {
			return nil, err
		}
		for _, item := range page.Get("items").Items() {
			names = append(names, item.Get(value.Segment(kind.identifier())).Text())
		}
		next := page.Get("nextCursor")
		if next.IsNull() {
			return names, nil
		}
		query.Set("cursor", next.Text())
	}
}

// Get implements Place.
func (s Server) Get(ctx context.Context, kind Kind, name string) (value.Value, error) {
	return s.call(ctx, http.MethodGet, address(kind, name), nil)
}

// Put implements Place.
func (s Server) Put(ctx context.Context, kind Kind, name string, text value.Value) (value.Value, error) {
	return s.call(ctx, http.MethodPut, address(kind, name), text)
}

// Delete implements Place.
func (s Server) Delete(ctx context.Context, kind Kind, name string) error {
	_, err := s.call(ctx, http.MethodDelete, address(kind, name), nil)
	return err
}

func address(kind Kind, name string) string {
	return "/api/" + plurals[kind] + "/" + url.PathEscape(name)
}

// call returns the JSON of a success.
func (s Server) call(ctx context.Context, method, path string, body value.Value) (value.Value, error) {
	request, err := http.NewRequestWithContext(ctx, method, strings.TrimSuffix(s.URL, "/")+path, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("--server: %w", err)
	}
	request.Header.Set("Authorization", "Bearer "+s.Token)
	request.Header.Set("Content-Type", "application/json")
	answer, err := s.Client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("the server cannot be reached: %w", err)
	}
	defer func() { _ = answer.Body.Close() }() // it is read whole
	text, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	if err != nil {
		return nil, fmt.Errorf("read the server's answer: %w", err)
	}
	if answer.StatusCode == http.StatusNoContent {
		return nil, nil
	}
	v, err := value.Parse(text)
	if err != nil || v.Kind() != value.KindObject {
		return nil, fmt.Errorf("%s answered %s and no document; is --server the address of Hookflow?", answer.Request.URL.Host, answer.Status)
	}
	if answer.StatusCode/100 != 2 {
		return nil, problem(answer.StatusCode, v)
	}
	return v, nil
}

var codes = map[int]hookflow.Code{
	http.StatusUnauthorized: hookflow.CodeUnauthorized,
	http.StatusForbidden:    hookflow.CodeForbidden,
	http.StatusNotFound:     hookflow.CodeNotFound,
	http.StatusConflict:     hookflow.CodeConflict,
}

var errAnswer = errors.New("the server has refused it")

// problem is an answer of RFC 9457 as the error it came from.
func problem(status int, v value.Value) error {
	e := &hookflow.Error{Code: codes[status], Message: v.Get("detail").Text(), Cause: errAnswer}
	if e.Code == "" {
		e.Code = hookflow.CodeInvalid
	}
	if e.Message == "" {
		e.Message = fmt.Sprintf("the server answered %d", status)
	}
	for _, p := range v.Get("errors").Items() {
		e.Problems = append(e.Problems, hookflow.Problem{Pointer: p.Get("pointer").Text(), Detail: p.Get("detail").Text()})
	}
	return e
}
