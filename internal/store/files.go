package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hookflow/hookflow"
)

// FileRow is a file that is kept for itself. Its id is the digest of its content.
type FileRow struct {
	ID          string
	Filename    string
	ContentType string
	Size        int64
	UploadedAt  time.Time // by somebody; zero is kept as long as something refers to it
	TakenAt     time.Time // when something last began to refer to it
}

// PackedFile is a file as its rows hold it.
type PackedFile struct{ row, data []any }

// PackFile does outside of a transaction what takes time.
func PackFile(f FileRow, content []byte) *PackedFile {
	codec, data := compress(bodyEncoder(len(content)), []byte{}, content)
	return &PackedFile{
		row:  []any{f.ID, text(f.Filename), text(f.ContentType), f.Size, micros(f.UploadedAt), micros(f.TakenAt)},
		data: []any{f.ID, int64(codec), data},
	}
}

// InsertFile keeps a file; one that is kept already is taken.
func (tx *Tx) InsertFile(p *PackedFile) error {
	tx.Queue(`
		INSERT INTO hf_files (id, filename, content_type, size, uploaded_at, taken_at) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET taken_at = excluded.taken_at, uploaded_at = COALESCE(excluded.uploaded_at, hf_files.uploaded_at)`, p.row...)
	return tx.put("INSERT INTO hf_file_data (id, codec, data) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING", p.data...)
}

// TakeFile notes that something refers to a file from now on; false when it is
// not kept.
func (tx *Tx) TakeFile(id string, at time.Time) (FileRow, bool, error) {
	if _, err := tx.Exec("UPDATE hf_files SET taken_at = ? WHERE id = ?", micros(at), id); err != nil {
		return FileRow{}, false, err
	}
	return file(tx, id)
}

// File finds a kept file; false when there is none.
func (s *Store) File(ctx context.Context, id string) (FileRow, bool, error) {
	return file(s.backend.reader(ctx), id)
}

const fileFields = "SELECT id, filename, content_type, size, uploaded_at, taken_at FROM hf_files"

func file(r Reader, id string) (f FileRow, found bool, err error) {
	f, err = scanFile(r.QueryRow(fileFields+" WHERE id = ?", id))
	switch {
	case errors.Is(err, ErrNoRows):
		return f, false, nil
	case err != nil:
		return f, false, fmt.Errorf("read a file: %w", err)
	default:
		return f, true, nil
	}
}

func scanFile(row Row) (f FileRow, err error) {
	err = row.Scan(&f.ID, &f.Filename, &f.ContentType, &f.Size, (*stamp)(&f.UploadedAt), (*stamp)(&f.TakenAt))
	return f, err
}

// Uploads returns the files that somebody uploaded, newest first.
func (s *Store) Uploads(ctx context.Context) ([]FileRow, error) {
	return collect(s.backend.reader(ctx), scanFile, fileFields+" WHERE uploaded_at IS NOT NULL ORDER BY uploaded_at DESC, id")
}

// CountUploads counts what Uploads lists.
func (tx *Tx) CountUploads() (int64, error) {
	return count(tx, "SELECT count(*) FROM hf_files WHERE uploaded_at IS NOT NULL")
}

// GiveUpFile makes an upload a file that goes when nothing refers to it any more,
// or returns CodeNotFound.
func (tx *Tx) GiveUpFile(id string, at time.Time) error {
	return tx.putOne(notFound("upload"), "UPDATE hf_files SET uploaded_at = NULL, taken_at = ? WHERE id = ? AND uploaded_at IS NOT NULL", micros(at), id)
}

// FileContent returns the content of a kept file, or CodeNotFound.
func (s *Store) FileContent(ctx context.Context, id string) ([]byte, error) {
	return one(s.backend.reader(ctx), scanContent, "file", "SELECT codec, data FROM hf_file_data WHERE id = ?", id)
}

func scanContent(row Row) ([]byte, error) {
	var codec byte
	var data []byte
	if err := row.Scan(&codec, &data); err != nil {
		return nil, err
	}
	return decompress(codec, data)
}

// IdleFiles returns the ids of files that nobody uploaded, that nothing began to
// refer to since a time and that come after an id, in order.
func (s *Store) IdleFiles(ctx context.Context, since time.Time, after string, most int) ([]string, error) {
	scan := func(row Row) (id string, err error) {
		err = row.Scan(&id)
		return id, err
	}
	return collect(s.backend.reader(ctx), scan,
		"SELECT id FROM hf_files WHERE uploaded_at IS NULL AND taken_at < ? AND id > ? ORDER BY id LIMIT ?", micros(since), after, most)
}

// PruneFile removes a file unless something began to refer to it since a time.
func (tx *Tx) PruneFile(id string, since time.Time) {
	tx.Queue("DELETE FROM hf_files WHERE id = ? AND uploaded_at IS NULL AND taken_at < ?", id, micros(since))
	tx.Queue("DELETE FROM hf_file_data WHERE id = ? AND NOT EXISTS (SELECT 1 FROM hf_files f WHERE f.id = hf_file_data.id)", id)
}

// SentBody is what a multipart file is read from.
type SentBody struct {
	Headers []hookflow.Header
	Body    []byte
}

// SentBody returns the headers and the body of a delivery, or CodeNotFound.
func (s *Store) SentBody(ctx context.Context, id hookflow.ID) (SentBody, error) {
	return sentBody(s.backend.reader(ctx), id)
}

// SentBody returns the headers and the body of a delivery, or CodeNotFound.
func (tx *Tx) SentBody(id hookflow.ID) (SentBody, error) { return sentBody(tx, id) }

func sentBody(r Reader, id hookflow.ID) (SentBody, error) {
	scan := func(row Row) (sent SentBody, err error) {
		var d hookflow.Delivery
		var headers, data []byte
		var codec byte
		if err := row.Scan(&headers, &codec, &data); err != nil {
			return sent, err
		}
		sent.Body, err = decompress(codec, data)
		err = errors.Join(err, decodeHeaders(headers, &d))
		sent.Headers = d.Headers
		return sent, err
	}
	return one(r, scan, "delivery",
		"SELECT d.headers, b.codec, b.data FROM hf_deliveries d JOIN hf_bodies b ON b.delivery_id = d.id WHERE d.id = ?", id)
}
