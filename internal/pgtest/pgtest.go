// Package pgtest gives tests empty PostgreSQL databases.
//
// The server is the one that the environment variable HOOKFLOW_TEST_POSTGRES
// names (the URL of a role that may create databases), else a throw-away one,
// started once per test process from the PostgreSQL that is installed and gone
// with the process, however it ends. The throw-away server runs without fsync:
// it survives the death of its clients, not a power cut.
package pgtest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
)

const serverVariable = "HOOKFLOW_TEST_POSTGRES"

var errNotInstalled = errors.New("no PostgreSQL is installed (initdb is neither in PATH nor in a usual place)")

// server finds or starts the server of this test process, once.
var server = sync.OnceValues(func() (string, error) {
	if configured := os.Getenv(serverVariable); configured != "" {
		return configured, nil
	}
	return start()
})

// URL returns the URL of a new, empty database, dropped when the test ends. It
// skips the test where no server can be had, and fails it where one should
// work and does not.
func URL(t testing.TB) string {
	t.Helper()
	admin, err := server()
	if errors.Is(err, errNotInstalled) {
		t.Skipf("NOT TESTED ON POSTGRESQL: %v; install it or set %s", err, serverVariable)
	}
	if err != nil {
		t.Fatalf("start PostgreSQL: %v", err)
	}
	u, err := url.Parse(admin)
	if err != nil {
		t.Fatalf("%s is not a URL", serverVariable)
	}
	name := "hookflow_test_" + strings.ToLower(rand.Text())
	if err := execute(t.Context(), admin, "CREATE DATABASE "+name+" TEMPLATE template0 ENCODING 'UTF8'"); err != nil {
		t.Fatalf("create database: %v", err)
	}
	t.Cleanup(func() {
		if err := execute(context.WithoutCancel(t.Context()), admin, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("drop database: %v", err)
		}
	})
	u.Path = "/" + name
	return u.String()
}

func execute(ctx context.Context, admin, statement string) error {
	conn, err := pgx.Connect(ctx, admin)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	_, err = conn.Exec(ctx, statement)
	return errors.Join(err, conn.Close(ctx))
}
