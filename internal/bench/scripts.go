package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"text/tabwriter"
	"time"

	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/script"
	"github.com/hookflow/hookflow/internal/value"
)

// workload is what a node computes of the event, and the same for Node's vm: the
// body of an async function of context and library.
type workload struct {
	name, node, config string
	vm, library        string
}

const orderScript = `
const lines = context.data.lines.map((line, i) => ({ n: i + 1, sku: line.sku.toUpperCase(), sum: Number((line.price * line.quantity).toFixed(2)) }));
const total = Number(lines.reduce((sum, line) => sum + line.sum, 0).toFixed(2));
const name = context.data.customer.split(' ').map((word) => word[0].toUpperCase() + word.slice(1)).join(' ');
const order = JSON.stringify({ id: context.data.id, name, total, lines });
const signature = require('crypto').createHmac('sha256', 'secret').update(order).digest('hex');
return { ...JSON.parse(order), signature };`

var workloads = []workload{
	{
		name: "javascript: map, JSON, text, HMAC", node: "javascript",
		config: string(must(json.Marshal(map[string]string{"code": orderScript}))), vm: orderScript,
	},
	{
		name: "calculate: javascript", node: "calculate",
		config: `{"expression":"({{$context.data.lines}}).reduce((sum, line) => sum + line.price * line.quantity, 0).toFixed(2)"}`,
		vm:     `return context.data.lines.reduce((sum, line) => sum + line.price * line.quantity, 0).toFixed(2)`,
	},
	{
		name: "calculate: formula", node: "calculate",
		config: `{"engine":"formula","expression":"ROUND(SUM({{$context.data.prices}}) * 1.13, 2)"}`,
		vm:     `Object.assign(globalThis, library); return ROUND(SUM(context.data.prices) * 1.13, 2)`, library: engines + "formula.js",
	},
	{
		name: "calculate: math", node: "calculate",
		config: `{"engine":"math","expression":"round(sum({{$context.data.prices}}) * 1.13, 2)"}`,
		vm:     `return library.parse('round(sum(prices) * 1.13, 2)').compile().evaluate(context.data)`, library: engines + "math.js",
	},
	{
		name: "calculate: jsonata", node: "calculate",
		config: `{"engine":"jsonata","expression":"lines[price > 20].{'sku': $uppercase(sku), 'sum': price * quantity}"}`,
		vm:     `return library("lines[price > 20].{'sku': $uppercase(sku), 'sum': price * quantity}").evaluate(context.data)`, library: engines + "jsonata.js",
	},
}

// engines is where the libraries are, from the root of the module.
const engines = "internal/script/engines/"

// event is $context.
const event = `{"data":{"id":"A-1001","customer":"ada king lovelace","prices":[129.9,19.5,7.25,64,12.4,88.15,3.05,45.6],"lines":[
	{"sku":"kb-104-de","price":129.9,"quantity":1},{"sku":"ms-2-black","price":19.5,"quantity":2},
	{"sku":"pad-xl","price":7.25,"quantity":4},{"sku":"cam-1080","price":64,"quantity":1},
	{"sku":"cbl-usb-c","price":12.4,"quantity":3},{"sku":"hub-7","price":88.15,"quantity":1},
	{"sku":"clip","price":3.05,"quantity":10},{"sku":"arm-27","price":45.6,"quantity":2}]}}`

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// scripts measures the nodes that run code, alone and many at once, next to the
// same code in Node's vm.
func scripts(args []string) error {
	flags := flag.NewFlagSet("scripts", flag.ContinueOnError)
	duration := flags.Duration("duration", 2*time.Second, "length of each measurement")
	if err := flags.Parse(args); err != nil {
		return err
	}
	program, err := exec.LookPath("node")
	if err != nil {
		_, _ = fmt.Fprintln(os.Stdout, "node is not on the PATH: nothing to compare with")
	}
	pool := script.NewPool(script.Options{})
	defer pool.Close() //nolint:errcheck // it returns nil
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintf(table, "node\tcallers\tnodes/s\tp50/p99 ms\tvm, a context each/s\tof it\tvm, one context/s\tof it\t\n")
	for _, w := range workloads {
		if err := w.measure(table, pool, program, *duration); err != nil {
			return fmt.Errorf("measure %s: %w", w.name, err)
		}
	}
	return table.Flush()
}

