// Package app puts the parts together: it opens everything from the settings,
// runs it, and closes it in the right order. It alone imports everything.
package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
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
	"github.com/hookflow/hookflow/internal/file"
	"github.com/hookflow/hookflow/internal/ipset"
	"github.com/hookflow/hookflow/internal/live"
	"github.com/hookflow/hookflow/internal/node"
	_ "github.com/hookflow/hookflow/internal/nodes" // registers the node types
	"github.com/hookflow/hookflow/internal/notify"
	"github.com/hookflow/hookflow/internal/queue"
	"github.com/hookflow/hookflow/internal/queue/local"
	"github.com/hookflow/hookflow/internal/queue/postgres"
	"github.com/hookflow/hookflow/internal/request"
	"github.com/hookflow/hookflow/internal/sample"
	"github.com/hookflow/hookflow/internal/script"
	"github.com/hookflow/hookflow/internal/secret"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/tlsserver"
	"github.com/hookflow/hookflow/internal/trigger"
	"github.com/hookflow/hookflow/internal/verify"
	"github.com/hookflow/hookflow/internal/webhook"
	"github.com/hookflow/hookflow/internal/webui"
	"github.com/hookflow/hookflow/internal/workflow"
)

// Options are what is no setting.
type Options struct {
	Stdout io.Writer // gets the address and the first steps
	Logger *slog.Logger
	Clock  hookflow.Clock
	Remote verify.Remote // where keys of providers are fetched; nil: from their pages
	// Settings are shown to administrators.
	Settings []config.Effective
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
	sets        *ipset.Service
	files       *file.Service
	scripts     *script.Pool
	channels    *notify.Service
	queue       queue.Queue
	engine      *engine.Engine
	accept      *accept.Service
	live        *live.Tail
	samples     *sample.Service
	log         deliveryLog

	listener, plainListener net.Listener // plain ones lead from http to https, or are nil
	server, plainServer     *http.Server
	tls                     *tlsserver.Server // nil: http
	traffic                 *traffic
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
	if a.sets, err = ipset.New(ctx, a.Store, o.Clock, o.Logger); err != nil {
		return nil, err
	}
	a.openEngine()
	a.openServices()
	if err := a.listen(ctx); err != nil {
		return nil, err
	}
	a.newServers()
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
	path := filepath.Join(a.cfg.DataDir, secret.KeyFile)
	_, missing := os.Stat(path)
	key, err := secret.LoadKey(a.cfg.SecretKey, a.cfg.DataDir, a.options.Logger)
	if err != nil {
		return fmt.Errorf("load the secret key: %w", err)
	}
	defer func() {
		if err != nil && missing != nil {
			_ = os.Remove(path) // a new key beside an old database would only mislead
		}
	}()
	a.env, err = secret.NewEnv(ctx, a.Store, key, a.options.Clock, a.options.Logger)
	return err
}

