package collection

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/hookflow/hookflow/internal/value"
)

// operators are the ops of a filter. They mean what they mean in a workflow's conditions, as far as
// the type of the column goes: a value of another type equals nothing that is stored, and is refused
// where it would have to be put in an order.
var operators = map[string]operator{
	"equals":      equals,
	"notEquals":   negated(equals),
	"gt":          ordered(">"),
	"gte":         ordered(">="),
	"lt":          ordered("<"),
	"lte":         ordered("<="),
	"contains":    contains,
	"notContains": negated(contains),
	"startsWith":  startsWith,
	"endsWith":    endsWith,
	"matches":     matches,
	"in":          in,
	"notIn":       negated(in),
	"empty":       empty,
	"notEmpty":    negated(empty),
	"exists":      exists,
	"isTrue":      is(true),
	"isFalse":     is(false),
}

// operator compiles one comparison, or says what is wrong with its value.
type operator func(target, value.Value) (condition, error)

// target is the column that is compared.
type target struct {
	*column
	postgres bool
}

// with is a condition whose text has %s where the column stands.
func (t target) with(text string, args ...any) condition {
	return condition{strings.ReplaceAll(text, "%s", t.physical), args}
}

func (t target) needs(class class, what string) error {
	if t.typ.class != class {
		return fmt.Errorf("cannot be compared so: the operator is for %s fields, and the field's type is %s", what, t.typ.name)
	}
	return nil
}

func negated(o operator) operator {
	return func(t target, v value.Value) (condition, error) {
		inner, err := o(t, v)
		return not(inner), err
	}
}

var errJSON = errors.New("cannot be compared with a json field: only empty, notEmpty, exists, isTrue, isFalse and equals null can")

func equals(t target, v value.Value) (condition, error) {
	if v.IsNull() {
		return t.with("%s IS NULL"), nil
	}
	if t.typ.class == structure {
		return never, errJSON
	}
	stored, err := t.operand(v)
	switch {
	case errors.Is(err, errNUL):
		return never, err
	case err != nil: // of another type, so nothing stored equals it
		return never, nil
	default:
		return t.with("%s = ?", stored), nil
	}
}

func in(t target, v value.Value) (condition, error) {
	if v.Kind() != value.KindArray {
		return never, expected("a list", v)
	}
	var alternatives []string
	var args []any
	for i, one := range v.Items() {
		if i == maxIn {
			return never, fmt.Errorf("holds more than %d values", maxIn)
		}
		equal, err := equals(t, one)
		if err != nil {
			return never, err
		}
		if one.IsNull() {
			alternatives = []string{equal.sql}
		}
		args = append(args, equal.args...)
	}
	if len(args) > 0 {
		args = padded(args)
		alternatives = append(alternatives, t.physical+" IN (?"+strings.Repeat(", ?", len(args)-1)+")")
	}
	if len(alternatives) == 0 {
		return never, nil
	}
	return condition{"(" + strings.Join(alternatives, " OR ") + ")", args}, nil
}

// padded repeats the last of args up to a power of two, so that lists of all lengths share few
// prepared statements.
func padded(args []any) []any {
	for len(args)&(len(args)-1) != 0 {
		args = append(args, args[len(args)-1])
	}
	return args
}

func ordered(comparison string) operator {
	return func(t target, v value.Value) (condition, error) {
		if v.IsNull() {
			return never, nil
		}
		if t.typ.class == textual && !t.system && isNumeric(v) {
			return t.numericText(comparison, v)
		}
		comparison, bound, err := t.bound(comparison, v)
		if err != nil {
			return never, err
		}
		return t.with("%s "+comparison+" ?", bound), nil
	}
}

// numericText compares a column of texts with a number or a numeric text: as numbers where the column
// holds numeric text too, elsewhere as texts.
func (t target) numericText(comparison string, v value.Value) (condition, error) {
	number, err := digits(v)
	if err != nil {
		return never, err
	}
	if !t.postgres {
		return t.with(compareFunction+"(%s, ?) "+comparison+" 0", string(v)), nil
	}
	asNumbers := "CASE WHEN %s ~ " + numericPattern + " THEN %s::numeric " + comparison + " ?::numeric ELSE "
	text, ok := v.Str()
	if !ok {
		return t.with(asNumbers+"FALSE END", number), nil
	}
	return t.with(asNumbers+"%s "+comparison+" ? END", number, text), nil
}

