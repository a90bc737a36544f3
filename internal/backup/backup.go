// Package backup writes all that a data directory keeps to one file, and makes a data directory of
// one.
//
// The file is a gzipped tar archive of manifest.json, the database and, when that is asked for, the
// secret key. Certificates of ACME are not in it: a server gets new ones.
package backup

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/secret"
	"github.com/hookflow/hookflow/internal/store"
)

// Names of what is in the archive, in this order.
const (
	manifestName = "manifest.json"
	databaseName = "hookflow.db"
	format       = 1
)

// Manifest is what a backup says of itself.
type Manifest struct {
	Format    int       `json:"format"`
	Version   string    `json:"version"` // of the program
	CreatedAt time.Time `json:"createdAt"`
	HasKey    bool      `json:"hasKey"`
}

// Source is what is to be kept.
type Source struct {
	Database string // the SQLite file, which a server may have open
	KeyFile  string // "": the backup is not to hold the key
	Version  string // of the program
	Clock    hookflow.Clock
}

var errRotated = hookflow.Errorf(hookflow.CodeConflict, "the secret key was rotated meanwhile; call it again")

// Write makes a backup, which nobody but its owner may read. A file of that name is replaced once
// the new one is whole and on disk.
func Write(ctx context.Context, s Source, path string) (err error) {
	dir, err := os.MkdirTemp(filepath.Dir(path), ".hookflow-backup-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	key, err := s.key()
	if err != nil {
		return err
	}
	database := filepath.Join(dir, databaseName)
	if err := store.CopySQLite(ctx, s.Database, database); err != nil {
		return err
	}
	if after, err := s.key(); err != nil || !bytes.Equal(key, after) {
		return errors.Join(err, errRotated)
	}
	made := filepath.Join(dir, "backup")
	if err := s.archive(made, key, database); err != nil {
		return fmt.Errorf("write the backup: %w", err)
	}
	return os.Rename(made, path)
}

func (s Source) key() ([]byte, error) {
	if s.KeyFile == "" {
		return nil, nil
	}
	return os.ReadFile(s.KeyFile)
}

func (s Source) archive(path string, key []byte, database string) (err error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) //nolint:gosec // in the operator's directory
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	zipped, err := gzip.NewWriterLevel(file, gzip.BestSpeed) // most of a database is packed already
	if err != nil {
		return err
	}
	archive := tar.NewWriter(zipped)
	manifest, err := json.Marshal(Manifest{format, s.Version, s.Clock().UTC(), key != nil})
	if err != nil {
		return err
	}
	w := writer{archive, s.Clock()}
	err = w.bytes(manifestName, manifest)
	if key != nil {
		err = errors.Join(err, w.bytes(secret.KeyFile, key))
	}
	return errors.Join(err, w.file(databaseName, database), archive.Close(), zipped.Close(), file.Sync())
}

// writer adds entries to an archive.
type writer struct {
	*tar.Writer
	now time.Time
}

func (w writer) bytes(name string, content []byte) error {
	return w.add(name, bytes.NewReader(content), int64(len(content)))
}

func (w writer) file(name, path string) error {
	file, err := os.Open(path) //nolint:gosec // made by this package
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // it is only read
	info, err := file.Stat()
	if err != nil {
		return err
	}
	return w.add(name, file, info.Size())
}

func (w writer) add(name string, content io.Reader, size int64) error {
	header := &tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, ModTime: w.now, Format: tar.FormatPAX}
	if err := w.WriteHeader(header); err != nil {
		return err
	}
	_, err := io.Copy(w, content)
	return err
}

// exists reports whether there is a file.
func exists(path string) (bool, error) {
	_, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}
