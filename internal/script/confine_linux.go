package script

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

const (
	// cpuBudget is what a worker may burn in its life: two threads for the
	// longest run after it passed cpuRetire.
	cpuBudget = 2*60 + 30 // seconds
	cpuRetire = 15        // seconds, after which it is replaced between runs
	openFiles = 16
)

// confine gives up what no script needs. It is called in the worker.
func confine() error {
	closeInherited()
	for resource, limit := range map[int]uint64{
		unix.RLIMIT_CPU:    cpuBudget,
		unix.RLIMIT_FSIZE:  0,
		unix.RLIMIT_NOFILE: openFiles,
		unix.RLIMIT_CORE:   0,
	} {
		if err := unix.Setrlimit(resource, &unix.Rlimit{Cur: limit, Max: limit}); err != nil {
			return fmt.Errorf("set resource limit %d: %w", resource, err)
		}
	}
	signal.Ignore(syscall.SIGXFSZ)
	return noNewPrivileges()
}

// closeInherited closes what the server had been given open by its own parent
// and passed on without knowing. What this process opened itself is marked to
// close on exec; what came through an exec cannot be.
func closeInherited() {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return
	}
	for _, entry := range entries {
		fd, err := strconv.Atoi(entry.Name())
		if err != nil || fd <= syscall.Stderr {
			continue
		}
		if flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0); err == nil && flags&unix.FD_CLOEXEC == 0 {
			_ = unix.Close(fd)
		}
	}
}

// noNewPrivileges covers every thread, or where the program was built with
// cgo, which forbids that, this one.
func noNewPrivileges() error {
	_, _, errno := syscall.AllThreadsSyscall(unix.SYS_PRCTL, unix.PR_SET_NO_NEW_PRIVS, 1, 0)
	if errno == syscall.ENOTSUP {
		return unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
	}
	if errno != 0 {
		return fmt.Errorf("give up privileges: %w", errno)
	}
	return nil
}

// limitMemory lets the address space grow by what a run of this heap may take
// in all. The Go runtime reserves far more than it uses, so the limit starts
// from there.
func limitMemory(heap int64) error {
	pages, err := statm("self", 0)
	if err != nil {
		return nil //nolint:nilerr // without /proc the heap's limit and the server's watch remain
	}
	limit := uint64(pages*int64(os.Getpagesize()) + rssFactor*heap) //nolint:gosec // both are positive and far from overflow
	var current unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_AS, &current); err != nil {
		return fmt.Errorf("read address space limit: %w", err)
	}
	current.Cur = min(limit, current.Max)
	if err := unix.Setrlimit(unix.RLIMIT_AS, &current); err != nil {
		return fmt.Errorf("set address space limit: %w", err)
	}
	return nil
}

// cpuSpent reports whether this process has used enough processor time to be
// replaced.
func cpuSpent() bool {
	var usage unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &usage); err != nil {
		return true
	}
	return usage.Utime.Sec+usage.Stime.Sec >= cpuRetire
}

// residentBytes is the memory that a process has in use, 0 when unknown.
func residentBytes(pid int) int64 {
	pages, err := statm(strconv.Itoa(pid), 1)
	if err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}

// peakBytes is the most memory that this process ever had in use, 0 when
// unknown.
func peakBytes() int64 {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := bytes.Cut(text, []byte("VmHWM:"))
	line, _, _ := bytes.Cut(rest, []byte("kB\n"))
	kilobytes, err := strconv.ParseInt(string(bytes.TrimSpace(line)), 10, 64)
	if err != nil {
		return 0
	}
	return kilobytes << 10
}

// statm returns a field of /proc/PID/statm, in pages: 0 is the size of the
// address space, 1 what of it is resident. A process of its own namespace
// knows itself only as "self".
func statm(pid string, field int) (int64, error) {
	text, err := os.ReadFile("/proc/" + pid + "/statm") //nolint:gosec // a number or "self"
	if err != nil {
		return 0, err
	}
	fields := bytes.Fields(text)
	if len(fields) <= field {
		return 0, fmt.Errorf("statm of process %s: %d fields", pid, len(fields))
	}
	return strconv.ParseInt(string(fields[field]), 10, 64)
}

// isolate sets how the kernel keeps a worker apart: a group of its own, gone
// with the server, and with namespaces no network and no sight of other
// processes, as nobody.
func isolate(cmd *exec.Cmd, namespaces bool) {
	attr := &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if namespaces {
		const nobody = 65534
		attr.Cloneflags = syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET | syscall.CLONE_NEWPID | syscall.CLONE_NEWIPC
		attr.UidMappings = []syscall.SysProcIDMap{{ContainerID: nobody, HostID: os.Getuid(), Size: 1}}
		attr.GidMappings = []syscall.SysProcIDMap{{ContainerID: nobody, HostID: os.Getgid(), Size: 1}}
	}
	cmd.SysProcAttr = attr
}

const canIsolate = true
