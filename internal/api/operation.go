package api

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
)

// operation describes one call.
type operation struct {
	id       string // GET /api/things is list-things
	method   string
	path     string
	tag      string
	summary  string
	zh       string    // the summary in Chinese
	role     auth.Role // "" is anybody
	status   int       // of success; 0 is 200
	body     any       // a zero value of what the body holds; nil for none
	optional bool      // the body may be left out
	yaml     bool      // the body may also be YAML
}

// bodyTimeout is how long a body may take to arrive.
const bodyTimeout = 30 * time.Second

func humaConfig(version string) huma.Config {
	jsonFormat := huma.Format{Marshal: marshal, Unmarshal: json.Unmarshal}
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title: "Hookflow", Version: version,
				Description: "The admin API. Errors are application/problem+json (RFC 9457). Lists are newest first: ?limit=&cursor= give {items, nextCursor}, and &count=true adds total. Times are RFC 3339 UTC.",
			},
			Components: &huma.Components{
				Schemas: huma.NewMapRegistry("#/components/schemas/", schemaName),
				SecuritySchemes: map[string]*huma.SecurityScheme{
					"apiKey":  {Type: "http", Scheme: "bearer", Description: "An API key (hfk_…)"},
					"session": {Type: "apiKey", In: "cookie", Name: auth.SessionCookie, Description: "The session of a log-in; calls that change something need an Origin header of the same site"},
				},
			},
		},
		Formats:       map[string]huma.Format{"application/json": jsonFormat, "json": jsonFormat},
		DefaultFormat: "application/json",
		Transformers:  []huma.Transformer{ownProblem},
	}
}

func marshal(w io.Writer, v any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(v)
}

// register adds a call: who may make it is checked before anything of it is read, and its errors
// become problems.
func register[I, O any](a *api, op operation, handle func(context.Context, *I) (*O, error)) {
	o := huma.Operation{
		OperationID: op.id, Method: op.method, Path: op.path, Tags: []string{op.tag},
		Summary: op.summary, DefaultStatus: op.status, MaxBodyBytes: a.MaxBody + 1, BodyReadTimeout: bodyTimeout, SkipValidateBody: true,
		RejectUnknownQueryParameters: op.method != http.MethodGet, // a mistyped dryRun would be no dry run
		Middlewares:                  huma.Middlewares{a.admit(op.role)},
		Extensions:                   map[string]any{"x-zh": op.zh},
	}
	if op.role != "" {
		o.Extensions["x-role"] = string(op.role)
		o.Security = []map[string][]string{{"apiKey": {}}, {"session": {}}}
	}
	if op.body != nil {
		o.RequestBody = &huma.RequestBody{Content: map[string]*huma.MediaType{}}
	}
	o.Responses = map[string]*huma.Response{"default": {
		Description: "Error",
		Content:     map[string]*huma.MediaType{problemType: {Schema: a.huma.OpenAPI().Components.Schemas.Schema(problemGoType, true, "")}},
	}}
	huma.Register(a.huma, o, func(ctx context.Context, in *I) (*O, error) {
		if err := bodyIsRead(ctx); err != nil {
			return nil, a.problemOf(ctx, err)
		}
		out, err := handle(ctx, in)
		if err != nil {
			return nil, a.problemOf(ctx, err)
		}
		return out, nil
	})
	if op.body != nil {
		a.describeBody(o.RequestBody, op)
	}
}

// admit lets in who has the role, "" being everybody, and puts who it is into the context.
func (a *api) admit(role auth.Role) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		r, w := humago.Unwrap(ctx)
		principal, err := a.identify(r, role)
		if err == nil {
			err = checkAddress(r.URL)
		}
		if err != nil {
			writeProblem(w, a.problemOf(r.Context(), err))
			return
		}
		client := a.Client(r)
		principal.IP = client.IP
		inner := context.WithValue(auth.With(r.Context(), principal), exchangeKey{}, exchange{client, r, w})
		next(huma.WithContext(ctx, inner))
	}
}

// checkAddress refuses what no name can hold and PostgreSQL cannot even compare.
func checkAddress(address *url.URL) error {
	for _, part := range []string{address.Path, address.RawQuery} {
		if plain, err := url.QueryUnescape(part); err == nil {
			part = plain
		}
		if !utf8.ValidString(part) || strings.ContainsRune(part, 0) {
			return hookflow.Invalid("the address holds what is not text: it must be UTF-8 without NUL characters")
		}
	}
	return nil
}

// exchange is what a handler needs of HTTP.
type exchange struct {
	client  Client
	request *http.Request
	writer  http.ResponseWriter
}

type exchangeKey struct{}

func isHTTPS(ctx context.Context) bool {
	e, _ := ctx.Value(exchangeKey{}).(exchange)
	return e.client.HTTPS
}

// bodyIsRead takes back the deadline for the body: past it net/http would take the caller for gone
// and cancel what a call still waits for.
func bodyIsRead(ctx context.Context) error {
	e, ok := ctx.Value(exchangeKey{}).(exchange)
	if !ok {
		return nil
	}
	err := http.NewResponseController(e.writer).SetReadDeadline(time.Time{})
	if errors.Is(err, http.ErrNotSupported) {
		return nil
	}
	return err
}

func (a *api) identify(r *http.Request, role auth.Role) (auth.Principal, error) {
	if role == "" {
		if err := a.origins.Check(r); err != nil {
			return auth.Principal{}, hookflow.Errorf(hookflow.CodeForbidden, "the request comes from another site")
		}
		return auth.Principal{}, nil
	}
	principal, err := a.Auth.Authenticate(r, a.origins)
	if err != nil {
		return auth.Principal{}, err
	}
	if !principal.Role.Allows(role) {
		return auth.Principal{}, hookflow.Errorf(hookflow.CodeForbidden, "this needs the role %s; you are %s", role, principal.Role)
	}
	return principal, nil
}

// empty is the answer of calls that have none: 204.
type empty struct{}

const pathPrefix = "/api"

// under joins path parts below /api.
func under(parts ...string) string { return pathPrefix + "/" + strings.Join(parts, "/") }
