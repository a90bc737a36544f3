package verify

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/hookflow/hookflow"
)

const (
	maxPage         = 1 << 20          // bytes of a page
	maxPages        = 128              // URLs that are remembered
	maxURL          = 2048             // bytes
	fetchTimeout    = 5 * time.Second  // callers wait for their answer
	retryAfter      = 30 * time.Second // a page that could not be fetched is not asked for again before
	newPagesAtOnce  = 10               // URLs of one domain that may become known at once,
	newPageInterval = 6 * time.Second  // and how often one more may
)

// Fetch gets a page by HTTPS. It follows no redirect to another host and returns at most a page of
// 1 MiB and a byte, by which a larger one is known.
type Fetch func(ctx context.Context, url string) (status int, body []byte, err error)

// NewRemote returns a [Remote] that remembers pages. Whoever sends requests may name the page to be
// fetched, so it fetches no more than needed: once for all who ask at the same time, not soon again
// what could not be had, and new URLs of one domain only now and then.
func NewRemote(fetch Fetch, clock hookflow.Clock) Remote {
	return &remote{fetch: fetch, clock: clock, pages: map[string]*page{}, domains: map[string]*rate.Limiter{}}
}

type remote struct {
	fetch Fetch
	clock hookflow.Clock

	mu      sync.Mutex
	pages   map[string]*page
	domains map[string]*rate.Limiter
}

// page is what is known of a URL.
type page struct {
	body    []byte // the last that came, nil for none
	fetched time.Time
	last    *attempt
}

// attempt is one fetch, under way until done is closed.
type attempt struct {
	begun time.Time
	done  chan struct{}
	body  []byte
	err   error
}

var errTooMany = errors.New("too many pages of this domain were asked for; try again in a minute")

func (r *remote) Get(ctx context.Context, address string, age time.Duration) ([]byte, error) {
	target, err := url.Parse(address)
	if err != nil || target.Scheme != "https" || target.Host == "" || target.User != nil || len(address) > maxURL {
		return nil, errors.New("only an https URL of at most 2,048 bytes can be fetched")
	}
	if age == 0 {
		ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
		defer cancel()
		return r.load(ctx, address)
	}
	body, running, err := r.look(address, domain(target.Hostname()), age)
	if running == nil {
		return body, err
	}
	select {
	case <-running.done:
		return running.body, running.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// look finds what is remembered, or the attempt to wait for, which it begins when there is none.
func (r *remote) look(address, domain string, age time.Duration) ([]byte, *attempt, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.clock()
	p, known := r.pages[address]
	switch {
	case known && p.body != nil && now.Sub(p.fetched) <= age:
		return p.body, nil, nil
	case known && now.Sub(p.last.begun) < retryAfter && !p.last.succeeded():
		return nil, p.last, nil
	case !known && !r.limit(domain).AllowN(now, 1):
		return nil, nil, errTooMany
	case !known:
		p = &page{}
		r.makeRoom()
		r.pages[address] = p
	}
	p.last = &attempt{begun: now, done: make(chan struct{})}
	go r.run(address, p, p.last)
	return nil, p.last, nil
}

// run is nobody's request: a caller who goes away does not spoil it for the others.
func (r *remote) run(address string, p *page, a *attempt) {
	ctx, cancel := context.WithTimeout(context.Background(), fetchTimeout)
	defer cancel()
	a.body, a.err = r.load(ctx, address)
	r.mu.Lock()
	defer r.mu.Unlock()
	if a.err == nil {
		p.body, p.fetched = a.body, a.begun
	}
	close(a.done)
}

// succeeded is false while the attempt is under way.
func (a *attempt) succeeded() bool {
	select {
	case <-a.done:
		return a.err == nil
	default:
		return false
	}
}

func (r *remote) load(ctx context.Context, address string) ([]byte, error) {
	status, body, err := r.fetch(ctx, address)
	switch {
	case err != nil:
		return nil, err
	case status != http.StatusOK:
		return nil, fmt.Errorf("the answer has status %d", status)
	case len(body) > maxPage:
		return nil, errors.New("the answer is larger than 1 MiB")
	}
	return body, nil
}

// limit is that of a domain. The caller holds mu.
func (r *remote) limit(domain string) *rate.Limiter {
	limit, ok := r.domains[domain]
	if !ok {
		if len(r.domains) == maxPages {
			clear(r.domains)
		}
		limit = rate.NewLimiter(rate.Every(newPageInterval), newPagesAtOnce)
		r.domains[domain] = limit
	}
	return limit
}

// makeRoom forgets a page when there are too many: one that never came, else the oldest.
// The caller holds mu.
func (r *remote) makeRoom() {
	if len(r.pages) < maxPages {
		return
	}
	var oldest string
	for address, p := range r.pages {
		if oldest == "" || p.fetched.Before(r.pages[oldest].fetched) {
			oldest = address
		}
	}
	delete(r.pages, oldest)
}

// domain is the last two labels of a host, which one owner has whatever the host's first labels are.
func domain(host string) string {
	labels := strings.Split(host, ".")
	return strings.Join(labels[max(0, len(labels)-2):], ".")
}
