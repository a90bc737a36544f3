package collection

import (
	"database/sql/driver"
	"fmt"
	"regexp"
	"sync"

	"modernc.org/sqlite"

	"github.com/hookflow/hookflow/internal/value"
)

// What SQLite lacks: an order of decimals, one of texts that may be numeric, and regular expressions.
const (
	decimalCollation = "hf_decimal"
	compareFunction  = "hf_compare"
	matchesFunction  = "hf_matches"
)

func init() {
	sqlite.MustRegisterCollationUtf8(decimalCollation, compareDecimals)
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
