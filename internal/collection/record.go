package collection

import (
	"errors"
	"strconv"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// row holds one stored value per column of a table, in the order of its columns.
type row []any

var errRequired = errors.New("is required")

// newRow checks a new record; its id and times are left to the caller.
func (t *table) newRow(record value.Value, at string, sentBack bool) (row, []hookflow.Problem) {
	given, problems := t.given(record, at, sentBack)
	if given == nil {
		return nil, problems
	}
	values := make(row, len(t.columns))
	for _, c := range t.fields() {
		var err error
		switch v := given[c.position]; {
		case v.Kind() != value.KindMissing:
			values[c.position], err = c.set(v)
		case c.fallback != nil:
			values[c.position] = c.fallback
		case c.Required:
			err = errRequired
		}
		if err != nil {
			problems = append(problems, problem(at, c.Name, err))
		}
	}
	return values, problems
}

// change is one column of an update with its new value.
type change struct {
	column *column
	stored any
}

// changes checks the part of a record that is to be changed.
func (t *table) changes(record value.Value, sentBack bool) ([]change, []hookflow.Problem) {
	given, problems := t.given(record, "", sentBack)
	var all []change
	for i, v := range given {
		if v.Kind() == value.KindMissing {
			continue
		}
		c := t.columns[i]
		stored, err := c.set(v)
		if err != nil {
			problems = append(problems, problem("", c.Name, err))
		}
		all = append(all, change{c, stored})
	}
	if len(all)+len(problems) == 0 && !sentBack {
		problems = append(problems, hookflow.Problem{Detail: "must name a field to change"})
	}
	return all, problems
}

// given sorts the members of a record from outside by column; the last of duplicate names counts.
// What only the server sets is refused, or passed over when a record is sent back.
func (t *table) given(record value.Value, at string, sentBack bool) ([]value.Value, []hookflow.Problem) {
	if record.Kind() != value.KindObject {
		return nil, []hookflow.Problem{{Pointer: at, Detail: expected("an object", record).Error()}}
	}
	given := make([]value.Value, len(t.columns))
	var problems []hookflow.Problem
	for name, member := range record.Members() {
		c := t.byName[name]
		switch {
		case t.byMany[name] != nil && sentBack:
		case t.byMany[name] != nil:
			problems = append(problems, problem(at, name, errMany))
		case c == nil:
			problems = append(problems, problem(at, name, errNoField))
		case !c.system:
			given[c.position] = member
		case !sentBack:
			problems = append(problems, problem(at, name, errSystem))
		}
		if len(problems) == maxProblems {
			break
		}
	}
	return given, problems
}

var (
	errNoField = errors.New("there is no such field")
	errSystem  = errors.New("is set by the server")
	errMany    = errors.New("keeps nothing: set the field of the other collection that leads here")
)

// set is accept for a record, which must hold what is required.
func (c *column) set(v value.Value) (any, error) {
	if c.Required && v.IsNull() {
		return nil, errRequired
	}
	return c.accept(v)
}

// record puts stored values, one per column of shown, together as users see them.
func record(shown []*column, stored []any) value.Value {
	text := append(make([]byte, 0, 32*len(shown)), '{')
	for i, c := range shown {
		if i > 0 {
			text = append(text, ',')
		}
		text = append(append(text, c.key...), ':')
		text = c.appendJSON(text, stored[i])
	}
	return append(text, '}')
}

// problem is one about a member of what stands at a pointer.
func problem(at, name string, err error) hookflow.Problem {
	return hookflow.Problem{Pointer: at + "/" + hookflow.EscapePointer(name), Detail: err.Error()}
}

// invalid is the error of problems with a record, nil when there are none.
func invalid(message string, problems []hookflow.Problem) error {
	if len(problems) == 0 {
		return nil
	}
	return hookflow.Invalid(message, problems[:min(len(problems), maxProblems)]...)
}

// failed explains an error of a statement that wrote a record that stands at a pointer.
func (t *table) failed(err error, at string) error {
	constraint, ok := store.IsUnique(err)
	if store.IsForeign(err) {
		return conflict(err, "a record that it leads to was deleted meanwhile")
	}
	if !ok {
		return err
	}
	taken := hookflow.Errorf(hookflow.CodeConflict, "a record of %s with this value exists", t.collection.Name)
	taken.Cause = err
	for _, c := range t.fields() {
		if strings.Contains(constraint, c.physical) {
			taken.Problems = append(taken.Problems, problem(at, c.Name, errTaken))
		}
	}
	return taken
}

func conflict(cause error, format string, args ...any) error {
	e := hookflow.Errorf(hookflow.CodeConflict, format, args...)
	e.Cause = cause
	return e
}

var errTaken = errors.New("must be unique: another record has this value")

// item is the pointer of a list's item.
func item(i int) string { return "/" + strconv.Itoa(i) }
