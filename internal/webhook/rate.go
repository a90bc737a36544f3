package webhook

import (
	"fmt"
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/hookflow/hookflow"
)

// limit refuses requests past the endpoint's rate.
func limit(in *inbound) *verdict {
	l := in.found.limiter
	if l == nil {
		return nil
	}
	wait := l.take(in.client.IP, in.now)
	if wait <= 0 {
		return nil
	}
	return refuse(http.StatusTooManyRequests, hookflow.ReasonRateLimited, "too many requests",
		"more than "+l.String(), "Retry-After", strconv.FormatInt(int64((wait+time.Second-1)/time.Second), 10))
}

// maxBuckets bounds the clients that an endpoint counts one by one.
const maxBuckets = 10_000

// limiter is the token buckets of one endpoint. Clients past maxBuckets share one.
type limiter struct {
	requests int
	per      time.Duration
	byIP     bool

	mu      sync.Mutex
	shared  *rate.Limiter
	buckets map[netip.Prefix]*rate.Limiter
	swept   time.Time
}

func (c *compiler) rateLimit(config *hookflow.RateLimit) *limiter {
	if config == nil {
		return nil
	}
	if config.Per <= 0 {
		c.refuse("/rateLimit/per", "must be more than 0")
		return nil
	}
	l := &limiter{requests: config.Requests, per: config.Per.Std(), byIP: config.By == "ip", buckets: map[netip.Prefix]*rate.Limiter{}}
	l.shared = l.newBucket()
	return l
}

func (l *limiter) String() string {
	return fmt.Sprintf("%d requests in %s", l.requests, hookflow.Duration(l.per))
}

func (l *limiter) newBucket() *rate.Limiter {
	return rate.NewLimiter(rate.Limit(float64(l.requests)/l.per.Seconds()), l.requests)
}

// take takes a token, or says how long to wait for one.
func (l *limiter) take(ip netip.Addr, now time.Time) time.Duration {
	r := l.bucket(ip, now).ReserveN(now, 1)
	wait := r.DelayFrom(now)
	if wait > 0 {
		r.CancelAt(now)
	}
	return wait
}

func (l *limiter) bucket(ip netip.Addr, now time.Time) *rate.Limiter {
	if !l.byIP {
		return l.shared
	}
	client := network(ip)
	l.mu.Lock()
	defer l.mu.Unlock()
	if b := l.buckets[client]; b != nil {
		return b
	}
	if len(l.buckets) >= maxBuckets {
		l.sweep(now)
	}
	if len(l.buckets) >= maxBuckets {
		return l.shared
	}
	b := l.newBucket()
	l.buckets[client] = b
	return b
}

// sweep forgets full buckets, which is no loss, at most once a second.
func (l *limiter) sweep(now time.Time) {
	if now.Sub(l.swept) < time.Second {
		return
	}
	l.swept = now
	for client, b := range l.buckets {
		if b.TokensAt(now) >= float64(l.requests) {
			delete(l.buckets, client)
		}
	}
}

// network is what counts as one client: an IPv4 address, or the /64 that a client can pick IPv6
// addresses from.
func network(ip netip.Addr) netip.Prefix {
	bits := ip.BitLen()
	if ip.Is6() {
		bits = 64
	}
	prefix, _ := ip.Prefix(bits)
	return prefix
}
