// Package api is the admin API: HTTP under /api, described by the OpenAPI document it serves.
package api

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/collection"
	"github.com/hookflow/hookflow/internal/config"
	"github.com/hookflow/hookflow/internal/file"
	"github.com/hookflow/hookflow/internal/ipset"
	"github.com/hookflow/hookflow/internal/live"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/notify"
	"github.com/hookflow/hookflow/internal/sample"
	"github.com/hookflow/hookflow/internal/secret"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/transfer"
	"github.com/hookflow/hookflow/internal/trigger"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/workflow"
)

// Runner runs workflows.
type Runner interface {
	// Run starts an execution and waits at most r.Wait for its end.
	Run(ctx context.Context, r RunRequest) (RunResult, error)
	Cancel(ctx context.Context, id hookflow.ID) error
	// Retry runs again from the node with the key from, keeping the results before it; "" is the first
	// node that did not succeed. It returns the new execution.
	Retry(ctx context.Context, id hookflow.ID, how Again) (hookflow.ID, error)
	// Running tells whether this process runs the execution, whatever its row says yet.
	Running(id hookflow.ID) bool
}

// RunRequest asks for one execution.
type RunRequest struct {
	WorkflowKey string
	Draft       bool        // run the draft, when there is one
	Context     value.Value // $context
	Trial       *Trial      // nil runs it as it is
	Wait        time.Duration
	By          auth.Principal
}

// Again says how an execution is run again.
type Again struct {
	From    string                 // key of the node to begin at, "" for the first that did not succeed
	Context value.Value            // another $context, nil for the same
	Results map[string]value.Value // other results of the nodes before, by key
}

// Trial has a run differ from a usual one.
type Trial struct {
	Node   string                 // run this node alone
	Until  string                 // end after this node
	Pins   map[string]value.Value // results of nodes that are not to run
	DryRun bool                   // run no node that writes, calls or waits
}

// RunResult is what became of it.
type RunResult struct {
	Execution hookflow.ID
	Status    hookflow.Status
	Response  *hookflow.Response // of a response node
	Output    value.Value
	Error     string
	Ended     bool // false: it goes on
}

// Client is where a request comes from, trusted proxies considered.
type Client struct {
	IP    string
	HTTPS bool
	Base  string // of this server's URLs, as the client reaches it
}

// Deps are what the API works with.
type Deps struct {
	Store        *store.Store
	Workflows    *workflow.Service
	Collections  *collection.Service
	Imports      *transfer.Service
	Env          *secret.Env
	Auth         *auth.Service
	Runner       Runner
	Scripts      Scripts
	Replays      Replayer
	Live         *live.Tail
	Samples      *sample.Service
	Triggers     *trigger.Service
	Channels     *notify.Service
	NodeTypes    func() value.Value
	NodeCommon   func() value.Value // what every node has beside its config
	TriggerTypes func() value.Value
	ChannelTypes func() value.Value
	Schemes      func() value.Value
	Client       func(*http.Request) Client
	IPSets       *ipset.Service
	Files        *file.Service
	Admits       Admits
	Trusted      []netip.Prefix // proxies whose forwarding headers are believed
	PublicURL    string         // "" is as the request has it
	MaxBody      int64          // bytes; 0 is 16 MiB
	HTTP         node.HTTP      // for calls that are not a workflow's
	Settings     []config.Effective
	Version      string
	Clock        hookflow.Clock
	Logger       *slog.Logger
}

const defaultMaxBody = 16 << 20

// api is the state that the operations share.
type api struct {
	Deps
	mux     *http.ServeMux
	huma    huma.API
	origins *http.CrossOriginProtection
	bodies  bodySchemas
	started time.Time
	probing chan struct{} // one check of the settings at a time
}

// New returns the handler of everything under /api that is not a webhook.
func New(deps Deps) http.Handler {
	if deps.MaxBody == 0 {
		deps.MaxBody = defaultMaxBody
	}
	a := &api{Deps: deps, mux: http.NewServeMux(), origins: http.NewCrossOriginProtection(), bodies: bodySchemas{}, started: deps.Clock(), probing: make(chan struct{}, 1)}
	if origin := originOf(deps.PublicURL); origin != "" {
		if err := a.origins.AddTrustedOrigin(origin); err != nil {
			deps.Logger.Warn("pages of the public URL are not trusted", "error", err)
		}
	}
	a.huma = humago.New(a.mux, humaConfig(deps.Version))
	a.registerAuth()
	a.registerWorkflows()
	a.registerRevisions()
	a.registerDiff()
	a.registerSamples()
	a.registerListen()
	a.registerTrigger()
	a.registerRun()
	a.registerScripts()
	a.registerDeliveries()
	a.registerReplays()
	a.registerExecutions()
	a.registerCollections()
	a.registerRecords()
	a.registerHistory()
	a.registerImports()
	a.registerExport()
	a.registerEnv()
	a.registerUsers()
	a.registerAPIKeys()
	a.registerAudit()
	a.registerCatalogues()
	a.registerTemplates()
	a.registerDocuments()
	a.registerStats()
	a.registerSettings()
	a.registerSearch()
	a.registerAddresses()
	a.registerFiles()
	a.registerChannels()
	a.serveDocs()
	return a.guarded(http.HandlerFunc(a.route))
}

// originOf is the scheme and host of a URL.
func originOf(publicURL string) string {
	scheme, rest, found := strings.Cut(publicURL, "://")
	if !found {
		return ""
	}
	host, _, _ := strings.Cut(rest, "/")
	return scheme + "://" + host
}

// route answers what no operation has a path or method for as the API answers every error.
func (a *api) route(w http.ResponseWriter, r *http.Request) {
	handler, pattern := a.mux.Handler(r)
	if pattern != "" {
		a.mux.ServeHTTP(w, r)
		return
	}
	missed := &miss{header: http.Header{}}
	handler.ServeHTTP(missed, r)
	if missed.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", missed.header.Get("Allow"))
		writeProblem(w, &httpProblem{Status: missed.status, Detail: r.Method + " is not possible here"})
		return
	}
	writeProblem(w, &httpProblem{Status: http.StatusNotFound, Detail: "there is nothing at this address"})
}

// miss takes the answer of a mux that found nothing.
type miss struct {
	header http.Header
	status int
}

func (m *miss) Header() http.Header            { return m.header }
func (m *miss) WriteHeader(status int)         { m.status = status }
func (m *miss) Write(text []byte) (int, error) { return len(text), nil }

// guarded sets the security headers and turns a panic into an answer.
func (a *api) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("Cache-Control", "no-store")
		header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
		defer func() {
			switch failure := recover(); failure {
			case nil:
			case http.ErrAbortHandler:
				panic(failure)
			default:
				a.Logger.Error("a request broke", "method", r.Method, "path", r.URL.Path, "panic", failure)
				writeProblem(w, internalProblem)
			}
		}()
		next.ServeHTTP(w, r)
	})
}
