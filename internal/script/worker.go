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
	m := machines{modules: newPrelude(), wire: newWire(in, out)}
	for range runsPerWorker {
		more, err := m.serveOne()
		if err != nil || !more || cpuSpent() {
			return errors.Join(err, m.closeAll())
		}
	}
	return m.closeAll()
}

// machines are those of a worker: the next run's, and one that is kept because
// its engine takes long to load.
type machines struct {
	modules    *prelude
	wire       *wire
	next, kept *realm
}

// serveOne makes a machine, says that it is ready, waits for a run, answers
// it and throws the machine away. It returns false at the end of input.
func (m *machines) serveOne() (more bool, err error) {
	if m.next == nil {
		if m.next, err = newRealm(m.modules, m.wire); err != nil {
			return false, err
		}
	}
	m.wire.say(reply{})
	q, texts, err := m.wire.nextRun()
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if err := limitMemory(q.Memory); err != nil {
		return false, err
	}
	r, err := m.take(q.Engine)
	if err != nil {
		return false, err
	}
	ended, value := r.run(q, string(texts[0]), string(texts[1]), string(texts[2]), string(texts[3]), string(texts[4]))
	m.wire.end(ended, value)
	return true, errors.Join(m.wire.broken, m.put(r, ended))
}

// take returns the machine for a run.
func (m *machines) take(e Engine) (*realm, error) {
	switch {
	case !e.isSlow():
		r := m.next
		m.next = nil
		return r, nil
	case m.kept == nil:
		m.kept, m.next = m.next, nil
		if err := m.kept.load(e); err != nil {
			return nil, fmt.Errorf("load engine %s: %w", e, err)
		}
	}
	m.wire.say(reply{Begun: true})
	return m.kept, nil
}

// put throws a machine away, or keeps it when nothing in it can be broken.
func (m *machines) put(r *realm, ended end) error {
	if r != m.kept {
		return r.close()
	}
	if e := ended.Error; e == nil || e.Kind == KindError || e.Kind == KindSyntax {
		return nil
	}
	m.kept = nil
	return r.close()
}

func (m *machines) closeAll() (err error) {
	for _, r := range []*realm{m.next, m.kept} {
		if r != nil {
			err = errors.Join(err, r.close())
		}
	}
	return err
}

// A wire is the worker's side of the talk with the server.
type wire struct {
	in     *bufio.Reader
	out    io.Writer
	broken error // the first thing that could not be said
	seen   int   // messages since the run

	// A script may wait for a message and for a timer at once: then the message
	// comes through the channel.
	heard     chan heard
	listening bool
}

// heard is one message with its texts, or why there is none.
type heard struct {
	message
	texts [][]byte
	err   error
}

func newWire(in *bufio.Reader, out io.Writer) *wire {
	return &wire{in: in, out: out, heard: make(chan heard, 1)}
}

func (w *wire) read() (h heard) {
	h.texts, h.err = readFrame(w.in, maxMessage, &h.message)
	return h
}

// listen returns the channel of the next message. Whoever takes it tells so by
// took.
func (w *wire) listen() <-chan heard {
	if !w.listening {
		w.listening = true
		go func() { w.heard <- w.read() }()
	}
	return w.heard
}

func (w *wire) took() { w.listening = false }

// next waits for the next message.
func (w *wire) next() heard {
	if !w.listening {
		return w.read()
	}
	defer w.took()
	return <-w.heard
}

func (w *wire) say(r reply, texts ...[]byte) {
	if w.broken == nil {
		w.broken = writeFrame(w.out, r, texts...)
	}
}

func (w *wire) end(ended end, value *string) {
	if ended.Error != nil {
		ended.Error = ended.Error.bounded()
	}
	if value == nil {
		w.say(reply{End: &ended})
		return
	}
	w.say(reply{End: &ended}, []byte(*value))
}

// nextRun waits for a run. What comes before it was meant for the one that has
// ended.
func (w *wire) nextRun() (request, [][]byte, error) {
	for {
		switch h := w.next(); {
		case h.err != nil:
			return request{}, nil, h.err
		case h.Run == nil:
			continue
		case len(h.texts) != runTexts:
			return request{}, nil, errFrame
		default:
			w.seen = 0
			return *h.Run, h.texts, nil
		}
	}
}

const runTexts = 5
