package app

import (
	"context"
	"crypto/rand"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/config"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/workflow"
)

// The sample shows a whole path: a caller that proves itself, a decision, a
// record, an answer. Its token is a secret of this installation.
const (
	sampleKey   = "sample"
	sampleToken = "SAMPLE_TOKEN"
	startedMeta = "started" // set once the sample has been made
)

var sampleCollection = hookflow.Collection{
	Name: "sample_contacts", Title: "Sample contacts",
	Fields: []hookflow.Field{
		{Name: "name", Type: "string", Title: "Name"},
		{Name: "email", Type: "email", Title: "E-mail", Required: true, Index: true},
		{Name: "source", Type: "string", Title: "Source"},
	},
}

const sampleWorkflow = `{
  "key": "sample",
  "title": "Sample: a form becomes a contact",
  "enabled": true,
  "trigger": {
    "type": "webhook",
    "config": {
      "mode": "sync",
      "verification": {"scheme": "token", "header": "X-Sample-Token", "value": "{{$env.SAMPLE_TOKEN}}"}
    }
  },
  "nodes": [
    {
      "key": "has_email",
      "title": "Is there an e-mail address?",
      "type": "condition",
      "config": {"left": "{{$context.data.email}}", "op": "notEmpty"},
      "branches": {
        "true": [
          {
            "key": "contact",
            "title": "Keep the contact",
            "type": "create",
            "config": {
              "collection": "sample_contacts",
              "values": {
                "name": "{{$context.data.name}}",
                "email": "{{$context.data.email}}",
                "source": "{{$context.ip}}"
              }
            }
          },
          {
            "key": "created",
            "title": "Answer with the record",
            "type": "response",
            "config": {"status": 201, "body": {"message": "Thank you, {{$context.data.name}}!", "id": "{{$steps.contact.id}}"}}
          }
        ],
        "false": [
          {
            "key": "refused",
            "title": "Say what is missing",
            "type": "response",
            "config": {"status": 422, "body": {"message": "email is missing"}}
          }
        ]
      }
    }
  ]
}`

// firstStart makes the sample on an empty database, and prints where things
// are.
func (a *App) firstStart(ctx context.Context) error {
	base := a.base()
	a.print("Hookflow is listening on %s\n", base)
	link, err := a.Auth.NewSetupToken(ctx)
	if err != nil {
		return err
	}
	if link != "" {
		a.print("\nMake the first administrator with this one-time link:\n  %s/setup#token=%s\nor from here:\n  %s\n", base, link, setupCommand(base, link))
	}
	started, err := a.Store.Meta(ctx, startedMeta)
	if err != nil || started != "" {
		return err
	}
	token := rand.Text()
	if err := a.makeSample(ctx, token); err != nil {
		return err
	}
	a.print("\nTry the sample webhook:\n  %s\n", sampleCurl(base, token))
	a.print("\nThen look at what happened, with a key of your own:\n  %s api-key create --name me --role admin%s\n", program(), a.dataFlag())
	a.print("  curl -H 'Authorization: Bearer THE_KEY' %s/api/executions\n", base)
	return nil
}

// program is how this program was called, as far as another call needs it.
func program() string {
	if name := os.Args[0]; strings.ContainsRune(name, filepath.Separator) {
		return name
	}
	return "hookflow"
}

// dataFlag makes a command find this server's data.
func (a *App) dataFlag() string {
	if a.cfg.DataDir == config.DefaultDataDir {
		return ""
	}
	return " --data-dir '" + a.cfg.DataDir + "'"
}

func (a *App) makeSample(ctx context.Context, token string) error {
	if _, err := a.env.Put(ctx, sampleToken, token, true); err != nil {
		return fmt.Errorf("keep the sample's token: %w", err)
	}
	if _, err := a.Collections.Save(ctx, sampleCollection); err != nil {
		return fmt.Errorf("make the sample collection: %w", err)
	}
	document, err := workflow.Decode([]byte(sampleWorkflow), sampleKey)
	if err != nil {
		return fmt.Errorf("read the sample workflow: %w", err)
	}
	if _, err := a.Workflows.Save(ctx, document, workflow.Replace); err != nil {
		return fmt.Errorf("save the sample workflow: %w", err)
	}
	return a.Store.Write(ctx, func(tx *store.Tx) error {
		return tx.SetMeta(startedMeta, "yes")
	})
}

func setupCommand(base, token string) string {
	return "curl -X POST " + base + "/api/auth/setup -H 'Content-Type: application/json'" +
		` -d '{"token":"` + token + `","email":"you@example.com","password":"choose-a-long-one"}'`
}

func sampleCurl(base, token string) string {
	return "curl -X POST " + base + "/api/webhooks/" + sampleKey + " -H 'Content-Type: application/json' -H 'X-Sample-Token: " + token +
		`' -d '{"name":"Ada","email":"ada@example.com"}'`
}

// base is where people reach this server.
func (a *App) base() string {
	if a.cfg.PublicURL != "" {
		return strings.TrimSuffix(a.cfg.PublicURL, "/")
	}
	scheme := "http://"
	if a.tls != nil {
		scheme = "https://"
	}
	host, port, err := net.SplitHostPort(a.Addr())
	if err != nil {
		return scheme + a.Addr()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	if len(a.cfg.ACMEDomains) > 0 {
		host = a.cfg.ACMEDomains[0]
	}
	if a.tls != nil && port == "443" {
		return scheme + host
	}
	return scheme + net.JoinHostPort(host, port)
}

func (a *App) print(format string, args ...any) {
	_, _ = fmt.Fprintf(a.options.Stdout, format, args...)
}