// numericPattern is what PostgreSQL takes for numeric text, short enough for its type numeric.
const numericPattern = `'^\s*[-+]?(?:[0-9]{1,200}\.?[0-9]{0,200}|\.[0-9]{1,200})(?:[eE][-+]?[0-9]{1,3})?\s*$'`

// bound is what the column is compared with to compare it with v, and how. Numeric text counts as a
// number against numbers.
func (t target) bound(comparison string, v value.Value) (string, any, error) {
	switch t.typ.class {
	case whole:
		number, err := digits(v)
		if err != nil {
			return "", nil, err
		}
		comparison, bound := wholeBound(comparison, number)
		return comparison, bound, nil
	case exact:
		number, err := digits(v)
		return comparison, number, err
	case floating:
		number, err := numeric(v)
		if err != nil {
			return "", nil, err
		}
		f, err := strconv.ParseFloat(number, 64)
		if err != nil {
			return "", nil, errors.New("is beyond the range of a number field")
		}
		return comparison, f, nil
	case textual, temporal:
		bound, err := t.operand(v)
		return comparison, bound, err
	default:
		return "", nil, fmt.Errorf("cannot be compared so: values of type %s have no order", t.typ.name)
	}
}

func isNumeric(v value.Value) bool {
	_, ok := value.Compare(v, value.Int(0))
	return ok
}

// numeric is the text of a number or of a numeric text.
func numeric(v value.Value) (string, error) {
	if !isNumeric(v) {
		return "", expected("a number", v)
	}
	return strings.TrimPrefix(strings.TrimSpace(v.Text()), "+"), nil
}

// digits is a number or a numeric text without an exponent.
func digits(v value.Value) (string, error) {
	number, err := numeric(v)
	if err != nil {
		return "", err
	}
	text, ok := plain(number)
	if !ok {
		return "", fmt.Errorf("has more than %d digits before or after the point", maxDigits)
	}
	return text, nil
}

// inside is an operator that looks for a literal text in a text. No text is inside of null, the
// empty one is in every other.
func inside(compile func(t target, text string) condition) operator {
	return func(t target, v value.Value) (condition, error) {
		if err := t.needs(textual, "text"); err != nil {
			return never, err
		}
		if v.IsNull() {
			return never, nil
		}
		text, err := textIn(v)
		switch {
		case err != nil:
			return never, err
		case text == "":
			return t.with("%s IS NOT NULL"), nil
		default:
			return compile(t, text), nil
		}
	}
}

var (
	contains   = inside(func(t target, text string) condition { return t.with(t.position()+"(%s, ?) > 0", text) })
	startsWith = inside(func(t target, text string) condition { return t.with("substr(%s, 1, ?) = ?", runes(text), text) })
	endsWith   = inside(func(t target, text string) condition {
		return t.with("substr(%s, length(%s) - ? + 1) = ?", runes(text), text)
	})
)

// position is the function that finds a text in a text.
func (t target) position() string {
	if t.postgres {
		return "strpos"
	}
	return "instr"
}

func runes(text string) int64 { return int64(utf8.RuneCountInString(text)) }

// matches looks for a regular expression in the syntax of RE2.
func matches(t target, v value.Value) (condition, error) {
	if err := t.needs(textual, "text"); err != nil {
		return never, err
	}
	pattern, err := textIn(v)
	if err != nil {
		return never, err
	}
	advanced, err := translate(pattern)
	switch {
	case err != nil:
		return never, err
	case t.postgres:
		return t.with("%s ~ ?", advanced), nil
	default:
		return t.with(matchesFunction+"(%s, ?)", pattern), nil
	}
}

// empty is null, "", [] and {}.
func empty(t target, _ value.Value) (condition, error) {
	switch t.typ.class {
	case textual:
		return t.with("(%s IS NULL OR %s = '')"), nil
	case structure:
		const bare = "replace(replace(replace(replace(%s, ' ', ''), '\t', ''), '\n', ''), '\r', '')"
		return t.with(`(%s IS NULL OR %s = '""' OR substr(%s, 1, 1) IN ('[', '{') AND ` + bare + ` IN ('[]', '{}'))`), nil
	default:
		return t.with("%s IS NULL"), nil
	}
}

// exists is true of a present null, and a record has all its fields.
func exists(target, value.Value) (condition, error) { return always, nil }

func is(wanted bool) operator {
	literal := strconv.FormatBool(wanted)
	return func(t target, _ value.Value) (condition, error) {
		switch t.typ.class {
		case truth:
			return t.with("%s = " + literal), nil
		case structure:
			return t.with("%s = '" + literal + "'"), nil
		default:
			return never, t.needs(truth, "boolean")
		}
	}
}
