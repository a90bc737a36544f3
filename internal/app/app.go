// Package app puts the parts together: it opens everything from the settings,
// runs it, and closes it in the right order. It alone imports everything.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/accept"
	"github.com/hookflow/hookflow/internal/api"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/collection"
	"github.com/hookflow/hookflow/internal/config"
	"github.com/hookflow/hookflow/internal/egress"
	"github.com/hookflow/hookflow/internal/engine"
	"github.com/hookflow/hookflow/internal/node"
	_ "github.com/hookflow/hookflow/internal/nodes" // registers the node types
	"github.com/hookflow/hookflow/internal/queue"
	"github.com/hookflow/hookflow/internal/queue/local"
	"github.com/hookflow/hookflow/internal/queue/postgres"
	"github.com/hookflow/hookflow/internal/request"
	"github.com/hookflow/hookflow/internal/script"
	"github.com/hookflow/hookflow/internal/secret"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/webhook"
	"github.com/hookflow/hookflow/internal/workflow"
)

// Options are what is no setting.
type Options struct {
	Stdout io.Writer // gets the address and the first steps
	Logger *slog.Logger
	Clock  hookflow.Clock
}

// App is the program between Open and Close.
type App struct {
	cfg     config.Config
	options Options

	Store       *store.Store
	Auth        *auth.Service
	Collections *collection.Service
	Workflows   *workflow.Service
	env         *secret.Env
	scripts     *script.Pool
	queue       queue.Queue
	engine      *engine.Engine
	accept      *accept.Service

	listener net.Listener
	server   *http.Server
}

// Open makes everything ready and listens; nothing runs before Run.
func Open(ctx context.Context, cfg config.Config, o Options) (_ *App, err error) {
	tuneMemory()
	a := &App{cfg: cfg, options: o}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.Close())
		}
	}()
	if a.Store, err = openStore(ctx, cfg, store.Options{Clock: o.Clock, Logger: o.Logger}); err != nil {
		return nil, err
	}
	if err := a.openSecrets(ctx); err != nil {
		return nil, err
	}
	a.openEngine()
	a.openServices()
	if a.listener, err = (&net.ListenConfig{}).Listen(ctx, "tcp", cfg.Addr); err != nil {
		return nil, fmt.Errorf("listen: %w; choose another address with --addr", err)
	}
	a.server = a.newServer()
	if err := a.firstStart(ctx); err != nil {
		return nil, fmt.Errorf("prepare the first start: %w", err)
	}
	return a, nil
}

// relaxedHeap is up to how many bytes of memory the collector takes its time.
const relaxedHeap = 1 << 30

// tuneMemory trades some tens of megabytes for fewer collections: what lives
// long is small here, and what a request leaves behind is gone at once. When
// bodies are large that would be gigabytes, so that it ends at a limit.
func tuneMemory() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(400)
		debug.SetMemoryLimit(relaxedHeap)
	}
}

func (a *App) openSecrets(ctx context.Context) error {
	key, err := secret.LoadKey(a.cfg.SecretKey, a.cfg.DataDir, a.options.Logger)
	if err != nil {
		return fmt.Errorf("load the secret key: %w", err)
	}
	a.env, err = secret.NewEnv(ctx, a.Store, key, a.options.Clock, a.options.Logger)
	return err
}

func (a *App) openEngine() {
	a.Collections = collection.New(a.Store, a.options.Clock)
	a.scripts = script.NewPool(script.Options{Logger: a.options.Logger})
	a.queue = a.newQueue()
	a.engine = engine.New(engine.Deps{
		Store: a.Store, Queue: a.queue, Clock: a.options.Clock, Logger: a.options.Logger,
		Env: node.Env{
			Records:  &records{collections: a.Collections, store: a.Store},
			HTTP:     egress.New(egress.Policy{Allow: a.cfg.EgressAllow, Deny: a.cfg.EgressDeny}, Version()),
			Scripts:  &scripts{pool: a.scripts, clock: a.options.Clock},
			Variable: variable(a.env),
		},
		RecordsIn: func(tx *store.Tx) node.Records {
			return &records{collections: a.Collections, store: a.Store, tx: tx}
		},
		LoadInput: a.loadInput,
		Vault:     a.env,
		Instance:  a.Store.ProcessID(),
	})
	a.accept = accept.New(a.Store, a.queue, a.engine, a.options.Clock, a.cfg.MaxQueued)
}

func (a *App) newQueue() queue.Queue {
	options := queue.Options{
		Workers: a.cfg.Workers, Grace: a.cfg.ShutdownTimeout / 4, Clock: a.options.Clock, Logger: a.options.Logger,
	}
	if a.Store.Dialect() == store.Postgres {
		return postgres.New(a.Store, a.cfg.DatabaseURL, options)
	}
	return local.New(a.Store, options)
}

func (a *App) openServices() {
	a.Auth = auth.New(a.Store, a.options.Clock, a.options.Logger)
	a.Workflows = workflow.New(workflow.Deps{
		Store: a.Store, Clock: a.options.Clock, Compilers: []workflow.Compiler{checker{}}, Endpoints: checker{},
	})
}

func compileNodes(w hookflow.Workflow) (*engine.Plan, []hookflow.Problem) { return engine.Compile(&w) }

