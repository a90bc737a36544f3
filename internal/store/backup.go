package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"github.com/hookflow/hookflow"
)

// CopySQLite writes the SQLite database at path, as it is at one moment, to a new file. Whoever has
// it open goes on reading and writing meanwhile. The copy is not synced to disk.
func CopySQLite(ctx context.Context, path, to string) error {
	if _, err := os.Stat(path); err != nil {
		return hookflow.Errorf(hookflow.CodeNotFound, "there is no database: %w", err)
	}
	db, err := sql.Open("sqlite", sqliteDSN(path, "rw"))
	if err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", to)
	if err = errors.Join(err, db.Close()); err != nil {
		return fmt.Errorf("copy the database: %w", err)
	}
	return nil
}

// ReplaceSQLite makes a copy of a database, in the same directory, the one at path. It refuses a
// copy that is damaged or of a newer program, and while another process uses the database there.
func ReplaceSQLite(ctx context.Context, path, from string) error {
	if err := checkCopy(ctx, from); err != nil {
		return err
	}
	b := &sqliteBackend{lock: flock.New(path+".lock", flock.SetPermissions(0o600))}
	if err := b.take(path); err != nil {
		return err
	}
	defer func() { _ = b.lock.Unlock() }() // the process ends soon, and the lock with it
	for _, suffix := range []string{"-wal", "-shm"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("replace the database: %w", err)
		}
	}
	if err := errors.Join(syncPath(from), os.Rename(from, path), syncPath(filepath.Dir(path))); err != nil {
		return fmt.Errorf("replace the database: %w", err)
	}
	return nil
}

// syncPath makes a file, or the names in a directory, durable.
func syncPath(path string) error {
	file, err := os.Open(path) //nolint:gosec // the path is the operator's setting
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// checkCopy reads the whole of a database and brings it to this version, as every opening does.
func checkCopy(ctx context.Context, path string) error {
	found, err := integrity(ctx, path)
	if err != nil {
		found = err.Error()
	}
	if found != "ok" {
		return hookflow.Errorf(hookflow.CodeInvalid, "the copy of the database is damaged: %s", found)
	}
	b, err := openSQLite(ctx, path, true)
	if err != nil {
		return err
	}
	return b.close()
}

func integrity(ctx context.Context, path string) (found string, err error) {
	db, err := sql.Open("sqlite", sqliteDSN(path, "ro"))
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	err = db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&found)
	return found, err
}
