package channel

import (
	"crypto/sha256"
	"strings"
	"sync"
	"time"
)

// maxTokens bounds how many access tokens are kept.
const maxTokens = 256

// Tokens keeps the access tokens that providers give for a while. The zero value
// is empty; it is safe for concurrent use.
type Tokens struct {
	mu   sync.Mutex
	kept map[[sha256.Size]byte]token
}

type token struct {
	text    string
	expires time.Time
}

func tokenKey(of []string) [sha256.Size]byte { return sha256.Sum256([]byte(strings.Join(of, "\x00"))) }

// get returns the token that was given for some credentials, "" for none.
func (t *Tokens) get(now time.Time, of ...string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	kept := t.kept[tokenKey(of)]
	if !now.Before(kept.expires) {
		return ""
	}
	return kept.text
}

// put keeps a token; when there are too many, the others are asked for again.
func (t *Tokens) put(text string, expires time.Time, of ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.kept == nil || len(t.kept) >= maxTokens {
		t.kept = map[[sha256.Size]byte]token{}
	}
	t.kept[tokenKey(of)] = token{text, expires}
}