// loadInput reads the $context of a stored execution: its delivery parsed
// again, or the JSON it was started with.
func (a *App) loadInput(ctx context.Context, e *hookflow.Execution) (engine.Input, error) {
	if e.DeliveryID == 0 {
		return accept.JSONInput{Whole: e.Input}, nil
	}
	d, err := a.Store.Delivery(ctx, e.DeliveryID)
	if err != nil {
		return nil, fmt.Errorf("load the delivery: %w", err)
	}
	body, err := a.Store.DeliveryBody(ctx, e.DeliveryID)
	if err != nil {
		return nil, fmt.Errorf("load the body: %w", err)
	}
	input, err := request.FromDelivery(d, body)
	if err != nil {
		return nil, hookflow.Errorf(hookflow.CodeInvalid, "the stored request cannot be read: %w", err)
	}
	return input, nil
}

const (
	headerTimeout = 10 * time.Second
	idleTimeout   = 2 * time.Minute
	maxHeader     = 64 << 10
)

func (a *App) newServer() *http.Server {
	return &http.Server{
		Handler:           a.handler(),
		ReadHeaderTimeout: headerTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(a.options.Logger.Handler(), slog.LevelDebug),
	}
}

func (a *App) handler() http.Handler {
	door := webhook.New(webhook.Options{
		Acceptor: acceptor{a.accept}, Env: a.env, Clock: a.options.Clock, Logger: a.options.Logger,
		MaxBody: int64(a.cfg.MaxBodyBytes), Trusted: a.cfg.TrustedProxies, PublicURL: a.cfg.PublicURL,
	})
	hooks := newEndpoints(a.Store, a.options.Logger, door)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", a.healthz)
	mux.HandleFunc("GET /readyz", a.readyz)
	mux.Handle("/", api.New(api.Deps{
		Store: a.Store, Workflows: a.Workflows, Collections: a.Collections, Env: a.env, Auth: a.Auth,
		Runner:    &runner{accept: a.accept, engine: a.engine},
		NodeTypes: nodeTypes, Schemes: schemes, Client: a.client,
		PublicURL: a.cfg.PublicURL, MaxBody: int64(a.cfg.MaxBodyBytes), Version: Version(),
		Clock: a.options.Clock, Logger: a.options.Logger,
	}))
	return hooksFirst(hooks, mux)
}

// hooksFirst keeps a webhook's path as it came: a mux answers one with // or ..
// in it with a redirect, and nobody would know of the request.
func hooksFirst(hooks, others http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/api/webhooks/") || strings.HasPrefix(r.URL.Path, "/api/webhook:trigger/") {
			hooks.ServeHTTP(w, r)
			return
		}
		others.ServeHTTP(w, r)
	})
}

// client says where an admin request comes from.
func (a *App) client(r *http.Request) api.Client {
	var headers []hookflow.Header
	for name, lines := range r.Header {
		for _, line := range lines {
			headers = append(headers, hookflow.Header{Name: name, Value: line})
		}
	}
	c := request.ClientIP(r.RemoteAddr, headers, a.cfg.TrustedProxies)
	return api.Client{IP: c.IP.String(), HTTPS: r.TLS != nil || c.Proto == "https"}
}

func (a *App) healthz(w http.ResponseWriter, _ *http.Request) { writeLine(w, http.StatusOK, "ok") }

// readyz is for load balancers: the database answers and no shutdown has begun.
func (a *App) readyz(w http.ResponseWriter, r *http.Request) {
	if a.accept.Draining() {
		writeLine(w, http.StatusServiceUnavailable, "draining")
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if _, err := a.Store.Meta(ctx, "instance"); err != nil {
		writeLine(w, http.StatusServiceUnavailable, "the database does not answer")
		return
	}
	writeLine(w, http.StatusOK, "ready")
}

func writeLine(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text+"\n")
}

// Addr is the address the server listens on.
func (a *App) Addr() string { return a.listener.Addr().String() }

// Run serves until ctx is done. Then it takes nothing new, gives what runs the
// shutdown timeout to finish, and parks the rest for the next start.
func (a *App) Run(ctx context.Context) error {
	working, stopWorking := context.WithCancel(context.WithoutCancel(ctx))
	defer stopWorking()
	ended := make(chan error, 2)
	go a.env.Watch(working)
	go func() { ended <- a.server.Serve(a.listener) }()
	worked := make(chan error, 1)
	go func() {
		err := a.queue.Run(working, a.engine.Work)
		worked <- err
		if err != nil {
			ended <- fmt.Errorf("run the queue: %w", err)
		}
	}()
	a.options.Logger.Info("listening", "address", a.Addr(), "database", a.Store.Dialect())
	var failure error
	select {
	case <-ctx.Done():
		a.options.Logger.Info("shutting down", "timeout", a.cfg.ShutdownTimeout)
	case failure = <-ended:
	}
	failure = errors.Join(failure, a.drain())
	stopWorking()
	if err := <-worked; err != nil && !errors.Is(err, context.Canceled) {
		failure = errors.Join(failure, err)
	}
	return failure
}

// drain stops accepting and waits for the callers that are being served.
func (a *App) drain() error {
	a.accept.Drain()
	ctx, cancel := context.WithTimeout(context.Background(), a.cfg.ShutdownTimeout*3/4)
	defer cancel()
	err := a.server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return a.server.Close()
	}
	return err
}

// Close releases everything that Open has opened.
func (a *App) Close() error {
	var errs []error
	if a.listener != nil {
		if err := a.listener.Close(); !errors.Is(err, net.ErrClosed) {
			errs = append(errs, err)
		}
	}
	if a.accept != nil {
		a.accept.Close()
	}
	if a.scripts != nil {
		errs = append(errs, a.scripts.Close())
	}
	if a.Store != nil {
		errs = append(errs, a.Store.Close())
	}
	return errors.Join(errs...)
}