func (a *App) openEngine() {
	a.Collections = collection.New(a.Store, a.options.Clock)
	a.files = file.New(a.Store, a.options.Clock)
	a.scripts = script.NewPool(script.Options{Logger: a.options.Logger})
	a.queue = a.newQueue()
	client := egress.New(egress.Policy{Allow: a.cfg.EgressAllow, Deny: a.cfg.EgressDeny}, Version())
	a.channels = a.newChannels(client)
	a.engine = engine.New(engine.Deps{
		Store: a.Store, Queue: a.queue, Clock: a.options.Clock, Logger: a.options.Logger,
		Env: node.Env{
			Records:  &records{collections: a.Collections, store: a.Store},
			HTTP:     client,
			Channels: a.channels,
			Scripts:  &scripts{pool: a.scripts, clock: a.options.Clock},
			Files:    a.files,
			Tokens:   &node.Tokens{},
			Variable: variable(a.env),
		},
		RecordsIn: func(tx *store.Tx, by engine.Writer) node.Records {
			return &records{collections: a.Collections, store: a.Store, tx: tx, by: collection.Writer(by)}
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
		Store: a.Store, Clock: a.options.Clock, Compilers: []workflow.Compiler{checker{a.sets}, sourceChecker{a.scripts}, calls{a.Store}}, Endpoints: checker{},
		Types: types{}, Vault: a.env, Variable: a.env.Known,
	})
	a.live = live.New(live.Options{Store: a.Store, Logger: a.options.Logger})
	a.samples = sample.New(sample.Deps{
		Store: a.Store, Live: a.live, Clock: a.options.Clock, Logger: a.options.Logger, Reachable: a.reachable,
	})
}

func compileNodes(w hookflow.Workflow) (*engine.Plan, []hookflow.Problem) { return engine.Compile(&w) }

// loadInput reads the $context of a stored execution: its delivery parsed
// again, or the JSON it was started with.
func (a *App) loadInput(ctx context.Context, e *hookflow.Execution) (engine.Input, error) {
	if e.DeliveryID == 0 || len(e.Input) > 0 {
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

func (a *App) handler() http.Handler {
	measured := a.newMetrics()
	tests := a.newTests()
	door := webhook.New(webhook.Options{
		Acceptor: counting{acceptor{a.accept}, measured}, Env: a.env, Clock: a.options.Clock, Logger: a.options.Logger,
		MaxBody: int64(a.cfg.MaxBodyBytes), Trusted: a.cfg.TrustedProxies, PublicURL: a.cfg.PublicURL,
		Seal: a.env.Seal, Hides: a.env.Hides, Capture: a.capture, Previous: a.env.Previous, Sets: a.sets, Remote: a.remote(),
		Listening: a.samples.Listening, Testable: tests.testable,
	})
	hooks := newEndpoints(a.Store, a.env, a.options.Logger, door, tests)
	a.openDeliveryLog(door)
	admin := measured.Timed("api", api.New(api.Deps{
		Store: a.Store, Workflows: a.Workflows, Collections: a.Collections, Env: a.env, Auth: a.Auth,
		Runner:  &runner{accept: a.accept, engine: a.engine},
		Scripts: scriptTests{pool: a.scripts, client: a.engine.Env.HTTP},
		Replays: a.log.replays,
		Imports: a.log.imports,
		Live:    a.live,
		Samples: a.samples,
		Triggers: trigger.New(trigger.Deps{
			Store: a.Store, Workflows: a.Workflows, Env: a.env, Door: door, Hooks: hooks, Clock: a.options.Clock, Listening: a.samples.Listening,
		}),
		Channels: a.channels, ChannelTypes: channelTypes,
		NodeTypes: nodeTypes, NodeCommon: nodeCommon, TriggerTypes: triggerTypes, Schemes: schemes, Client: a.client,
		Files: a.files, IPSets: a.sets, Admits: a.admits, Trusted: a.cfg.TrustedProxies,
		HTTP: a.engine.Env.HTTP, Settings: a.options.Settings,
		PublicURL: a.cfg.PublicURL, MaxBody: int64(a.cfg.MaxBodyBytes), Version: Version(),
		Clock: a.options.Clock, Logger: a.options.Logger,
	}))
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", a.healthz)
	mux.HandleFunc("GET /readyz", a.readyz)
	mux.Handle("GET /metrics", measured.Handler())
	for _, machines := range []string{"/api", "/api/", "/healthz", "/readyz", "/metrics", "/.well-known/"} {
		mux.Handle(machines, admin) // where there is nothing else it answers with a problem, not with a page
	}
	mux.Handle("/", measured.Timed("ui", webui.New(webui.Built())))
	return hooksFirst(measured.Timed("webhooks", hooks), mux)
}

// hooksFirst keeps a webhook's path as it came: a mux answers one with // or ..
// in it with a redirect, and nobody would know of the request.
func hooksFirst(hooks, others http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isHook(r.URL.Path) {
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
	client := api.Client{IP: c.IP.String(), HTTPS: r.TLS != nil || c.Proto == "https", Base: strings.TrimSuffix(a.cfg.PublicURL, "/")}
	if client.Base == "" {
		client.Base = map[bool]string{true: "https://", false: "http://"}[client.HTTPS] + cmp.Or(c.Host, r.Host)
	}
	return client
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
	ended := make(chan error, 3)
	go a.env.Watch(working)
	go a.sets.Watch(working)
	go a.accept.Forget(working)
	go a.files.Run(working, a.Collections.Files, a.options.Logger)
	a.log.run(working)
	a.serve(working, ended)
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
	a.drain()
	stopWorking()
	if err := <-worked; err != nil && !errors.Is(err, context.Canceled) {
		failure = errors.Join(failure, err)
	}
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), a.cfg.ShutdownTimeout/20)
	defer cancel()
	return errors.Join(failure, a.stopServing(closing))
}

// drain takes nothing new and waits for the callers that are being served, long
// enough to leave the queue its quarter of the time.
func (a *App) drain() {
	a.accept.Drain()
	a.live.Close()
	ctx, cancel := context.WithTimeout(context.Background(), a.cfg.ShutdownTimeout*7/10)
	defer cancel()
	a.traffic.drain(ctx)
}

// Close releases everything that Open has opened.
func (a *App) Close() error {
	var errs []error
	for _, listener := range []net.Listener{a.listener, a.plainListener} {
		if listener == nil {
			continue
		}
		if err := listener.Close(); !errors.Is(err, net.ErrClosed) {
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
