package transfer

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/collection"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

const (
	topic = "imports"
	// batch is how many rows are written in one transaction.
	batch = 100
	// maxErrors bounds what is told of the rows of one file that are refused.
	maxErrors = 100
	// patience is the wait for room in the store.
	patience = 200 * time.Millisecond
	// pulse is how often imports of processes that died are looked for.
	pulse = 15 * time.Second
)

// Deps are what the service works with.
type Deps struct {
	Store   *store.Store
	Records *collection.Service
	Clock   hookflow.Clock
	Logger  *slog.Logger
	// Tick returns a channel that gets a value after a time. When nil, that is a timer.
	Tick func(time.Duration) <-chan time.Time
}

// Service imports.
type Service struct{ Deps }

// New returns a service.
func New(deps Deps) *Service {
	if deps.Tick == nil {
		deps.Tick = time.After
	}
	return &Service{deps}
}

// File is what to import.
type File struct {
	Collection string
	Format     string
	Charset    string // of CSV and JSON lines; "" is UTF-8
	UpsertBy   string // a unique field: a record with the same value there is changed; "" makes new ones only
	Content    []byte
}

// Report is what a check found.
type Report struct {
	Rows   int64
	Valid  int64
	Errors []store.ImportError // the first ones
}

// Check tells what an import of the file would come to, as things are now.
func (s *Service) Check(ctx context.Context, f File) (Report, error) {
	rows, err := s.open(ctx, &f)
	if err != nil {
		return Report{}, err
	}
	report := Report{Errors: []store.ImportError{}}
	taken := map[string]bool{}
	for part := range parts(rows, 0) {
		if err := s.judge(ctx, f.Collection, f.UpsertBy, part, taken); err != nil {
			return Report{}, err
		}
		for _, r := range part {
			if report.Rows++; len(r.problems) == 0 {
				report.Valid++
			}
			report.Errors = refused(report.Errors, r)
		}
		if report.Rows > MaxRows {
			return Report{}, errTooMany
		}
	}
	return report, nil
}

var errTooMany = hookflow.Errorf(hookflow.CodeTooLarge, "the file has more than %d rows: split it", MaxRows)

// open decodes the file and finds its rows.
func (s *Service) open(ctx context.Context, f *File) (iter.Seq[row], error) {
	known, err := s.Records.Get(ctx, f.Collection)
	if err != nil {
		return nil, err
	}
	if f.Content, err = decoded(f.Content, f.Charset); err != nil {
		return nil, err
	}
	if err := s.judge(ctx, f.Collection, f.UpsertBy, nil, nil); err != nil { // of UpsertBy itself
		return nil, err
	}
	return open(f.Format, f.Content, &known)
}

// parts are rows in batches, without the first ones.
func parts(rows iter.Seq[row], without int64) iter.Seq[[]row] {
	return func(yield func([]row) bool) {
		var part []row
		for r := range rows {
			if int64(r.number) <= without {
				continue
			}
			if part = append(part, r); len(part) == batch {
				if !yield(part) {
					return
				}
				part = nil
			}
		}
		if len(part) > 0 {
			yield(part)
		}
	}
}

// judge gives rows their problems.
func (s *Service) judge(ctx context.Context, name, upsertBy string, part []row, taken map[string]bool) error {
	var records []value.Value
	var places []int
	for i, r := range part {
		if len(r.problems) == 0 {
			records, places = append(records, r.record), append(places, i)
		}
	}
	problems, err := s.Records.Check(ctx, name, records, upsertBy, taken)
	for i := range problems {
		part[places[i]].problems = problems[i]
	}
	return err
}

// refused adds the problems of a row to those that are told.
func refused(told []store.ImportError, r row) []store.ImportError {
	for _, p := range r.problems {
		if len(told) == maxErrors {
			break
		}
		field := strings.TrimPrefix(p.Pointer, "/")
		told = append(slices.Clip(told), store.ImportError{Row: r.number, Line: r.line, Field: field, Detail: p.Detail})
	}
	return told
}

// Start begins an import, which goes on by itself, through restarts too. What is wrong with the file
// as a whole is refused at once.
func (s *Service) Start(ctx context.Context, f File) (store.Import, error) {
	rows, err := s.open(ctx, &f)
	if err != nil {
		return store.Import{}, err
	}
	by := auth.Actor(ctx)
	i := store.Import{
		ID: s.Store.IDs().Next(), Collection: f.Collection, Format: f.Format, UpsertBy: f.UpsertBy, Status: hookflow.StatusRunning,
		ActorType: by.Type, ActorID: by.ID, ActorName: by.Name, CreatedAt: s.Clock(),
	}
	for range rows {
		if i.Total++; i.Total > MaxRows {
			return store.Import{}, errTooMany
		}
	}
	packed := store.PackImport(f.Content)
	err = s.Store.Write(ctx, func(tx *store.Tx) error {
		tx.Notify(topic)
		return errors.Join(tx.InsertImport(&i, packed), s.audit(tx, "start", &i))
	})
	return i, err
}

func (s *Service) audit(tx *store.Tx, action string, i *store.Import) error {
	after := new(value.Object).Set("collection", value.String(i.Collection)).Set("format", value.String(i.Format)).
		Set("rows", value.Int(i.Total)).Set("done", value.Int(i.Done)).Value()
	return auth.Record(tx, auth.Change{
		ID: s.Store.IDs().Next(), At: s.Clock(), Action: action, Kind: "import", Object: i.ID.String(), After: after,
	})
}

