package backup

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/secret"
	"github.com/hookflow/hookflow/internal/store"
)

const (
	maxManifest = 64 << 10
	maxKey      = 4 << 10
	maxRest     = 1 << 20 // after the last part
	// maxDatabase bounds what a damaged file can unfold to.
	maxDatabase = 1 << 42
)

// Restore makes dir, which is made when it is not there, a data directory with the database and the
// key of a backup. It refuses a directory that has one of these unless force says to replace them,
// a file that is damaged or of a newer program, and a directory that a server uses. It brings the
// database to this version. Nothing is replaced before all of the backup has been read and checked.
func Restore(ctx context.Context, path, dir string, force bool) (_ Manifest, err error) {
	file, err := os.Open(path) //nolint:gosec // the operator names it
	if err != nil {
		return Manifest{}, err
	}
	defer func() { _ = file.Close() }() // it is only read
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return Manifest{}, err
	}
	if err := free(dir, force); err != nil {
		return Manifest{}, err
	}
	unpacked, err := os.MkdirTemp(dir, ".restore-*")
	if err != nil {
		return Manifest{}, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(unpacked)) }()
	m, err := unpack(file, unpacked)
	if err != nil {
		return m, hookflow.Errorf(hookflow.CodeInvalid, "%s is not a whole backup: %w", path, err)
	}
	if err := store.ReplaceSQLite(ctx, filepath.Join(dir, databaseName), filepath.Join(unpacked, databaseName)); err != nil || !m.HasKey {
		return m, err
	}
	return m, os.Rename(filepath.Join(unpacked, secret.KeyFile), filepath.Join(dir, secret.KeyFile))
}

// free refuses a directory in which something would be lost.
func free(dir string, force bool) error {
	for _, name := range []string{databaseName, secret.KeyFile} {
		found, err := exists(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		if found && !force {
			return hookflow.Errorf(hookflow.CodeConflict, "there is a %s in %s already; give another --data-dir, or replace it with --force", name, dir)
		}
	}
	return nil
}

// unpack writes the parts of a backup to a directory.
func unpack(file io.Reader, dir string) (m Manifest, err error) {
	zipped, err := gzip.NewReader(file)
	if err != nil {
		return m, err
	}
	archive := tar.NewReader(zipped)
	if err := next(archive, manifestName); err != nil {
		return m, err
	}
	if err := json.NewDecoder(io.LimitReader(archive, maxManifest)).Decode(&m); err != nil {
		return m, err
	}
	if m.Format > format {
		return m, fmt.Errorf("it was made by the newer program %s; use that", m.Version)
	}
	if m.HasKey {
		err = extract(archive, secret.KeyFile, dir, maxKey)
	}
	if err == nil {
		err = extract(archive, databaseName, dir, maxDatabase)
	}
	if err == nil {
		_, err = io.Copy(io.Discard, io.LimitReader(zipped, maxRest)) // its checksum stands at the end
	}
	return m, err
}

func next(archive *tar.Reader, name string) error {
	header, err := archive.Next()
	if err == nil && header.Name != name {
		err = fmt.Errorf("it holds %.40q where %s should be", header.Name, name)
	}
	return err
}

func extract(archive *tar.Reader, name, dir string, limit int64) error {
	if err := next(archive, name); err != nil {
		return err
	}
	file, err := os.OpenFile(filepath.Join(dir, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) //nolint:gosec // a name of ours in a directory of ours
	if err != nil {
		return err
	}
	_, err = io.Copy(file, io.LimitReader(archive, limit))
	return errors.Join(err, file.Sync(), file.Close())
}
