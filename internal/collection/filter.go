package collection

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// Bounds of one filter.
const (
	maxFilterDepth = 16
	maxConditions  = 200
	maxIn          = 1000
	maxFilterArgs  = 10_000
)

// condition is a compiled filter: SQL that is true for the records that meet it, and false or null
// for the others. Only names and operators of this package stand in its text; every value is an
// argument.
type condition struct {
	sql  string
	args []any
}

var (
	always = condition{sql: "1 = 1"}
	never  = condition{sql: "1 = 0"}
)

// filter compiles {field, op, value}, {all: […]}, {any: […]} or {not: {…}}. A missing filter is met
// by every record. Its problems stand at pointers below at.
func (t *table) filter(filter value.Value, at string) (condition, error) {
	if filter.IsNull() {
		return always, nil
	}
	c := compiler{table: t}
	compiled := c.compile(filter, at, 1)
	if c.args > maxFilterArgs {
		c.refuse(at, fmt.Errorf("compares with more than %d values", maxFilterArgs))
	}
	if err := invalid("the filter is not valid", c.problems); err != nil {
		return condition{}, err
	}
	return compiled, nil
}

type compiler struct {
	table      *table
	conditions int
	args       int
	problems   []hookflow.Problem
}

func (c *compiler) refuse(at string, err error) condition {
	if len(c.problems) < maxProblems {
		c.problems = append(c.problems, hookflow.Problem{Pointer: at, Detail: err.Error()})
	}
	return never
}

var errShape = errors.New("must be {field, op, value}, {all: [...]}, {any: [...]} or {not: {...}}")

// clause is one level of a filter, by its members.
type clause struct{ field, op, value, all, any, not value.Value }

func (c *clause) member(name string) *value.Value {
	switch name {
	case "field":
		return &c.field
	case "op":
		return &c.op
	case "value":
		return &c.value
	case "all":
		return &c.all
	case "any":
		return &c.any
	case "not":
		return &c.not
	default:
		return nil
	}
}

func (c *compiler) compile(filter value.Value, at string, depth int) condition {
	if c.conditions++; c.conditions == maxConditions+1 {
		return c.refuse(at, fmt.Errorf("has more than %d conditions", maxConditions))
	}
	if c.conditions > maxConditions {
		return never
	}
	if depth > maxFilterDepth {
		return c.refuse(at, fmt.Errorf("nests deeper than %d", maxFilterDepth))
	}
	if filter.Kind() != value.KindObject {
		return c.refuse(at, errShape)
	}
	var parts clause
	for name, member := range filter.Members() {
		place := parts.member(name)
		if place == nil {
			return c.refuse(at+"/"+hookflow.EscapePointer(name), errors.New("is not part of a filter"))
		}
		*place = member
	}
	return c.shape(parts, at, depth)
}

// shape compiles a clause, which must have one shape and not two.
func (c *compiler) shape(parts clause, at string, depth int) condition {
	leaf := len(parts.field)+len(parts.op)+len(parts.value) > 0
	shapes := 0
	for _, present := range []bool{leaf, len(parts.all) > 0, len(parts.any) > 0, len(parts.not) > 0} {
		if present {
			shapes++
		}
	}
	switch {
	case shapes != 1:
		return c.refuse(at, errShape)
	case len(parts.all) > 0:
		return c.join(parts.all, at+"/all", depth, " AND ", always)
	case len(parts.any) > 0:
		return c.join(parts.any, at+"/any", depth, " OR ", never)
	case len(parts.not) > 0:
		return not(c.compile(parts.not, at+"/not", depth+1))
	default:
		return c.leaf(parts, at)
	}
}

// not is met wherever the condition is not, nulls included.
func not(inner condition) condition {
	return condition{"(" + inner.sql + ") IS NOT TRUE", inner.args}
}

func (c *compiler) join(list value.Value, at string, depth int, operator string, empty condition) condition {
	if list.Kind() != value.KindArray {
		return c.refuse(at, expected("a list of conditions", list))
	}
	var texts []string
	var args []any
	for i, v := range list.Items() {
		inner := c.compile(v, at+item(i), depth+1)
		texts, args = append(texts, inner.sql), append(args, inner.args...)
		if c.conditions > maxConditions {
			break
		}
	}
	if len(texts) == 0 {
		return empty
	}
	return condition{"(" + strings.Join(texts, operator) + ")", args}
}

func (c *compiler) leaf(parts clause, at string) condition {
	name, ok := parts.field.Str()
	if !ok {
		return c.refuse(at+"/field", expected("the name of a field", parts.field))
	}
	column := c.table.byName[name]
	if column == nil {
		return c.refuse(at+"/field", fmt.Errorf("there is no field %s", quote(name)))
	}
	op, ok := parts.op.Str()
	compile := operators[op]
	if !ok || compile == nil {
		return c.refuse(at+"/op", fmt.Errorf("must be one of %s", operatorNames))
	}
	compiled, err := compile(target{column, c.table.postgres}, parts.value)
	if err != nil {
		return c.refuse(at+"/value", err)
	}
	c.args += len(compiled.args)
	return compiled
}

// operatorNames lists the operators for people.
var operatorNames = func() string {
	names := make([]string, 0, len(operators))
	for name := range operators {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}()
