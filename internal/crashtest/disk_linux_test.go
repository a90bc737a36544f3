package crashtest

import (
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

// disk is one that can be full.
type disk struct {
	dir        string
	fill, free func(*testing.T, *world)
}

var disks = map[string]func(*testing.T) disk{"no space left": smallDisk, "file too large": limitedFiles}

// A full disk is told to every caller, loses nothing, and when there is room
// again everything goes on.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	for name, makeDisk := range disks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := makeDisk(t)
			w := startIn(t, d.dir, []string{"load"}, workers)
			stop := w.fillUnderLoad(t, d)
			d.free(t, w)
			hookflowtest.Eventually(t, "callers are accepted again", func() bool { return w.answers(t) == http.StatusOK })
			await(t, "it goes on", w.outside.after(100))
			stop()
			w.ended(t, w.Server)
			w.prove(t, w.Server)
			if again := w.repeated("/tell"); len(again) > 0 {
				t.Errorf("%d calls were repeated though nothing died", len(again))
			}
			w.Kill()
			w.proveFile(t)
		})
	}
}

// A server that is killed while its disk is full has lost nothing either.
func TestKilledWhileDiskFull(t *testing.T) {
	t.Parallel()
	for name, makeDisk := range disks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := makeDisk(t)
			w := startIn(t, d.dir, []string{"load"}, workers)
			stop := w.fillUnderLoad(t, d)
			w.kill(t)
			stop()
			d.free(t, w)
			w.Restart()
			w.sendAll(t, w.Server, "load", 1)
			w.ended(t, w.Server)
			w.prove(t, w.Server)
			w.Kill()
			w.proveFile(t)
		})
	}
}

// fillUnderLoad fills the disk of a busy server and waits until callers are
// refused.
func (w *world) fillUnderLoad(t *testing.T, d disk) (stop func()) {
	t.Helper()
	point := w.outside.after(200)
	stop = w.load(t, w.Server, callers)
	await(t, "there is some load", point)
	d.fill(t, w)
	hookflowtest.Eventually(t, "a caller is refused", func() bool { return w.answers(t) == http.StatusServiceUnavailable })
	return stop
}

// answers sends a request and returns the status of the answer.
func (w *world) answers(t *testing.T) int {
	t.Helper()
	status, header, err := w.send(w.Server, "load")
	if err != nil {
		t.Fatalf("a caller got no answer: %v\n%s", err, w.Output())
	}
	if status == http.StatusServiceUnavailable && header.Get("Retry-After") == "" {
		t.Error("a refusal does not say when to come again")
	}
	return status
}

// smallDisk is a file system of its own, which only root can mount.
func smallDisk(t *testing.T) disk {
	t.Helper()
	root := t.TempDir()
	if err := unix.Mount("hookflow", root, "tmpfs", 0, "size=32m"); err != nil {
		t.Skipf("NOT TESTED ON A FULL DISK: a small one cannot be mounted: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(root, 0); err != nil {
			t.Errorf("unmount: %v", err)
		}
	})
	filler := filepath.Join(root, "filler")
	fill := func(t *testing.T, _ *world) {
		t.Helper()
		file, err := os.Create(filler)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close() //nolint:errcheck // it could not be written whole in any case
		if _, err := io.Copy(file, zeros{}); !errors.Is(err, syscall.ENOSPC) {
			t.Fatalf("the disk is not full: %v", err)
		}
	}
	free := func(t *testing.T, _ *world) {
		t.Helper()
		if err := os.Remove(filler); err != nil {
			t.Fatal(err)
		}
	}
	dir := filepath.Join(root, "data")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return disk{dir, fill, free}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}

// limitedFiles is a disk on which no file of the server may grow further: the
// kernel refuses that to a process as a full disk would.
func limitedFiles(t *testing.T) disk {
	t.Helper()
	dir := t.TempDir()
	fill := func(t *testing.T, w *world) {
		t.Helper()
		log, err := os.Stat(filepath.Join(dir, "hookflow.db-wal"))
		if err != nil {
			t.Fatal(err)
		}
		limitFiles(t, w.PID(), uint64(log.Size()))
	}
	free := func(t *testing.T, w *world) {
		t.Helper()
		limitFiles(t, w.PID(), unix.RLIM_INFINITY)
	}
	return disk{dir, fill, free}
}

func limitFiles(t *testing.T, pid int, size uint64) {
	t.Helper()
	var limit unix.Rlimit
	if err := unix.Prlimit(pid, unix.RLIMIT_FSIZE, nil, &limit); err != nil && !errors.Is(err, syscall.ESRCH) {
		t.Fatalf("read the limit: %v", err)
	}
	limit.Cur = min(size, limit.Max)
	if err := unix.Prlimit(pid, unix.RLIMIT_FSIZE, &limit, nil); err != nil && !errors.Is(err, syscall.ESRCH) {
		t.Fatalf("set the limit: %v", err)
	}
}
