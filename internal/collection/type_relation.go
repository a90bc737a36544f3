package collection

import (
	"errors"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// relationType leads to a record of another collection, or of the same. The field keeps its id; the
// database sees to it that there is one. With options.kind many the field keeps nothing: it stands
// for the records of the other collection whose options.field leads to this one.
var relationType = &fieldType{
	name: "relation", class: reference, sqlite: "TEXT", postgres: `TEXT COLLATE "C"`, indexable: true,
	in: func(v value.Value, _ hookflow.FieldOptions) (any, error) {
		id := v
		if v.Kind() == value.KindObject { // the record itself, as a query has loaded it
			id = v.Get(value.Segment(idField))
		}
		text, ok := id.Str()
		if !ok {
			return nil, expected("the id of a record", v)
		}
		if _, err := hookflow.ParseID(text); err != nil {
			return nil, errors.New("is not the id of a record")
		}
		return text, nil
	},
	operand: textOperand,
	out:     textOut,
}

// deletions are what the deletion of a record does to those that lead to it, as SQL says it.
var deletions = map[string]string{onDeleteSetNull: "SET NULL", onDeleteRestrict: "RESTRICT", onDeleteCascade: "CASCADE"}

// Values of the options of a relation.
const (
	kindOne          = "one"
	kindMany         = "many"
	onDeleteSetNull  = "setNull"
	onDeleteRestrict = "restrict"
	onDeleteCascade  = "cascade"
)

// virtual reports whether the field has no column.
func (c *column) virtual() bool { return c.typ == relationType && c.options().Kind == kindMany }

// onDelete is what options.onDelete says, or leaves to be said.
func (c *column) onDelete() string {
	switch said := c.options().OnDelete; {
	case said != "":
		return said
	case c.Required:
		return onDeleteRestrict
	default:
		return onDeleteSetNull
	}
}

// checkRelation reports what is wrong with the options of a relation by themselves, and that other
// fields have none of them.
func checkRelation(f *hookflow.Field, o hookflow.FieldOptions) []hookflow.Problem {
	var problems []hookflow.Problem
	refuse := func(member, detail string) {
		problems = append(problems, hookflow.Problem{Pointer: member, Detail: detail})
	}
	if f.Type != relationType.name {
		for _, of := range []struct{ member, set string }{
			{"/collection", o.Collection}, {"/kind", o.Kind}, {"/field", o.Field}, {"/onDelete", o.OnDelete},
		} {
			if of.set != "" {
				refuse(of.member, "is a setting of relation fields only")
			}
		}
		return problems
	}
	many := o.Kind == kindMany
	switch {
	case o.Collection == "":
		refuse("/collection", errRequired.Error())
	case o.Kind != "" && o.Kind != kindOne && !many:
		refuse("/kind", "must be one or many")
	case many && o.Field == "":
		refuse("/field", errRequired.Error())
	case !many && o.Field != "":
		refuse("/field", "is a setting of relations of kind many only")
	case many && o.OnDelete != "":
		refuse("/onDelete", "is a setting of relations of kind one only")
	case o.OnDelete != "" && deletions[o.OnDelete] == "":
		refuse("/onDelete", "must be setNull, restrict or cascade")
	case f.Required && o.OnDelete == onDeleteSetNull:
		refuse("/onDelete", "cannot be setNull where the field is required")
	case many && (f.Required || f.Unique || f.Index || len(f.Default) > 0):
		refuse("/kind", "cannot be many where the field is required, unique or indexed or has a default: it keeps nothing")
	}
	return problems
}
