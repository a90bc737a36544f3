package store

import (
	"context"
	"strings"
	"time"
)

// IPSet is a named set of addresses, each line one range.
type IPSet struct {
	Name      string
	Ranges    []string
	UpdatedAt time.Time
}

// IPSets returns all sets by name.
func (s *Store) IPSets(ctx context.Context) ([]IPSet, error) {
	return collect(s.backend.reader(ctx), scanIPSet, "SELECT name, ranges, updated_at FROM hf_ip_sets ORDER BY name")
}

func scanIPSet(row Row) (set IPSet, err error) {
	var lines string
	err = row.Scan(&set.Name, &lines, (*stamp)(&set.UpdatedAt))
	set.Ranges = strings.Fields(lines)
	return set, err
}

// PutIPSet adds a set or replaces it.
func (tx *Tx) PutIPSet(set IPSet) error {
	return tx.put(`
		INSERT INTO hf_ip_sets (name, ranges, updated_at) VALUES (?, ?, ?)
		ON CONFLICT (name) DO UPDATE SET ranges = excluded.ranges, updated_at = excluded.updated_at`,
		set.Name, strings.Join(set.Ranges, "\n"), micros(set.UpdatedAt))
}

// DeleteIPSet removes a set; CodeNotFound when there is none.
func (tx *Tx) DeleteIPSet(name string) error {
	return tx.putOne(notFound("set of addresses"), "DELETE FROM hf_ip_sets WHERE name = ?", name)
}
