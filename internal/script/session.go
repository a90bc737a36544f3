package script

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
)

// A session is the server's side of one run: it sends the script's requests,
// and gives the run's place among those that compute to others while the
// script only waits. So a slow receiver keeps a process busy and no processor.
type session struct {
	run    Run
	worker *worker
	ctx    context.Context // of what is done for the run; over with the run
	end    context.CancelFunc
	turns  *turns

	writing sync.Mutex // one message at a time

	mu   sync.Mutex
	held bool // the run has its turn
	sent int  // messages that are written or about to be

	loaded chan struct{} // gets a word when the engine is there

	begun  int // requests
	open   atomic.Int32
	aborts map[int]context.CancelFunc
	work   sync.WaitGroup
}

func newSession(ctx context.Context, t *turns, r Run) *session {
	s := &session{run: r, turns: t, aborts: map[int]context.CancelFunc{}, loaded: make(chan struct{}, 1)}
	s.ctx, s.end = context.WithCancel(ctx)
	return s
}

// take waits for the run's turn.
func (s *session) take() error {
	s.mu.Lock()
	held := s.held
	s.mu.Unlock()
	if held {
		return nil
	}
	if err := s.turns.take(s.ctx, s.run.Group); err != nil {
		return err
	}
	s.mu.Lock()
	s.held = true
	s.mu.Unlock()
	return nil
}

// give gives the turn back, if the run has it.
func (s *session) give() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.giveLocked()
}

func (s *session) giveLocked() {
	if s.held {
		s.held = false
		s.turns.give(s.run.Group)
	}
}

// rest gives the turn back unless a message is on its way that the script has
// not seen: then it will not wait.
func (s *session) rest(i idle) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i.Seen == s.sent {
		s.giveLocked()
	}
}

// send lets the script go on with a message, when it is its turn.
func (s *session) send(m message, texts ...[]byte) {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.Lock()
	s.sent++
	s.mu.Unlock()
	if s.take() == nil {
		_ = writeFrame(s.worker.in, m, texts...) // a worker that does not read has died, which its reader sees
	}
}

func (s *session) wake() { s.work.Go(func() { s.send(message{}) }) }

// fetch sends a request in the background. The limits are the worker's to
// keep: one that breaks them is not to be trusted.
func (s *session) fetch(call *fetchCall, body []byte) error {
	s.begun++
	if s.begun > MaxFetches || s.open.Add(1) > MaxFetchesOpen || len(body) > MaxFetchBody {
		return errFrame
	}
	ctx, abort := context.WithCancel(s.ctx)
	s.aborts[call.Number] = abort
	s.work.Go(func() {
		defer abort()
		answer, content := answerOf(s.ask(ctx, call, body))
		s.open.Add(-1)
		s.send(message{Answer: &answer}, content)
	})
	return nil
}

var errNoNetwork = errors.New("this script has no network")

func (s *session) ask(ctx context.Context, call *fetchCall, body []byte) (int, *FetchResponse, error) {
	if s.run.Fetch == nil {
		return call.Number, nil, errNoNetwork
	}
	response, err := s.run.Fetch(ctx, FetchRequest{
		Number: call.Number, Method: call.Method, URL: call.URL, Headers: call.Headers, Body: body,
		FollowRedirects: call.Follow, Timeout: s.run.Timeout,
	})
	return call.Number, response, err
}

// engineIsThere passes on that the engine is there, once.
func (s *session) engineIsThere() {
	select {
	case s.loaded <- struct{}{}:
	default:
	}
}

func (s *session) abort(number int) {
	if abort := s.aborts[number]; abort != nil {
		abort()
	}
}

// finish ends what is still being done for the run.
func (s *session) finish() {
	s.end()
	s.work.Wait()
}
