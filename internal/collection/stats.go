package collection

import (
	"context"
	"fmt"

	"github.com/hookflow/hookflow/internal/store"
)

// MaxCount is up to how many records Stats counts.
const MaxCount = 1_000_000

// Stats says how much a collection holds.
type Stats struct {
	Rows      int64  `json:"rows" doc:"Records" zh:"记录数"`
	Estimated bool   `json:"estimated" doc:"The number is about right: there are more than a million" zh:"记录数为估计值（超过一百万）"`
	Bytes     *int64 `json:"bytes" doc:"What it takes on disk with its indexes; null where the database cannot tell quickly" zh:"占用磁盘字节数（含索引）；数据库无法快速给出时为 null"`
}

// Stats looks at one collection.
func (s *Service) Stats(ctx context.Context, collection string) (stats Stats, err error) {
	err = s.view(ctx, func(r store.Reader) error {
		t, err := s.table(r, collection)
		if err != nil {
			return err
		}
		if stats, err = t.stats(r); err != nil {
			return fmt.Errorf("measure %s: %w", collection, err)
		}
		return nil
	})
	return stats, err
}

func (t *table) stats(r store.Reader) (stats Stats, err error) {
	err = r.QueryRow("SELECT COUNT(*) FROM (SELECT 1 FROM "+t.physical+" LIMIT ?) counted", MaxCount+1).Scan(&stats.Rows)
	if err != nil {
		return stats, err
	}
	if stats.Estimated = stats.Rows > MaxCount; stats.Estimated {
		estimate := "SELECT MAX(rowid) FROM " + t.physical
		if t.postgres {
			estimate = "SELECT GREATEST(reltuples, 0)::bigint FROM pg_class WHERE oid = '" + t.physical + "'::regclass"
		}
		var about int64
		if err := r.QueryRow(estimate).Scan(&about); err != nil {
			return stats, err
		}
		stats.Rows = max(about, stats.Rows)
	}
	if t.postgres {
		err = r.QueryRow("SELECT pg_total_relation_size('" + t.physical + "'::regclass)").Scan(&stats.Bytes)
	}
	return stats, err
}
