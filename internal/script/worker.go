package script

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
)

// runsPerWorker is how many scripts a worker runs before it is replaced, so
// that nothing can build up in it.
const runsPerWorker = 500

// Worker is the child's side: it serves runs from in to out until in ends, it
// has served its share or something breaks. It returns the process's exit
// code. It confines the whole process for good, so call it in a process of its
// own: the program's js-worker command.
func Worker(in io.Reader, out io.Writer) int {
	if err := serve(bufio.NewReader(in), out); err != nil {
		fmt.Fprintln(os.Stderr, "js-worker:", err)
		return 1
	}
	return 0
}

func serve(in *bufio.Reader, out io.Writer) error {
	if err := confine(); err != nil {
		return err
	}
	modules := newPrelude()
	for range runsPerWorker {
		more, err := serveOne(modules, in, out)
		if err != nil || !more || cpuSpent() {
			return err
		}
	}
	return nil
}

// serveOne makes a machine, says that it is ready, waits for a run, answers
// it and throws the machine away. It returns false at the end of input.
func serveOne(modules *prelude, in *bufio.Reader, out io.Writer) (more bool, err error) {
	var broken error
	log := func(line Log) { broken = errors.Join(broken, writeFrame(out, reply{Log: &line})) }
	r, err := newRealm(modules, log)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, broken, r.close()) }()
	if err := writeFrame(out, reply{}); err != nil {
		return false, err
	}
	var q request
	texts, err := readFrame(in, maxRequest, &q)
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if len(texts) != 5 {
		return false, errFrame
	}
	if err := limitMemory(q.Memory); err != nil {
		return false, err
	}
	ended, value := r.run(q, string(texts[0]), string(texts[1]), string(texts[2]), string(texts[3]), string(texts[4]))
	return true, writeEnd(out, ended, value)
}

func writeEnd(out io.Writer, ended end, value *string) error {
	if ended.Error != nil {
		ended.Error = ended.Error.bounded()
	}
	if value == nil {
		return writeFrame(out, reply{End: &ended})
	}
	return writeFrame(out, reply{End: &ended}, []byte(*value))
}
