// Command bench measures the whole path of a webhook against a floor in the
// same run: a bare server that reads the same body and answers. The server runs
// in this process, the callers in a child process; both share the machine. The
// workflow decides on a field and writes a record of four fields; every
// acknowledgement is durable and every step is recorded.
//
// With the argument scripts it measures the nodes that run code instead, next to
// the same code in Node's vm module.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"runtime/pprof"
	"strconv"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "load" {
		exit(load(os.Args[2:]))
	}
	if len(os.Args) > 1 && os.Args[1] == "scripts" {
		exit(scripts(os.Args[2:]))
	}
	if len(os.Args) > 1 && os.Args[1] == "js-worker" {
		os.Exit(jsWorker())
	}
	var o options
	flag.DurationVar(&o.duration, "duration", 4*time.Second, "length of each measurement")
	flag.StringVar(&o.callers, "callers", "1,16,64", "numbers of callers at once")
	flag.StringVar(&o.modes, "modes", "async,sync", "async, sync and script (sync with an HMAC in JavaScript)")
	flag.StringVar(&o.database, "database-url", "", "PostgreSQL instead of SQLite; its tables are added to")
	flag.StringVar(&o.profile, "profile", "", "write a CPU profile of the last measurement to this file, and one of its allocations to FILE.allocs")
	flag.Parse()
	exit(run(context.Background(), o))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

type options struct {
	duration                          time.Duration
	callers, modes, database, profile string
}

// measure is what one measurement came to.
type measure struct {
	Requests int     `json:"requests"`
	Seconds  float64 `json:"seconds"`
	P50      float64 `json:"p50"` // milliseconds
	P99      float64 `json:"p99"`

	completed     float64 // executions per second, until the last had ended
	cpu           float64 // microseconds of this process per request
	allocs, bytes float64 // per request
	disk          float64 // bytes per execution
}

func (m measure) rate() float64 { return float64(m.Requests) / m.Seconds }

func run(ctx context.Context, o options) error {
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintf(table, "mode\tcallers\tfloor/s\tfloor p50/p99 ms\taccepted/s\tp50/p99 ms\tcompleted/s\tof floor\tCPU µs\tallocs\tKB alloc\tdisk B\t\n")
	for _, mode := range strings.Split(o.modes, ",") {
		for _, text := range strings.Split(o.callers, ",") {
			callers, err := strconv.Atoi(text)
			if err != nil {
				return fmt.Errorf("callers: %w", err)
			}
			floor, err := measureFloor(o, callers)
			if err != nil {
				return fmt.Errorf("measure the floor: %w", err)
			}
			m, err := measureServer(ctx, o, mode, callers)
			if err != nil {
				return fmt.Errorf("measure %s with %d callers: %w", mode, callers, err)
			}
			_, _ = fmt.Fprintf(table, "%s\t%d\t%.0f\t%.2f / %.2f\t%.0f\t%.2f / %.2f\t%.0f\t%.3f\t%.0f\t%.0f\t%.1f\t%.0f\t\n",
				mode, callers, floor.rate(), floor.P50, floor.P99, m.rate(), m.P50, m.P99,
				m.completed, m.completed/floor.rate(), m.cpu, m.allocs, m.bytes/1024, m.disk)
		}
	}
	return table.Flush()
}

// drive runs the callers in a child process, and measures what they cost this
// one; drained returns when everything they started has ended.
func drive(o options, callers int, url string, drained func() error) (measure, error) {
	var m measure
	if err := callersAt(url, callers, time.Second, &m); err != nil { // warm up
		return m, err
	}
	if err := drained(); err != nil {
		return m, err
	}
	runtime.GC()
	before, began := snapshot(), time.Now()
	if err := callersAt(url, callers, o.duration, &m); err != nil {
		return m, err
	}
	if err := drained(); err != nil {
		return m, err
	}
	after, n := snapshot(), float64(m.Requests)
	m.completed = n / time.Since(began).Seconds()
	m.cpu = float64((after.cpu - before.cpu).Microseconds()) / n
	m.allocs = float64(after.memory.Mallocs-before.memory.Mallocs) / n
	m.bytes = float64(after.memory.TotalAlloc-before.memory.TotalAlloc) / n
	return m, nil
}

type usage struct {
	cpu    time.Duration
	memory runtime.MemStats
}

func snapshot() usage {
	var u usage
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err == nil {
		u.cpu = time.Duration(r.Utime.Nano() + r.Stime.Nano())
	}
	runtime.ReadMemStats(&u.memory)
	return u
}

// callersAt runs the child.
func callersAt(url string, callers int, duration time.Duration, m *measure) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	child := exec.Command(self, "load", url, strconv.Itoa(callers), duration.String()) //nolint:gosec,noctx // this program itself, and it ends by itself
	child.Stderr = os.Stderr
	out, err := child.Output()
	if err != nil {
		return fmt.Errorf("the callers failed: %w", err)
	}
	return json.Unmarshal(out, m)
}

func profiled(path string, fn func() error) error {
	if path == "" {
		return fn()
	}
	file, err := os.Create(path) //nolint:gosec // the user names the file
	if err != nil {
		return err
	}
	defer file.Close() //nolint:errcheck // a profile that is cut short is seen at once
	if err := pprof.StartCPUProfile(file); err != nil {
		return err
	}
	defer pprof.StopCPUProfile()
	if err := fn(); err != nil {
		return err
	}
	allocs, err := os.Create(path + ".allocs") //nolint:gosec // the user names the file
	if err != nil {
		return err
	}
	return errors.Join(pprof.Lookup("allocs").WriteTo(allocs, 0), allocs.Close())
}
