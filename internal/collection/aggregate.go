package collection

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// Aggregate asks for one figure over records.
type Aggregate struct {
	Function string      // count, sum, avg, min or max
	Field    string      // may be missing for count, which then counts records; else those with a value
	Distinct bool        // equal values count once
	Filter   value.Value // missing: all records
}

// averageDigits are kept after the point of an average that has no end.
const averageDigits = 20

// AggregateIn returns a figure: exact for whole numbers and decimals, 0 for a count or a sum of
// nothing, null for an average, a least and a greatest of nothing.
func (s *Service) AggregateIn(r store.Reader, collection string, a Aggregate) (value.Value, error) {
	t, err := s.table(r, collection)
	if err != nil {
		return nil, err
	}
	where, err := t.filter(a.Filter, "/filter")
	if err != nil {
		return nil, err
	}
	c, err := t.aggregated(a)
	if err != nil {
		return nil, err
	}
	value, err := t.aggregate(r, c, a, where)
	if err != nil {
		return nil, fmt.Errorf("compute the %s: %w", a.Function, err)
	}
	return value, nil
}

// Aggregate is AggregateIn on what is committed.
func (s *Service) Aggregate(ctx context.Context, collection string, a Aggregate) (figure value.Value, err error) {
	err = s.view(ctx, func(r store.Reader) error {
		figure, err = s.AggregateIn(r, collection, a)
		return err
	})
	return figure, err
}

// aggregated is the column that a figure is of; nil for a count of records.
func (t *table) aggregated(a Aggregate) (*column, error) {
	if a.Field == "" && a.Function == "count" && !a.Distinct {
		return nil, nil
	}
	c := t.byName[a.Field]
	if c == nil {
		return nil, hookflow.Invalid("the figure cannot be computed", hookflow.Problem{Pointer: "/field", Detail: "there is no field " + quote(a.Field)})
	}
	class := c.typ.class
	numeric := class == whole || class == floating || class == exact
	ordered := numeric || class == textual || class == temporal || class == reference
	if (a.Function == "sum" || a.Function == "avg") && !numeric || (a.Function == "min" || a.Function == "max" || a.Distinct) && !ordered {
		return nil, hookflow.Invalid("the figure cannot be computed", hookflow.Problem{
			Pointer: "/field", Detail: fmt.Sprintf("%s fields have no %s", c.typ.name, a.Function),
		})
	}
	return c, nil
}

func (t *table) aggregate(r store.Reader, c *column, a Aggregate, where condition) (value.Value, error) {
	figure := func(expression string, into ...any) error {
		return r.QueryRow("SELECT "+expression+" FROM "+t.physical+" WHERE "+where.sql, where.args...).Scan(into...)
	}
	if c == nil {
		var count int64
		err := figure("COUNT(*)", &count)
		return value.Int(count), err
	}
	operand := c.physical
	if a.Distinct {
		operand = "DISTINCT " + operand
	}
	switch a.Function {
	case "count":
		var count int64
		err := figure("COUNT("+operand+")", &count)
		return value.Int(count), err
	case "sum", "avg":
		if c.typ.class == floating {
			return float(figure, a.Function, operand)
		}
		return t.exact(figure, a.Function, operand)
	case "min", "max":
		expression := a.Function + "(" + operand + ")"
		if t.postgres && c.typ.asText {
			expression += "::text"
		}
		var stored any
		err := figure(expression, &stored)
		return c.appendJSON(nil, stored), err
	default:
		return nil, hookflow.Invalid("the figure cannot be computed", hookflow.Problem{
			Pointer: "/function", Detail: "must be one of count, sum, avg, min, max",
		})
	}
}

type figureFunc func(expression string, into ...any) error

func float(figure figureFunc, function, operand string) (value.Value, error) {
	var f *float64
	if err := figure(function+"("+operand+")", &f); err != nil {
		return nil, err
	}
	if f == nil {
		return ofNothing(function), nil
	}
	return value.Float(*f), nil
}

// exact sums whole numbers and decimals, and divides here: so both databases give the same digits.
func (t *table) exact(figure figureFunc, function, operand string) (value.Value, error) {
	sum := sumFunction + "(" + operand + ")"
	if t.postgres {
		sum = "SUM(" + operand + ")::text"
	}
	var total *string
	var count int64
	if err := figure(sum+", COUNT("+operand+")", &total, &count); err != nil {
		return nil, err
	}
	if total == nil {
		return ofNothing(function), nil
	}
	if function == "sum" {
		return value.Raw(*total), nil
	}
	quotient, ok := new(big.Rat).SetString(*total)
	if !ok {
		return nil, errors.New("the database gave no number")
	}
	quotient.Quo(quotient, new(big.Rat).SetInt64(count))
	text := quotient.FloatString(averageDigits)
	return value.Raw(strings.TrimSuffix(strings.TrimRight(text, "0"), ".")), nil
}

func ofNothing(function string) value.Value {
	if function == "sum" {
		return value.Int(0)
	}
	return value.Null
}
