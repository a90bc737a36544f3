package auth

import (
	"context"
	"encoding/hex"
	"fmt"
	"net/netip"
	"time"

	"github.com/hookflow/hookflow/internal/store"
)

const (
	limitAttempts = 10
	limitWindow   = 10 * time.Minute
	// limitPrefix is how much of an IPv6 address one caller is taken to have.
	limitPrefix = 64
)

// RateLimitError refuses a log-in after too many wrong ones.
type RateLimitError struct{ RetryAfter time.Duration }

func (e *RateLimitError) Error() string {
	return fmt.Sprintf("too many wrong log-ins; try again in %s", e.RetryAfter.Round(time.Second))
}

// limiter counts the wrong log-ins of accounts and addresses in windows that begin with the first
// one, for all processes on the database. What it counts by is kept as a digest: people type
// passwords into the wrong field.
type limiter struct{ *Service }

// account and address are what log-ins are counted by.
func account(email string) string { return hex.EncodeToString(digestOf("account " + email)) }

func address(ip string) string {
	if parsed, err := netip.ParseAddr(ip); err == nil && parsed.Is6() && !parsed.Is4In6() {
		if prefix, err := parsed.Prefix(limitPrefix); err == nil {
			ip = prefix.String()
		}
	}
	return hex.EncodeToString(digestOf("address " + ip))
}

// begin counts an attempt as a wrong one before it is looked at, so that many at once cannot slip
// through; forgive takes it back. An attempt past the limit is refused without a write.
func (l limiter) begin(ctx context.Context, names ...string) error {
	now := l.clock()
	for _, name := range names {
		attempts, ends, err := l.store.LoginAttempts(ctx, name, now)
		if err != nil {
			return err
		}
		if attempts >= limitAttempts {
			return &RateLimitError{ends.Sub(now)}
		}
	}
	return l.store.Write(ctx, func(tx *store.Tx) error {
		tx.DeleteExpiredLogins(now)
		for _, name := range names {
			attempts, ends, err := tx.CountLogin(name, now, now.Add(limitWindow))
			if err != nil {
				return err
			}
			if attempts > limitAttempts {
				return &RateLimitError{ends.Sub(now)}
			}
		}
		return nil
	})
}

// forgive takes an attempt back that was right.
func forgive(tx *store.Tx, names ...string) error {
	for _, name := range names {
		if err := tx.ForgiveLogin(name); err != nil {
			return err
		}
	}
	return nil
}
