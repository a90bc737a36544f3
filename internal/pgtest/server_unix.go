//go:build unix

package pgtest

import (
	"bufio"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// keeper is the server's whole life. It outlives the test process by a moment:
// when its standard input ends, because the process did, it stops the server
// and removes its files.
const keeper = `
dir=$(mktemp -d "$TMPDIR/hookflow-pg-XXXXXX") || exit
if {
	initdb --pgdata="$dir/data" --username=hookflow --auth=trust --encoding=UTF8 --locale=C --no-sync &&
	pg_ctl start --wait --pgdata="$dir/data" --log="$dir/server.log" --options="-F -h '' -k '$dir' -c max_connections=200 -c shared_buffers=64MB -c full_page_writes=off"
} >"$dir/start.log" 2>&1 </dev/null
then echo "ready $dir"; read -r _
else cat "$dir"/*.log
fi
pg_ctl stop --mode=immediate --pgdata="$dir/data" >/dev/null 2>&1
rm -rf "$dir"
`

// start runs a server on a Unix socket of its own and returns the URL of its
// administrator.
func start() (string, error) {
	bin, err := binaries()
	if err != nil {
		return "", err
	}
	account, err := unprivileged()
	if err != nil {
		return "", err
	}
	temp := os.TempDir()
	cmd := exec.Command("/bin/sh", "-c", keeper) //nolint:noctx // it ends with the process, through its standard input
	cmd.Dir = temp                               // the server's account may be unable to enter ours
	cmd.Env = []string{"PATH=" + bin + ":/usr/bin:/bin", "TMPDIR=" + temp, "LC_ALL=C"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Credential: account} // out of reach of the terminal's Ctrl-C
	if _, err := cmd.StdinPipe(); err != nil {
		return "", err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", err
	}
	admin, err := answer(stdout)
	go func() { _ = cmd.Wait() }() // also keeps its standard input open
	return admin, err
}

func answer(stdout io.Reader) (string, error) {
	reader := bufio.NewReader(stdout)
	line, err := reader.ReadString('\n')
	dir, ready := strings.CutPrefix(strings.TrimSpace(line), "ready ")
	if err != nil || !ready {
		rest, _ := io.ReadAll(reader) // what could be read is the explanation
		return "", fmt.Errorf("it said: %s%s", line, rest)
	}
	admin := url.URL{Scheme: "postgres", User: url.User("hookflow"), Path: "/postgres", RawQuery: url.Values{"host": {dir}}.Encode()}
	return admin.String(), nil
}

// binaries returns the folder of initdb, from PATH or the usual places, newest
// version first.
func binaries() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	var found []string
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin/initdb", "/usr/pgsql-*/bin/initdb", "/opt/homebrew/opt/postgresql@*/bin/initdb"} {
		matches, err := filepath.Glob(pattern)
		if err != nil {
			return "", err
		}
		found = append(found, matches...)
	}
	if len(found) == 0 {
		return "", errNotInstalled
	}
	return filepath.Dir(slices.Max(found)), nil
}

// unprivileged returns the account for the server when this process is root,
// whom PostgreSQL refuses; otherwise nil, for the own one.
func unprivileged() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		account, err = user.Lookup("nobody")
	}
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL does not run as root, and there is no other account: %w", err)
	}
	uid, err := strconv.ParseUint(account.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(account.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}
