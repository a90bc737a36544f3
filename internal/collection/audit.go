package collection

import (
	"bytes"
	"encoding/json"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// auditCreated notes a record, or a list of them, that somebody has made.
func (s *Service) auditCreated(tx *store.Tx, collection string, made value.Value) error {
	if made.Kind() == value.KindArray {
		count := new(value.Object).Set("count", value.Int(int64(made.Len()))).Value()
		return s.audit(tx, "create", "record", collection, nil, count)
	}
	return s.auditRecord(tx, "create", collection, nil, made)
}

// auditRecord notes what of a record somebody has changed; missing is a record that is not there.
func (s *Service) auditRecord(tx *store.Tx, action, collection string, before, after value.Value) error {
	id := before.Get(idField)
	if before == nil {
		id = after.Get(idField)
	}
	return s.audit(tx, action, "record", collection+"/"+id.Text(), unlike(before, after), unlike(after, before))
}

// unlike are the members of a record that have another value in the other one, as an entry keeps them.
func unlike(record, other value.Value) value.Value {
	if record == nil {
		return nil
	}
	var own value.Object
	for name, v := range record.Members() {
		if name != updatedAtField && !bytes.Equal(v, other.Get(value.Segment(name))) {
			own.Set(name, shortened(v))
		}
	}
	return own.Value()
}

// auditSchema notes how a collection was and is; nil is one that is not there.
func (s *Service) auditSchema(tx *store.Tx, was, is *table) error {
	switch {
	case was == nil:
		return s.audit(tx, "create", "collection", is.collection.Name, nil, is.shown())
	case is == nil:
		return s.audit(tx, "delete", "collection", was.collection.Name, was.shown(), nil)
	default:
		return s.audit(tx, "update", "collection", is.collection.Name, was.shown(), is.shown())
	}
}

// shown is the collection's document without its dates.
func (t *table) shown() value.Value {
	c := t.document()
	text, err := json.Marshal(struct {
		Name   string           `json:"name"`
		Title  string           `json:"title,omitempty"`
		Fields []hookflow.Field `json:"fields"`
	}{c.Name, c.Title, c.Fields})
	if err != nil { // a default that is not JSON, which check has refused
		panic(err)
	}
	return text
}

func (s *Service) audit(tx *store.Tx, action, kind, object string, before, after value.Value) error {
	return auth.Record(tx, auth.Change{
		ID: s.store.IDs().Next(), At: s.clock(), Action: action, Kind: kind, Object: object, Before: before, After: after,
	})
}
