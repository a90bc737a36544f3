package node

import (
	"context"
	"crypto/sha256"
	"fmt"
	"sync"
	"time"
)

// maxTokens bounds how many access tokens are kept.
const maxTokens = 256

// Tokens keeps the access tokens that services give for a while, in memory. The
// zero value is empty; it is safe for concurrent use.
type Tokens struct {
	mu   sync.Mutex
	kept map[TokenKey]*keptToken
}

// TokenKey is the hash of all that a token depends on.
type TokenKey [sha256.Size]byte

// KeyOf returns the key of a token that depends on these texts, lists of texts
// and bytes.
func KeyOf(parts ...any) TokenKey { return sha256.Sum256(fmt.Appendf(nil, "%q", parts)) }

// Token is an access token and when to ask for another.
type Token struct {
	Text    string
	Expires time.Time
}

type keptToken struct {
	turn chan struct{} // holds a value while somebody reads or fetches it
	Token
}

// Get returns the token under a key, or what fetch brings, which is kept until it
// expires. Who asks while it is fetched waits for it.
func (t *Tokens) Get(ctx context.Context, key TokenKey, now time.Time, fetch func(context.Context) (Token, error)) (string, error) {
	kept := t.place(key)
	select {
	case kept.turn <- struct{}{}:
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
	defer func() { <-kept.turn }()
	if now.Before(kept.Expires) {
		return kept.Text, nil
	}
	fetched, err := fetch(ctx)
	if err == nil {
		kept.Token = fetched
	}
	return fetched.Text, err
}

// Refuse forgets a token that a service does not take any more, unless another
// one is kept by now.
func (t *Tokens) Refuse(ctx context.Context, key TokenKey, text string) {
	kept := t.place(key)
	select {
	case kept.turn <- struct{}{}:
	case <-ctx.Done():
		return
	}
	defer func() { <-kept.turn }()
	if kept.Text == text {
		kept.Token = Token{}
	}
}

// place is where a token is kept; when there are too many, the others are fetched
// again.
func (t *Tokens) place(key TokenKey) *keptToken {
	t.mu.Lock()
	defer t.mu.Unlock()
	if found := t.kept[key]; found != nil {
		return found
	}
	if t.kept == nil || len(t.kept) >= maxTokens {
		t.kept = map[TokenKey]*keptToken{}
	}
	added := &keptToken{turn: make(chan struct{}, 1)}
	t.kept[key] = added
	return added
}
