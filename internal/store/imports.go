package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hookflow/hookflow"
)

// Import is a file whose rows become records of a collection, and how far that has come.
type Import struct {
	ID         hookflow.ID
	Collection string // name
	Format     string
	UpsertBy   string          // unique field; "" is none
	Status     hookflow.Status // running, succeeded or aborted
	Total      int64           // rows
	Done       int64           // that are records now
	Failed     int64           // that could not become one
	Errors     []ImportError   // the first ones
	ActorType  string          // who asked for it
	ActorID    hookflow.ID
	ActorName  string
	CreatedAt  time.Time
	FinishedAt time.Time // zero until it ended
}

// ImportError is what is wrong with a row.
type ImportError struct {
	Row    int    `json:"row"`
	Line   int    `json:"line,omitempty"`
	Field  string `json:"field,omitempty"`
	Detail string `json:"detail"`
}

const (
	// maxImports is how many imports that have ended are remembered.
	maxImports = 1000
	// MaxRunningImports is how many imports may be under way.
	MaxRunningImports = 20
)

// PackImport does outside of a transaction what takes time.
func PackImport(file []byte) []byte { return pack(file) }

// InsertImport adds an import that nobody runs yet, with its packed file.
func (tx *Tx) InsertImport(i *Import, packedFile []byte) error {
	var running int
	if err := tx.QueryRow("SELECT count(*) FROM hf_imports WHERE status = 'running'").Scan(&running); err != nil {
		return err
	}
	if running >= MaxRunningImports {
		return hookflow.Errorf(hookflow.CodeOverloaded, "%d imports are under way already; wait for one to end", running)
	}
	tx.Queue(`
		INSERT INTO hf_imports (id, collection, format, upsert_by, status, total, done, failed, errors, actor_type, actor_id, actor_name, created_at, finished_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		i.ID, i.Collection, i.Format, i.UpsertBy, string(i.Status), i.Total, i.Done, i.Failed, tx.json(i.Errors),
		i.ActorType, i.ActorID, i.ActorName, micros(i.CreatedAt), micros(i.FinishedAt))
	tx.Queue(`
		DELETE FROM hf_imports WHERE status <> 'running' AND id <= (
			SELECT o.id FROM hf_imports o WHERE o.status <> 'running' ORDER BY o.id DESC LIMIT 1 OFFSET ?)`, maxImports)
	return tx.put("INSERT INTO hf_import_data (import_id, data) VALUES (?, ?)", i.ID, packedFile)
}

const selectImport = `
	SELECT id, collection, format, upsert_by, status, total, done, failed, errors, actor_type, actor_id, actor_name, created_at, finished_at FROM hf_imports`

func scanImport(row Row) (i Import, err error) {
	var failures []byte
	err = row.Scan(&i.ID, &i.Collection, &i.Format, &i.UpsertBy, &i.Status, &i.Total, &i.Done, &i.Failed, &failures,
		&i.ActorType, &i.ActorID, &i.ActorName, (*stamp)(&i.CreatedAt), (*stamp)(&i.FinishedAt))
	return i, errors.Join(err, decode(failures, &i.Errors))
}

// Import returns one import, or CodeNotFound.
func (s *Store) Import(ctx context.Context, id hookflow.ID) (Import, error) {
	return one(s.backend.reader(ctx), scanImport, "import", selectImport+" WHERE id = ?", id)
}

// Imports lists imports, newest first; a collection's only, unless it is "".
func (s *Store) Imports(ctx context.Context, collection string, page Page) ([]Import, string, error) {
	c := importsOf(collection)
	tail, err := c.page(page, "id")
	if err != nil {
		return nil, "", err
	}
	items, err := collect(s.backend.reader(ctx), scanImport, selectImport+tail, c.args...)
	if err != nil {
		return nil, "", fmt.Errorf("list imports: %w", err)
	}
	items, next := cut(page, items, func(i Import) hookflow.ID { return i.ID })
	return items, next, nil
}

// CountImports counts what Imports lists.
func (s *Store) CountImports(ctx context.Context, collection string) (int64, error) {
	c := importsOf(collection)
	return count(s.backend.reader(ctx), "SELECT count(*) FROM hf_imports"+c.where(), c.args...)
}

func importsOf(collection string) *conditions {
	c := &conditions{}
	if collection != "" {
		c.add("collection = ?", text(collection))
	}
	return c
}

// ClaimImport makes this process the one that runs the oldest import that has not ended and that no
// living process runs, and returns its file; CodeNotFound when there is none. An import that is this
// process's already is claimed again.
func (s *Store) ClaimImport(ctx context.Context) (Import, []byte, error) {
	free := "status = 'running' AND (owner IS NULL OR owner = ? OR " + ownerIsDead[s.Dialect()] + ")"
	i, err := one(s.backend.reader(ctx), scanImport, "import", selectImport+" WHERE "+free+" ORDER BY id LIMIT 1", s.process)
	if err != nil {
		return i, nil, err
	}
	err = s.Write(ctx, func(tx *Tx) error {
		return tx.putOne(ErrFenced, "UPDATE hf_imports SET owner = ? WHERE id = ? AND "+free, s.process, i.ID, s.process)
	})
	if err != nil {
		return i, nil, err
	}
	scan := func(row Row) (file []byte, err error) {
		err = row.Scan(packed{&file})
		return file, err
	}
	file, err := one(s.backend.reader(ctx), scan, "file of the import", "SELECT data FROM hf_import_data WHERE import_id = ?", i.ID)
	return i, file, err
}

// AdvanceImport keeps how far this process's import has come, or that it has ended: then its file
// goes. It fails with ErrFenced when the import has been aborted or taken over.
func (s *Store) AdvanceImport(tx *Tx, i *Import) error {
	if i.Status != hookflow.StatusRunning {
		tx.Queue("DELETE FROM hf_import_data WHERE import_id = ?", i.ID)
	}
	return tx.putOne(ErrFenced, `
		UPDATE hf_imports SET status = ?, done = ?, failed = ?, errors = ?, finished_at = ?
		WHERE id = ? AND status = 'running' AND owner = ?`,
		string(i.Status), i.Done, i.Failed, tx.json(i.Errors), micros(i.FinishedAt), i.ID, s.process)
}

// AbortImport ends an import that runs, and reports whether it did.
func (tx *Tx) AbortImport(id hookflow.ID, at time.Time) (bool, error) {
	rows, err := tx.Exec("UPDATE hf_imports SET status = 'aborted', finished_at = ? WHERE id = ? AND status = 'running'", micros(at), id)
	tx.Queue("DELETE FROM hf_import_data WHERE import_id = ?", id)
	return rows == 1, err
}
