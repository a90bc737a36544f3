// Package file reads the files that values refer to: those of multipart bodies, which stay in the
// stored body of their delivery, and those that are kept for themselves because somebody uploaded
// them or a record holds them.
package file

import (
	"cmp"
	"context"
	"fmt"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/request"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

const (
	// MaxSize bounds a file that is kept for itself, in bytes.
	MaxSize = 16 << 20
	// MaxUploads bounds how many files people have uploaded.
	MaxUploads = 10_000
)

// Service reads and keeps files.
type Service struct {
	store *store.Store
	clock hookflow.Clock
}

var _ node.Files = (*Service)(nil)

// New returns the service of a store.
func New(s *store.Store, clock hookflow.Clock) *Service { return &Service{s, clock} }

// Open reads the file that a value means. A file of a delivery that is no more is
// still found when it is also kept for itself.
func (s *Service) Open(ctx context.Context, v value.Value) (*node.File, error) {
	ref, err := refer(v)
	if err != nil {
		return nil, err
	}
	if ref.whole {
		return ref.file("", "", "", ref.content), nil
	}
	if found, err := sent(ref.id, func(id hookflow.ID) (store.SentBody, error) { return s.store.SentBody(ctx, id) }); found != nil || err != nil {
		return ref.named(found), err
	}
	row, kept, err := s.store.File(ctx, ref.id.Digest)
	switch {
	case err != nil:
		return nil, err
	case !kept:
		return nil, gone(ref.id)
	}
	content, err := s.store.FileContent(ctx, row.ID)
	if err != nil {
		return nil, err
	}
	return ref.file(ref.id.String(), row.Filename, row.ContentType, content), nil
}

func (r reference) named(f *request.File) *node.File {
	if f == nil {
		return nil
	}
	return r.file(r.id.String(), f.Filename, f.ContentType, f.Content)
}

// sent finds a file in the body of its delivery, nil when it is not there.
func sent(id request.FileID, read func(hookflow.ID) (store.SentBody, error)) (*request.File, error) {
	if id.Delivery == 0 {
		return nil, nil
	}
	from, err := read(id.Delivery)
	switch {
	case hookflow.CodeOf(err) == hookflow.CodeNotFound && err != nil:
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("read the request of a file: %w", err)
	}
	return request.FindFile(from.Headers, from.Body, id)
}

func gone(id request.FileID) error {
	return hookflow.Errorf(hookflow.CodeNotFound, "there is no file %s; the files of a request are there as long as the request is kept", id)
}

// Keep makes the file that a value means one that is kept for itself as long as
// something refers to it, and returns how a record holds it. Errors that are no
// [hookflow.Error] say what is wrong with the value.
func Keep(tx *store.Tx, v value.Value, clock hookflow.Clock) (value.Value, error) {
	ref, err := refer(v)
	if err != nil {
		return nil, err
	}
	row, kept, err := tx.TakeFile(ref.id.Digest, clock())
	if err != nil {
		return nil, err
	}
	if !kept {
		if row, err = insert(tx, ref, clock); err != nil {
			return nil, err
		}
	}
	return Describe(row.ID, cmp.Or(ref.filename, row.Filename), cmp.Or(ref.contentType, row.ContentType), row.Size), nil
}

func insert(tx *store.Tx, ref reference, clock hookflow.Clock) (store.FileRow, error) {
	found := &request.File{Content: ref.content}
	if !ref.whole {
		var err error
		if found, err = sent(ref.id, tx.SentBody); err != nil {
			return store.FileRow{}, err
		}
		if found == nil {
			return store.FileRow{}, gone(ref.id)
		}
	}
	if len(found.Content) > MaxSize {
		return store.FileRow{}, tooLarge(len(found.Content))
	}
	row := store.FileRow{
		ID: ref.id.Digest, Filename: cmp.Or(ref.filename, found.Filename), ContentType: cmp.Or(ref.contentType, found.ContentType),
		Size: int64(len(found.Content)), TakenAt: clock(),
	}
	return row, tx.InsertFile(store.PackFile(row, found.Content))
}

func tooLarge(size int) error {
	return hookflow.Errorf(hookflow.CodeTooLarge, "the file has %d bytes; at most %d are kept", size, MaxSize)
}

// Upload keeps a file until it is given up, and returns its row.
func (s *Service) Upload(ctx context.Context, filename, contentType string, content []byte) (store.FileRow, error) {
	if len(content) > MaxSize {
		return store.FileRow{}, tooLarge(len(content))
	}
	now := s.clock()
	row := store.FileRow{
		ID: request.Digest(content), Filename: filename, ContentType: contentType, Size: int64(len(content)), UploadedAt: now, TakenAt: now,
	}
	packed := store.PackFile(row, content)
	err := s.store.Write(ctx, func(tx *store.Tx) error {
		uploads, err := tx.CountUploads()
		if err != nil {
			return err
		}
		if uploads >= MaxUploads {
			return hookflow.Errorf(hookflow.CodeConflict, "there are %d uploads already; delete some", MaxUploads)
		}
		if err := tx.InsertFile(packed); err != nil {
			return err
		}
		return s.record(tx, "create", row.ID, Describe(row.ID, filename, contentType, row.Size))
	})
	return row, err
}

// GiveUp ends an upload: the file goes when no record refers to it any more.
func (s *Service) GiveUp(ctx context.Context, id string) error {
	return s.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.GiveUpFile(id, s.clock()); err != nil {
			return err
		}
		return s.record(tx, "delete", id, nil)
	})
}

func (s *Service) record(tx *store.Tx, action, id string, after value.Value) error {
	return auth.Record(tx, auth.Change{ID: s.store.IDs().Next(), At: s.clock(), Action: action, Kind: "file", Object: id, After: after})
}

// Uploads returns what people have uploaded, newest first.
func (s *Service) Uploads(ctx context.Context) ([]store.FileRow, error) { return s.store.Uploads(ctx) }