// measure writes the rows of a workload; no program is no comparison.
func (w *workload) measure(table *tabwriter.Writer, pool *script.Pool, program string, duration time.Duration) error {
	result, err := w.run(pool)
	if err != nil {
		return err
	}
	var rates [2]float64
	for i, fresh := range []bool{true, false} {
		if program == "" {
			continue
		}
		if rates[i], err = w.runInNode(program, duration, fresh, result); err != nil {
			return err
		}
	}
	runs := func(_ int, until time.Time) ([]time.Duration, error) { return w.runUntil(pool, until) }
	for _, callers := range []int{1, 2 * runtime.NumCPU()} {
		if _, err := closedLoop(callers, duration/10, runs); err != nil { // warm up
			return err
		}
		m, err := closedLoop(callers, duration, runs)
		if err != nil {
			return err
		}
		_, _ = fmt.Fprintf(table, "%s\t%d\t%.0f\t%.2f / %.2f\t%s\t%s\t\n",
			w.name, callers, m.rate(), m.P50, m.P99, compared(m.rate(), rates[0]), compared(m.rate(), rates[1]))
	}
	return nil
}

// compared is a rate of Node's and the ratio to it.
func compared(ours, theirs float64) string {
	if theirs == 0 {
		return "–\t–"
	}
	return fmt.Sprintf("%.0f\t%.3f", theirs, ours/theirs)
}

func (w *workload) runUntil(pool *script.Pool, until time.Time) (times []time.Duration, err error) {
	for {
		began := time.Now()
		if began.After(until) {
			return times, nil
		}
		if _, err := w.run(pool); err != nil {
			return nil, err
		}
		times = append(times, time.Since(began))
	}
}

// run runs the node as the engine does, but for the commit of its step.
func (w *workload) run(pool *script.Pool) (value.Value, error) {
	config, _ := value.Compile(value.Raw(w.config))
	outcome, err := node.Lookup(w.node).Run(context.Background(), config, &node.Run{
		Workflow: "bench", NodeKey: w.node, Attempt: 1,
		Scope:   eventScope{},
		Context: func() value.Value { return value.Raw(event) },
		Steps:   func() value.Value { return value.Raw(`{}`) },
		Env:     &node.Env{Scripts: sandbox{pool}},
	})
	if err != nil {
		return nil, err
	}
	return outcome.(node.Done).Result, nil
}

type eventScope struct{}

func (eventScope) Lookup(path value.Path) value.Value { return value.Raw(event).Get(path.Segments...) }

// sandbox gives nodes the pool, as the program does.
type sandbox struct{ pool *script.Pool }

func (s sandbox) Run(ctx context.Context, job node.Script) (node.ScriptResult, error) {
	result, err := s.pool.Run(ctx, script.Run{
		Engine: script.Engine(job.Engine), Code: job.Code, Group: job.Group, Context: json.RawMessage(job.Context),
		Steps: json.RawMessage(job.Steps), Env: json.RawMessage(job.Env), Params: json.RawMessage(job.Params), Timeout: job.Timeout,
	})
	return node.ScriptResult{Value: value.Value(result.Value)}, err
}

//go:embed testdata/vm.mjs
var vmProgram string

// runInNode is the rate of Node's vm. Its result must be that of the node.
func (w *workload) runInNode(program string, duration time.Duration, fresh bool, want value.Value) (float64, error) {
	task := must(json.Marshal(map[string]any{
		"code": w.vm, "library": w.library, "input": event, "milliseconds": duration.Milliseconds(), "fresh": fresh,
	}))
	child := exec.Command(program, "--input-type=module", "-e", vmProgram, "--", string(task)) //nolint:gosec,noctx // Node, with our own program that ends by itself
	child.Stderr = os.Stderr
	out, err := child.Output()
	if err != nil {
		return 0, fmt.Errorf("node failed: %w", err)
	}
	var m struct {
		measure
		Result value.Value `json:"result"`
	}
	if err := json.Unmarshal(out, &m); err != nil {
		return 0, err
	}
	if !value.Equal(m.Result, want) {
		return 0, errors.New("Node gives " + string(m.Result) + " and the node " + string(want))
	}
	return m.rate(), nil
}
