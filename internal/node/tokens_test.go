package node

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var tokenTime = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// service gives a new token each time, which lasts a minute.
type service struct {
	given atomic.Int32
	err   error
}

func (s *service) fetch(context.Context) (Token, error) {
	n := s.given.Add(1)
	return Token{Text: string(rune('a' + n - 1)), Expires: tokenTime.Add(time.Minute)}, s.err
}

func get(t *testing.T, tokens *Tokens, key byte, at time.Time, s *service) string {
	t.Helper()
	text, err := tokens.Get(t.Context(), TokenKey{key}, at, s.fetch)
	if err != nil {
		t.Error(err)
	}
	return text
}

func TestTokensAreKept(t *testing.T) {
	t.Parallel()
	var tokens Tokens
	s := &service{}
	for _, step := range []struct {
		name string
		key  byte
		at   time.Duration
		want string
	}{
		{"the first", 1, 0, "a"},
		{"kept", 1, time.Minute - 1, "a"},
		{"of others", 2, 0, "b"},
		{"expired", 1, time.Minute, "c"},
	} {
		if got := get(t, &tokens, step.key, tokenTime.Add(step.at), s); got != step.want {
			t.Errorf("%s: got %q, want %q", step.name, got, step.want)
		}
	}
}

func TestTokensAreFetchedOnce(t *testing.T) {
	t.Parallel()
	var tokens Tokens
	s := &service{}
	var callers sync.WaitGroup
	for range 20 {
		callers.Go(func() { get(t, &tokens, 1, tokenTime, s) })
	}
	callers.Wait()
	if n := s.given.Load(); n != 1 {
		t.Errorf("%d tokens were fetched", n)
	}
}

func TestTokensRefused(t *testing.T) {
	t.Parallel()
	var tokens Tokens
	s := &service{}
	get(t, &tokens, 1, tokenTime, s)
	tokens.Refuse(t.Context(), TokenKey{1}, "an older one")
	if got := get(t, &tokens, 1, tokenTime, s); got != "a" {
		t.Errorf("another token was refused, and %q is kept", got)
	}
	tokens.Refuse(t.Context(), TokenKey{1}, "a")
	if got := get(t, &tokens, 1, tokenTime, s); got != "b" {
		t.Errorf("%q is kept after it was refused", got)
	}
}

func TestTokensNotGiven(t *testing.T) {
	t.Parallel()
	var tokens Tokens
	s := &service{err: errors.New("no token")}
	if _, err := tokens.Get(t.Context(), TokenKey{1}, tokenTime, s.fetch); !errors.Is(err, s.err) {
		t.Errorf("got %v", err)
	}
	s.err = nil
	if got := get(t, &tokens, 1, tokenTime, s); got != "b" {
		t.Errorf("%q was kept though it came with an error", got)
	}
	gone, cancel := context.WithCancel(t.Context())
	_, err := tokens.Get(t.Context(), TokenKey{2}, tokenTime, func(context.Context) (Token, error) {
		cancel()
		_, err := tokens.Get(gone, TokenKey{2}, tokenTime, s.fetch) // while the first one is fetching
		return Token{}, err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("who gave up waiting got %v", err)
	}
}

func TestTokensAreBounded(t *testing.T) {
	t.Parallel()
	var tokens Tokens
	s := &service{}
	for i := range 3 * maxTokens {
		_, _ = tokens.Get(t.Context(), TokenKey{byte(i), byte(i >> 8)}, tokenTime, s.fetch)
	}
	if len(tokens.kept) > maxTokens {
		t.Errorf("%d tokens are kept", len(tokens.kept))
	}
}