// Abort ends an import where it is: the records that it wrote stay. CodeConflict says that it has
// ended already.
func (s *Service) Abort(ctx context.Context, id hookflow.ID) error {
	i, err := s.Store.Import(ctx, id)
	if err != nil {
		return err
	}
	return s.Store.Write(ctx, func(tx *store.Tx) error {
		aborted, err := tx.AbortImport(id, s.Clock())
		if err == nil && !aborted {
			err = hookflow.Errorf(hookflow.CodeConflict, "the import %s has already ended", id)
		}
		return errors.Join(err, s.audit(tx, "abort", &i))
	})
}

// Run works on the imports that were started, in this process or one that died, until ctx is done.
func (s *Service) Run(ctx context.Context) {
	changed := s.Store.Watch(ctx, topic)
	for {
		for s.work(ctx) {
		}
		select {
		case <-ctx.Done():
			return
		case <-changed:
		case <-s.Tick(pulse):
		}
	}
}

// work runs one import to its end, and reports whether there may be another one.
func (s *Service) work(ctx context.Context) bool {
	i, file, err := s.Store.ClaimImport(ctx)
	if hookflow.CodeOf(err) == hookflow.CodeNotFound {
		return false
	}
	if err == nil {
		err = s.run(ctx, i, file)
	}
	switch {
	case ctx.Err() != nil:
		return false
	case err == nil, errors.Is(err, store.ErrFenced): // aborted, or another process was quicker
		return true
	default:
		s.Logger.Error("an import stopped where it was", "import", i.ID, "error", err)
		return false
	}
}

// run goes on behind the rows that are dealt with.
func (s *Service) run(ctx context.Context, i store.Import, file []byte) error {
	ctx = auth.With(ctx, auth.Principal{Type: i.ActorType, ID: i.ActorID, Name: i.ActorName})
	known, err := s.Records.Get(ctx, i.Collection)
	if err != nil {
		return s.giveUp(ctx, i, err)
	}
	rows, err := open(i.Format, file, &known)
	if err != nil {
		return s.giveUp(ctx, i, err)
	}
	taken := map[string]bool{}
	for part := range parts(rows, i.Done+i.Failed) {
		if err := s.judge(ctx, i.Collection, i.UpsertBy, part, taken); err != nil {
			return s.giveUp(ctx, i, err)
		}
		if i, err = s.advance(ctx, i, part); err != nil {
			return s.giveUp(ctx, i, err)
		}
	}
	i.Status, i.FinishedAt = hookflow.StatusSucceeded, s.Clock()
	return s.keep(ctx, &i)
}

// giveUp ends an import that nothing can come of: its collection is gone, or is another one now.
// Other errors are returned: the import goes on when it is claimed again.
func (s *Service) giveUp(ctx context.Context, i store.Import, err error) error {
	if code := hookflow.CodeOf(err); code != hookflow.CodeNotFound && code != hookflow.CodeInvalid {
		return err
	}
	i.Status, i.FinishedAt = hookflow.StatusAborted, s.Clock()
	i.Errors = append(slices.Clip(i.Errors), store.ImportError{Detail: err.Error()})
	return s.keep(ctx, &i)
}

func (s *Service) keep(ctx context.Context, i *store.Import) error {
	return s.Store.Write(ctx, func(tx *store.Tx) error { return s.Store.AdvanceImport(tx, i) })
}

// advance writes rows and keeps that they are, in one transaction: after a crash none is written
// twice. When the database refuses them together, it gets them one by one.
func (s *Service) advance(ctx context.Context, i store.Import, part []row) (store.Import, error) {
	next, err := s.write(ctx, i, part)
	if err == nil || ctx.Err() != nil || errors.Is(err, store.ErrFenced) || hookflow.CodeOf(err) == hookflow.CodeNotFound {
		return next, err
	}
	if len(part) == 1 {
		part[0].problems = s.problemsOf(&i, err)
		return s.write(ctx, i, part)
	}
	for at := range part {
		if i, err = s.advance(ctx, i, part[at:at+1]); err != nil {
			return i, err
		}
	}
	return i, nil
}

// problemsOf says why a row could not be written.
func (s *Service) problemsOf(i *store.Import, err error) []hookflow.Problem {
	e, ok := errors.AsType[*hookflow.Error](err)
	switch {
	case !ok:
		s.Logger.Error("a row could not be imported", "import", i.ID, "error", err)
		return []hookflow.Problem{{Detail: "internal error; the server's log says more"}}
	case len(e.Problems) == 0:
		return []hookflow.Problem{{Detail: e.Message}}
	}
	problems := slices.Clone(e.Problems)
	for at := range problems {
		problems[at].Pointer = strings.TrimPrefix(problems[at].Pointer, "/0") // of the list of one row
	}
	return problems
}

// write is one transaction of rows, as soon as there is room for it.
func (s *Service) write(ctx context.Context, i store.Import, part []row) (store.Import, error) {
	var list value.Array
	for _, r := range part {
		if len(r.problems) > 0 {
			i.Failed++
			i.Errors = refused(i.Errors, r)
			continue
		}
		i.Done++
		list.Append(r.record)
	}
	for {
		err := s.Store.Write(ctx, func(tx *store.Tx) error {
			return errors.Join(s.Store.AdvanceImport(tx, &i), s.records(tx, &i, list.Value()))
		})
		if hookflow.CodeOf(err) != hookflow.CodeOverloaded || ctx.Err() != nil {
			return i, err
		}
		select {
		case <-ctx.Done():
		case <-s.Tick(patience):
		}
	}
}

func (s *Service) records(tx *store.Tx, i *store.Import, list value.Value) (err error) {
	if i.UpsertBy != "" {
		_, err = s.Records.UpsertIn(tx, collection.Writer{}, i.Collection, list, []string{i.UpsertBy})
	} else {
		_, err = s.Records.CreateIn(tx, collection.Writer{}, i.Collection, list)
	}
	if err != nil {
		return fmt.Errorf("write the rows: %w", err)
	}
	return nil
}
