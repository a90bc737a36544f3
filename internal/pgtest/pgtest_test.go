package pgtest_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/hookflow/hookflow/internal/pgtest"
)

func TestDatabasesAreEmptyAndApart(t *testing.T) {
	t.Parallel()
	for range 3 {
		conn := connect(t, pgtest.URL(t))
		if _, err := conn.Exec(t.Context(), "CREATE TABLE same_name (id bigint)"); err != nil {
			t.Error(err)
		}
	}
}

const childVariable = "PGTEST_CHILD"

// The child of TestServerDiesWithProcess.
func TestChild(t *testing.T) {
	if os.Getenv(childVariable) == "" {
		t.Skip("only as a child")
	}
	fmt.Println("url", pgtest.URL(t))
	select {}
}

func TestServerDiesWithProcess(t *testing.T) {
	t.Parallel()
	if os.Getenv("HOOKFLOW_TEST_POSTGRES") != "" {
		t.Skip("the server is not ours")
	}
	pgtest.URL(t) // skips where there is none
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestChild$")
	child.Env = append(os.Environ(), childVariable+"=1")
	stdout, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	conn := connect(t, strings.TrimSpace(strings.TrimPrefix(line, "url ")))

	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if notification, err := conn.WaitForNotification(t.Context()); err == nil {
		t.Errorf("the server lives on and says %v", notification)
	}
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(t.Context()) })
	return conn
}
