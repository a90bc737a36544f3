package script

import (
	"bytes"
	"os"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// aboutWorker returns the /proc directory of a worker that has served.
func aboutWorker(t *testing.T) string {
	t.Helper()
	pool := newTestPool(t, Options{Workers: 1})
	return "/proc/" + strconv.Itoa(onlyWorker(t, pool).cmd.Process.Pid)
}

func readText(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(bytes.TrimRight(text, "\n"))
}

func TestWorkerIsConfined(t *testing.T) {
	t.Parallel()
	about := aboutWorker(t)
	if environment := readText(t, about+"/environ"); environment != "" {
		t.Errorf("environment: %q", environment)
	}
	limits := strings.Join(strings.Fields(readText(t, about+"/limits")), " ")
	for _, want := range []string{
		"Max file size 0 0 bytes", "Max core file size 0 0 bytes", "Max open files 16 16 files", "Max cpu time 150 150 seconds",
	} {
		if !strings.Contains(limits, want) {
			t.Errorf("limits lack %q: %s", want, limits)
		}
	}
	if strings.Contains(limits, "Max address space unlimited") {
		t.Errorf("the address space has no limit: %s", limits)
	}
	if raceEnabled {
		return // that build has cgo, which forbids a call on all threads
	}
	if status := readText(t, about+"/status"); !strings.Contains(status, "NoNewPrivs:\t1") {
		t.Errorf("may gain privileges: %s", status)
	}
}

// A descriptor that a process inherited is not marked to close on exec; its
// own are.
func TestWorkerInheritsNoFiles(t *testing.T) {
	t.Parallel()
	leak, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = leak.Close() })
	if _, err := unix.FcntlInt(leak.Fd(), unix.F_SETFD, 0); err != nil {
		t.Fatal(err)
	}
	about := aboutWorker(t)
	entries, err := os.ReadDir(about + "/fdinfo")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		fd, err := strconv.Atoi(entry.Name())
		if err != nil || fd <= 2 {
			continue
		}
		_, rest, _ := strings.Cut(readText(t, about+"/fdinfo/"+entry.Name()), "flags:\t")
		octal, _, _ := strings.Cut(rest, "\n")
		if flags, err := strconv.ParseInt(octal, 8, 64); err != nil || flags&unix.O_CLOEXEC == 0 {
			t.Errorf("descriptor %d came from the server: flags %s, %v", fd, octal, err)
		}
	}
}

func TestNoMemoryForAnError(t *testing.T) {
	t.Parallel()
	if raceEnabled {
		t.Skip("the race detector takes more memory than the script's limit")
	}
	for _, code := range []string{
		"const all = []; for (;;) all.push({})",
		"let list = null; for (;;) list = {list}",
		"globalThis.all = []; setTimeout(() => { for (;;) all.push({}) }); await new Promise(() => {})",
	} {
		pool := newTestPool(t, Options{Workers: 1})
		if _, err := pool.Run(t.Context(), Run{Code: code, Memory: 32 << 20, Timeout: long}); kindOf(err) != KindMemory {
			t.Errorf("%s: got %v, want kind %q", code, err, KindMemory)
		}
		if _, err := pool.Run(t.Context(), Run{Code: "throw null", Memory: 32 << 20, Timeout: long}); kindOf(err) != KindError {
			t.Errorf("throw null after %s: got %v, want kind %q", code, err, KindError)
		}
	}
}
