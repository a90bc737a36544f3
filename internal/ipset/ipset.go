// Package ipset keeps the named sets of addresses that allow and deny lists refer to: those that
// users fill, such as a provider's published ranges, and those that need no filling.
package ipset

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/network"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

const (
	// MaxRanges bounds the ranges of one set.
	MaxRanges = 20_000
	// MaxSets bounds the sets that users fill.
	MaxSets = 200

	topic = "ip-sets"
	// auditedRanges is how many ranges of a set its audit entry tells.
	auditedRanges = 100
)

var namePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,63}$`)

// builtIn are the sets that nobody fills.
var builtIn = map[string]network.Group{
	"private": network.Private, "loopback": network.Loopback, "link-local": network.LinkLocal, "public": network.Public,
}

// Set is a named set of addresses.
type Set struct {
	Name      string
	Ranges    []string // as CIDRs; none for a built-in set
	BuiltIn   bool
	UpdatedAt time.Time // zero for a built-in set
}

// Service keeps the sets: in the database, and in memory, where Contains looks.
type Service struct {
	store *store.Store
	clock hookflow.Clock
	log   *slog.Logger

	refresh sync.Mutex // at most one reads the table, so that an older reading never replaces a newer
	current atomic.Pointer[map[string]kept]
}

type kept struct {
	Set
	ranges ranges
}

// New reads the sets.
func New(ctx context.Context, s *store.Store, clock hookflow.Clock, log *slog.Logger) (*Service, error) {
	service := &Service{store: s, clock: clock, log: log}
	return service, service.Refresh(ctx)
}

// Watch follows the changes that other processes make, until ctx is done.
func (s *Service) Watch(ctx context.Context) {
	for changed := s.store.Watch(ctx, topic); ; {
		select {
		case <-ctx.Done():
			return
		case <-changed:
			if err := s.Refresh(ctx); err != nil && ctx.Err() == nil {
				s.log.Error("sets of addresses could not be read again; the old ones stay in use", "error", err)
			}
		}
	}
}

// Refresh reads the table into memory.
func (s *Service) Refresh(ctx context.Context) error {
	s.refresh.Lock()
	defer s.refresh.Unlock()
	rows, err := s.store.IPSets(ctx)
	if err != nil {
		return fmt.Errorf("read the sets of addresses: %w", err)
	}
	next := make(map[string]kept, len(rows))
	for _, row := range rows {
		parsed, lines, problems := parse(row.Ranges)
		if len(problems) > 0 {
			return fmt.Errorf("read the set of addresses %q: %s", row.Name, problems[0].Detail)
		}
		next[row.Name] = kept{Set{Name: row.Name, Ranges: lines, UpdatedAt: row.UpdatedAt}, parsed}
	}
	s.current.Store(&next)
	return nil
}

// Contains reports whether the set holds an address; known is false when there is no such set. It
// reads no database.
func (s *Service) Contains(name string, ip netip.Addr) (in, known bool) {
	if group, ok := builtIn[name]; ok {
		return ip.IsValid() && network.GroupOf(ip) == group, true
	}
	set, known := (*s.current.Load())[name]
	return set.ranges.contains(ip), known
}

// Known reports whether there is a set.
func (s *Service) Known(name string) bool {
	_, known := s.Contains(name, netip.Addr{})
	return known
}

// List returns all sets by name, the built-in ones first.
func (s *Service) List() []Set {
	var list []Set
	for _, name := range slices.Sorted(maps.Keys(builtIn)) {
		list = append(list, Set{Name: name, BuiltIn: true})
	}
	filled := *s.current.Load()
	for _, name := range slices.Sorted(maps.Keys(filled)) {
		list = append(list, filled[name].Set)
	}
	return list
}

// Get returns one set.
func (s *Service) Get(name string) (Set, error) {
	if _, ok := builtIn[name]; ok {
		return Set{Name: name, BuiltIn: true}, nil
	}
	set, ok := (*s.current.Load())[name]
	if !ok {
		return Set{}, notFound(name)
	}
	return set.Set, nil
}

func notFound(name string) error {
	return hookflow.Errorf(hookflow.CodeNotFound, "there is no set of addresses %q", name)
}

// Put fills a set with addresses and CIDRs, at most [MaxRanges]; empty lines and what is after # are
// left out. It reports whether the set is new.
func (s *Service) Put(ctx context.Context, name string, texts []string) (created bool, err error) {
	before, existing := (*s.current.Load())[name]
	_, lines, problems := parse(texts)
	problems = append(s.check(name, len(lines), existing), problems...)
	if len(problems) > 0 {
		return false, hookflow.Invalid("the set of addresses cannot be saved", problems...)
	}
	row := store.IPSet{Name: name, Ranges: lines, UpdatedAt: s.clock()}
	var shown value.Value
	if existing {
		shown = describe(before.Ranges)
	}
	err = s.change(ctx, "put", name, shown, describe(lines), func(tx *store.Tx) error { return tx.PutIPSet(row) })
	return !existing, err
}

func (s *Service) check(name string, lines int, existing bool) []hookflow.Problem {
	var problems []hookflow.Problem
	refuse := func(pointer, detail string) {
		problems = append(problems, hookflow.Problem{Pointer: pointer, Detail: detail})
	}
	if !namePattern.MatchString(name) {
		refuse("/name", "must hold at most 64 of a-z, 0-9, - and _, the first a letter or digit")
	}
	if _, ok := builtIn[name]; ok {
		refuse("/name", "is a built-in set, which cannot be changed")
	}
	if lines > MaxRanges {
		refuse("/ranges", fmt.Sprintf("must hold at most %d ranges", MaxRanges))
	}
	if !existing && len(*s.current.Load()) >= MaxSets {
		refuse("/name", fmt.Sprintf("there are %d sets already, which is the most", MaxSets))
	}
	return problems
}

// Delete removes a set. Allow lists that name it hold nothing for it any more, deny lists refuse
// everybody.
func (s *Service) Delete(ctx context.Context, name string) error {
	set, ok := (*s.current.Load())[name]
	if !ok {
		return notFound(name)
	}
	return s.change(ctx, "delete", name, describe(set.Ranges), nil, func(tx *store.Tx) error { return tx.DeleteIPSet(name) })
}

// describe is what the audit log tells of a set.
func describe(lines []string) value.Value {
	var first value.Array
	for _, line := range lines[:min(len(lines), auditedRanges)] {
		first.Append(value.String(line))
	}
	var out value.Object
	return out.Set("count", value.Int(int64(len(lines)))).Set("ranges", first.Value()).Value()
}

// change writes with its audit entry, and makes the change seen here before it returns.
func (s *Service) change(ctx context.Context, action, name string, before, after value.Value, write func(*store.Tx) error) error {
	err := s.store.Write(ctx, func(tx *store.Tx) error {
		if err := write(tx); err != nil {
			return err
		}
		tx.Notify(topic)
		return auth.Record(tx, auth.Change{
			ID: s.store.IDs().Next(), At: s.clock(), Action: action, Kind: "ip_set", Object: name, Before: before, After: after,
		})
	})
	if err != nil {
		return err
	}
	return s.Refresh(ctx)
}

// Lines takes a file of one range a line apart.
func Lines(file string) []string { return strings.Split(file, "\n") }
