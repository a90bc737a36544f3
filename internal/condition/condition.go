// Package condition decides whether values meet a condition: one comparison, or a tree of them.
package condition

import (
	"fmt"

	"github.com/hookflow/hookflow/internal/value"
)

// MaxDepth bounds how deep all, any and not nest.
const MaxDepth = 20

// Condition is one comparison (Left, Op, Right), or all, any or not of further conditions; exactly
// one of the four. Left and Right are nil where a variable is missing.
type Condition struct {
	Left  value.Value `json:"left,omitempty" doc:"Value to test" zh:"要判断的值"`
	Op    string      `json:"op,omitempty" literal:"true" enum:"equals,notEquals,gt,gte,lt,lte,contains,notContains,startsWith,endsWith,matches,in,notIn,empty,notEmpty,exists,isTrue,isFalse" doc:"Operator" zh:"运算符"`
	Right value.Value `json:"right,omitempty" doc:"Value to compare with" zh:"比较的值"`
	All   []Condition `json:"all,omitempty" doc:"Every one of these holds" zh:"全部满足"`
	Any   []Condition `json:"any,omitempty" doc:"At least one of these holds" zh:"任一满足"`
	Not   *Condition  `json:"not,omitempty" doc:"This does not hold" zh:"不满足"`
}

// Eval decides the condition, from left to right and no further than needed. It fails on what
// [Check] would refuse and on a pattern that is none.
func Eval(c Condition) (bool, error) {
	form, err := c.form()
	if err != nil {
		return false, err
	}
	switch form {
	case formAll:
		return until(false, c.All)
	case formAny:
		return until(true, c.Any)
	case formNot:
		holds, err := Eval(*c.Not)
		return !holds && err == nil, err
	default:
		return c.compare()
	}
}

// until reports wanted if one of the conditions comes out so.
func until(wanted bool, conditions []Condition) (bool, error) {
	for _, c := range conditions {
		holds, err := Eval(c)
		if err != nil || holds == wanted {
			return holds, err
		}
	}
	return !wanted, nil
}

func (c Condition) compare() (bool, error) {
	operator, ok := operators[c.Op]
	if !ok {
		return false, fmt.Errorf("there is no operator %q", c.Op)
	}
	return operator(c.Left, c.Right)
}

type form uint8

const (
	formComparison form = iota
	formAll
	formAny
	formNot
)

// form says which of the four forms c has.
func (c Condition) form() (form, error) {
	present := [...]bool{
		formComparison: c.Op != "",
		formAll:        c.All != nil,
		formAny:        c.Any != nil,
		formNot:        c.Not != nil,
	}
	found, count := formComparison, 0
	for f, is := range present {
		if is {
			found = form(f)
			count++
		}
	}
	switch {
	case count == 0:
		return 0, errNoForm
	case count > 1 || found != formComparison && (c.Left != nil || c.Right != nil):
		return 0, errManyForms
	}
	return found, nil
}
