package collection

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode"
)

// Bounds of one regular expression.
const (
	maxPattern    = 1000   // bytes, as written
	maxAdvanced   = 20_000 // bytes, as translated
	maxRepetition = 255    // of PostgreSQL's {n,m}
)

// translate writes a regular expression of RE2 (as Go's package regexp reads it) as one of
// PostgreSQL's advanced regular expressions that matches the same texts. Only what RE2 has is
// written, so there are no back references and no exponential matching. A pattern must translate
// within the bounds on SQLite too, where it is run as it is, so that a filter that works on one
// database works on the other.
func translate(pattern string) (string, error) {
	if len(pattern) > maxPattern {
		return "", fmt.Errorf("is longer than %d bytes", maxPattern)
	}
	if _, err := regexp.Compile(pattern); err != nil {
		return "", fmt.Errorf("is not a regular expression: %w", err)
	}
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return "", fmt.Errorf("is not a regular expression: %w", err)
	}
	var a advanced
	a.write(re)
	if a.refused != nil {
		return "", a.refused
	}
	return a.String(), nil
}

// advanced is an expression in the making.
type advanced struct {
	strings.Builder
	refused error
}

// noMatch is what nothing matches.
const noMatch = `(?:\A(?!\A))`

// The parts of an expression that stand for themselves. A word is ASCII in RE2 and anything else in
// PostgreSQL's \y, so its bounds are spelt out.
var fixed = map[syntax.Op]string{
	syntax.OpNoMatch:      noMatch,
	syntax.OpEmptyMatch:   `(?:)`,
	syntax.OpAnyChar:      `.`,
	syntax.OpAnyCharNotNL: `[^\n]`,
	syntax.OpBeginText:    `\A`,
	syntax.OpEndText:      `\Z`,
	syntax.OpBeginLine:    `(?:\A|(?<=\n))`,
	syntax.OpEndLine:      `(?:\Z|(?=\n))`,

	syntax.OpWordBoundary:   `(?:(?<![0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<=[0-9A-Za-z_])(?![0-9A-Za-z_]))`,
	syntax.OpNoWordBoundary: `(?:(?<![0-9A-Za-z_])(?![0-9A-Za-z_])|(?<=[0-9A-Za-z_])(?=[0-9A-Za-z_]))`,
}

func (a *advanced) write(re *syntax.Regexp) {
	if a.Len() > maxAdvanced {
		a.refused = errors.New("is too large a regular expression")
	}
	if a.refused != nil {
		return
	}
	if text, ok := fixed[re.Op]; ok {
		a.WriteString(text)
		return
	}
	switch re.Op {
	case syntax.OpLiteral:
		a.literal(re)
	case syntax.OpCharClass:
		a.class(re.Rune)
	case syntax.OpCapture, syntax.OpConcat:
		a.group(re.Sub, "")
	case syntax.OpAlternate:
		a.group(re.Sub, "|")
	case syntax.OpStar:
		a.repeat(re, "*")
	case syntax.OpPlus:
		a.repeat(re, "+")
	case syntax.OpQuest:
		a.repeat(re, "?")
	case syntax.OpRepeat:
		a.counted(re)
	default:
		a.refused = fmt.Errorf("has a part that is not supported: %s", re.Op)
	}
}

func (a *advanced) group(parts []*syntax.Regexp, separator string) {
	a.WriteString("(?:")
	for i, part := range parts {
		if i > 0 {
			a.WriteString(separator)
		}
		a.write(part)
	}
	a.WriteString(")")
}

func (a *advanced) repeat(re *syntax.Regexp, times string) {
	a.group(re.Sub, "")
	a.WriteString(times)
}

func (a *advanced) counted(re *syntax.Regexp) {
	switch {
	case re.Min > maxRepetition || re.Max > maxRepetition:
		a.refused = fmt.Errorf("repeats more than %d times", maxRepetition)
	case re.Max < 0:
		a.repeat(re, fmt.Sprintf("{%d,}", re.Min))
	default:
		a.repeat(re, fmt.Sprintf("{%d,%d}", re.Min, re.Max))
	}
}

func (a *advanced) literal(re *syntax.Regexp) {
	for _, r := range re.Rune {
		if re.Flags&syntax.FoldCase == 0 {
			a.class([]rune{r, r})
			continue
		}
		folds := []rune{r, r}
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			folds = append(folds, f, f)
		}
		a.class(folds)
	}
}

// class writes pairs of first and last characters. U+0000, which PostgreSQL cannot be told of, is
// left out: no stored text holds it.
func (a *advanced) class(pairs []rune) {
	if len(pairs) > 0 && pairs[0] == 0 {
		pairs = append([]rune{1}, pairs[1:]...)
		if pairs[1] == 0 {
			pairs = pairs[2:]
		}
	}
	switch {
	case len(pairs) == 0:
		a.WriteString(noMatch)
	case len(pairs) == 2 && pairs[0] == pairs[1]:
		a.char(pairs[0])
	default:
		a.ranges(pairs)
	}
}

func (a *advanced) ranges(pairs []rune) {
	a.WriteString("[")
	for i := 0; i < len(pairs) && a.Len() <= maxAdvanced; i += 2 {
		a.char(pairs[i])
		a.WriteString("-")
		a.char(pairs[i+1])
	}
	a.WriteString("]")
}

func (a *advanced) char(r rune) {
	if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
		a.WriteRune(r)
		return
	}
	_, _ = fmt.Fprintf(a, `\U%08X`, r)
}
