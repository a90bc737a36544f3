package collection

import (
	"context"
	"fmt"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/file"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// fileType is a file that is kept as long as a record holds it, as {id, filename, contentType, size}.
// It takes what a request's multipart body has, an upload's id or {base64, filename, contentType}.
var fileType = &fieldType{
	name: "file", class: structure, sqlite: "JSONTEXT", postgres: "TEXT",
	in:  func(v value.Value, _ hookflow.FieldOptions) (any, error) { return string(v), file.Check(v) },
	out: rawOut,
}

// keepFiles is keepFile for a whole row.
func (s *Service) keepFiles(tx *store.Tx, t *table, r row, at string) (err error) {
	for _, c := range t.fields() {
		if r[c.position], err = s.keepFile(tx, c, r[c.position], at); err != nil {
			return err
		}
	}
	return nil
}

// keepFile has the file kept that is about to be stored in the column; what other columns store is
// returned as it is.
func (s *Service) keepFile(tx *store.Tx, c *column, stored any, at string) (any, error) {
	meant, ok := stored.(string)
	if c.typ != fileType || !ok {
		return stored, nil
	}
	kept, err := file.Keep(tx, value.Value(meant), s.clock)
	switch {
	case err == nil:
		return string(kept), nil
	case hookflow.CodeOf(err) == hookflow.CodeInternal:
		return nil, err
	default:
		return nil, hookflow.Invalid(badRecord, problem(at, c.Name, err))
	}
}

// Files visits the ids of all files that records hold.
func (s *Service) Files(ctx context.Context, visit func(id string)) error {
	return s.store.View(ctx, func(r store.Reader) error {
		known, err := s.catalogue(r)
		if err != nil {
			return err
		}
		for _, t := range known.tables {
			for _, c := range t.fields() {
				if c.typ != fileType {
					continue
				}
				if err := visitFiles(r, t, c, visit); err != nil {
					return fmt.Errorf("read the files of %s: %w", t.collection.Name, err)
				}
			}
		}
		return nil
	})
}

func visitFiles(r store.Reader, t *table, c *column, visit func(id string)) error {
	rows, err := r.Query("SELECT " + c.physical + " FROM " + t.physical + " WHERE " + c.physical + " IS NOT NULL")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var held string
		if err := rows.Scan(&held); err != nil {
			return err
		}
		visit(value.Value(held).Get("id").Text())
	}
	return rows.Err()
}
