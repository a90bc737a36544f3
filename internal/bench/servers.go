package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/app"
	"github.com/hookflow/hookflow/internal/config"
	"github.com/hookflow/hookflow/internal/script"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/workflow"
)

func jsWorker() int { return script.Worker(os.Stdin, os.Stdout) }

// measureFloor measures a server that reads the same body and answers.
func measureFloor(o options, callers int) (measure, error) {
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return measure{}, err
	}
	server := &http.Server{
		ReadHeaderTimeout: time.Minute,
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if _, err := io.Copy(io.Discard, r.Body); err == nil {
				_, _ = io.WriteString(w, "ok")
			}
		}),
	}
	go func() { _ = server.Serve(listener) }()
	defer server.Close() //nolint:errcheck // nothing is lost with it
	return drive(o, callers, "http://"+listener.Addr().String()+"/", func() error { return nil })
}

// The workflows measured: a decision on a field and a record of four fields,
// answered at once, at the end, or after a script that computes an HMAC.
var workflows = map[string]string{
	"async": `{"key":"bench","enabled":true,"trigger":{"type":"webhook","config":{"mode":"async"}},"nodes":[` + decideAndSave + `]}`,
	"sync": `{"key":"bench","enabled":true,"trigger":{"type":"webhook","config":{"mode":"sync"}},"nodes":[` + decideAndSave + `,
		{"key":"reply","type":"response","config":{"status":201,"body":{"id":"{{$steps.save.id}}"}}}]}`,
	"script": `{"key":"bench","enabled":true,"trigger":{"type":"webhook","config":{"mode":"sync"}},"nodes":[
		{"key":"sign","type":"javascript","config":{"code":"return require('crypto').createHmac('sha256','secret').update(JSON.stringify(context.data)).digest('hex')"}},
		{"key":"reply","type":"response","config":{"status":200,"body":{"signature":"{{$steps.sign}}"}}}]}`,
}

const decideAndSave = `{"key":"paid","type":"condition","config":{"left":"{{$context.data.event}}","op":"equals","right":"order.paid"},
	"branches":{"true":[{"key":"save","type":"create","config":{"collection":"orders","values":{
		"order_id":"{{$context.data.id}}","customer":"{{$context.data.customer.name}}","email":"{{$context.data.customer.email}}","amount":"{{$context.data.amount}}"}}}]}}`

var orders = hookflow.Collection{Name: "orders", Fields: []hookflow.Field{
	{Name: "order_id", Type: "string", Required: true},
	{Name: "customer", Type: "string"},
	{Name: "email", Type: "string"},
	{Name: "amount", Type: "decimal"},
}}

// measureServer measures the whole program on an empty database.
func measureServer(ctx context.Context, o options, mode string, callers int) (m measure, err error) {
	document, ok := workflows[mode]
	if !ok {
		return m, fmt.Errorf("there is no mode %q", mode)
	}
	dir, err := os.MkdirTemp("", "hookflow-bench")
	if err != nil {
		return m, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary folder
	server, err := start(ctx, o, dir)
	if err != nil {
		return m, err
	}
	defer func() {
		if err == nil {
			m.disk, err = server.stop(dir)
		}
	}()
	if err := server.prepare(ctx, document); err != nil {
		return m, err
	}
	err = profiled(o.profile, func() error {
		m, err = drive(o, callers, "http://"+server.app.Addr()+"/api/webhooks/bench", func() error { return server.drained(ctx) })
		return err
	})
	return m, err
}

type server struct {
	app    *app.App
	cancel context.CancelFunc
	ended  chan error
}

func start(ctx context.Context, o options, dir string) (*server, error) {
	env := []string{
		"HOOKFLOW_ADDR=127.0.0.1:0", "HOOKFLOW_DATA_DIR=" + dir, "HOOKFLOW_DATABASE_URL=" + o.database,
		"HOOKFLOW_SECRET_KEY=" + strings.Repeat("00", 32), // nothing secret is measured
	}
	flags := config.Bind(flag.NewFlagSet("bench", flag.ContinueOnError))
	cfg, _, err := flags.Load(env, func(string) ([]byte, error) { return nil, fs.ErrNotExist })
	if err != nil {
		return nil, err
	}
	a, err := app.Open(ctx, cfg, app.Options{Stdout: io.Discard, Logger: slog.New(slog.DiscardHandler), Clock: time.Now})
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	s := &server{app: a, cancel: cancel, ended: make(chan error, 1)}
	go func() { s.ended <- a.Run(ctx) }()
	return s, nil
}

func (s *server) prepare(ctx context.Context, document string) error {
	if _, err := s.app.Collections.Save(ctx, orders); err != nil {
		return err
	}
	parsed, err := workflow.Decode([]byte(document), "bench")
	if err != nil {
		return err
	}
	_, err = s.app.Workflows.Save(ctx, parsed, workflow.Replace)
	return err
}

// drained waits until every execution has ended.
func (s *server) drained(ctx context.Context) error {
	for {
		left, err := s.app.Store.CountExecutions(ctx, store.ExecutionFilter{Status: hookflow.StatusQueued})
		if err != nil {
			return err
		}
		if left == 0 {
			return nil
		}
		<-time.After(2 * time.Millisecond)
	}
}

// stop ends the server and returns what its files take per execution.
func (s *server) stop(dir string) (float64, error) {
	executions, err := s.app.Store.CountExecutions(context.Background(), store.ExecutionFilter{})
	if err != nil {
		return 0, err
	}
	s.cancel()
	if err := <-s.ended; err != nil {
		return 0, err
	}
	if err := s.app.Close(); err != nil {
		return 0, err
	}
	var total int64
	files, err := filepath.Glob(filepath.Join(dir, "hookflow.db*"))
	if err != nil {
		return 0, err
	}
	for _, file := range files {
		if info, err := os.Stat(file); err == nil {
			total += info.Size()
		}
	}
	return float64(total) / float64(executions), nil
}
