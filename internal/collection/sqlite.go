package collection

import (
	"database/sql/driver"
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"sync"
	"time"

	"modernc.org/sqlite"

	"github.com/hookflow/hookflow/internal/value"
)

// What SQLite lacks: an order of decimals and of times, one of texts that may be numeric, exact sums,
// and regular expressions.
const (
	timeCollation    = "hf_time"
	timeFunction     = "hf_time"
	sumFunction      = "hf_sum"
	decimalCollation = "hf_decimal"
	compareFunction  = "hf_compare"
	matchesFunction  = "hf_matches"
)

func init() {
	sqlite.MustRegisterCollationUtf8(decimalCollation, compareDecimals)
	sqlite.MustRegisterCollationUtf8(timeCollation, compareTimes)
	sqlite.MustRegisterDeterministicScalarFunction(timeFunction, 1, timeText)
	sqlite.MustRegisterFunction(sumFunction, &sqlite.FunctionImpl{
		NArgs: 1, Deterministic: true,
		MakeAggregate: func(sqlite.FunctionContext) (sqlite.AggregateFunction, error) { return &sum{}, nil },
	})
	sqlite.MustRegisterDeterministicScalarFunction(compareFunction, 2, compareText)
	sqlite.MustRegisterDeterministicScalarFunction(matchesFunction, 2, newMatcher().call)
}

// compareDecimals orders the texts of decimal columns as numbers. Text that is none can only come
// from outside of this package; it gets some order of its own.
func compareDecimals(a, b string) int {
	order, ok := value.Compare(value.Value(a), value.Value(b))
	if !ok {
		order, _ = value.Compare(value.String(a), value.String(b))
	}
	return order
}

// timeText is the SQL function hf_time(microseconds): the moment as records show it.
func timeText(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	us, ok := args[0].(int64)
	if !ok {
		return nil, nil
	}
	return fromMicro(us).Format(time.RFC3339Nano), nil
}

// compareTimes orders texts as moments, a date as its first, and those that are none as texts, before
// the others.
func compareTimes(a, b string) int {
	at, aOK := moment(a)
	bt, bOK := moment(b)
	switch {
	case aOK && bOK:
		return at.Compare(bt)
	case aOK:
		return 1
	case bOK:
		return -1
	default:
		return strings.Compare(a, b)
	}
}

func moment(text string) (time.Time, bool) {
	layout := time.RFC3339
	if len(text) == len(time.DateOnly) {
		layout = time.DateOnly
	}
	t, err := time.Parse(layout, text)
	return t, err == nil
}

// sum is the SQL aggregate hf_sum(number): the exact sum of whole numbers and decimals, as text; null
// when there are none.
type sum struct {
	total  big.Rat
	digits int // after the point
	any    bool
}

func (s *sum) add(arg driver.Value, sign int64) error {
	if arg == nil {
		return nil
	}
	text := fmt.Sprint(arg)
	number, ok := new(big.Rat).SetString(text)
	if !ok {
		return fmt.Errorf("%s: %s is no number", sumFunction, quote(text))
	}
	_, fraction, _ := strings.Cut(text, ".")
	s.any, s.digits = true, max(s.digits, len(fraction))
	s.total.Add(&s.total, number.Mul(number, big.NewRat(sign, 1)))
	return nil
}

func (s *sum) Step(_ *sqlite.FunctionContext, args []driver.Value) error { return s.add(args[0], 1) }

func (s *sum) WindowInverse(_ *sqlite.FunctionContext, args []driver.Value) error {
	return s.add(args[0], -1)
}

func (s *sum) WindowValue(*sqlite.FunctionContext) (driver.Value, error) {
	if !s.any {
		return nil, nil
	}
	return s.total.FloatString(s.digits), nil
}

func (s *sum) Final(*sqlite.FunctionContext) {}

// compareText is the SQL function hf_compare(text, JSON): the order of the two, null when there is none.
func compareText(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	text, isText := args[0].(string)
	json, _ := args[1].(string)
	if !isText {
		return nil, nil
	}
	order, ok := value.Compare(value.String(text), value.Value(json))
	if !ok {
		return nil, nil
	}
	return int64(order), nil
}

// matcher is the SQL function hf_matches(text, pattern). It keeps the patterns in use compiled,
// since it is called once per row.
type matcher struct {
	mu       sync.Mutex
	compiled map[string]*regexp.Regexp
}

const maxCompiled = 64

func newMatcher() *matcher { return &matcher{compiled: map[string]*regexp.Regexp{}} }

func (m *matcher) call(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	text, isText := args[0].(string)
	pattern, _ := args[1].(string)
	if !isText {
		return nil, nil
	}
	re, err := m.compile(pattern)
	if err != nil {
		return nil, err
	}
	return re.MatchString(text), nil
}

func (m *matcher) compile(pattern string) (*regexp.Regexp, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if re, ok := m.compiled[pattern]; ok {
		return re, nil
	}
	re, err := regexp.Compile(pattern)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", matchesFunction, err)
	}
	if len(m.compiled) == maxCompiled {
		clear(m.compiled)
	}
	m.compiled[pattern] = re
	return re, nil
}
