package collection

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/hookflow/hookflow"
)

// token is one word, sign or value of a user's SQL.
type token struct {
	kind tokenKind
	text string // of a quoted token: what stands between the quotes
}

type tokenKind uint8

const (
	wordToken   tokenKind = iota // a keyword or a name
	nameToken                    // a name in double quotes
	textToken                    // a text in single quotes
	numberToken                  //
	paramToken                   // :name, without the colon
	symbolToken                  //
)

// Bounds of one statement.
const (
	maxSQL    = 64 << 10 // bytes
	maxTokens = 10_000
	maxName   = 62 // bytes; with its mark a name is as long as PostgreSQL takes one
)

// symbols are the signs of a statement, the longest first. Whatever is not among them is refused:
// other quotes, other parameters, and the end of a statement.
var symbols = []string{"->>", "||", "<=", ">=", "<>", "!=", "->", "::", "=", "<", ">", "+", "-", "*", "/", "%", "(", ")", ",", "."}

// tokens reads a statement. Comments are left out, and so is one semicolon at the end.
func tokens(sql string) ([]token, error) {
	if len(sql) > maxSQL {
		return nil, refusedSQL("is longer than %d bytes", maxSQL)
	}
	if !utf8.ValidString(sql) || strings.ContainsRune(sql, 0) {
		return nil, refusedSQL("is not text")
	}
	var all []token
	for rest := skip(sql); rest != ""; rest = skip(rest) {
		if rest[0] == ';' {
			if skip(rest[1:]) != "" {
				return nil, refusedSQL("holds more than one statement")
			}
			break
		}
		t, length, err := next(rest)
		if err != nil {
			return nil, err
		}
		if all = append(all, t); len(all) > maxTokens {
			return nil, refusedSQL("has more than %d words and signs", maxTokens)
		}
		rest = rest[length:]
	}
	return all, nil
}

// skip leaves out space and comments.
func skip(sql string) string {
	for {
		sql = strings.TrimLeft(sql, " \t\r\n")
		switch {
		case strings.HasPrefix(sql, "--"):
			_, sql, _ = strings.Cut(sql, "\n")
		case strings.HasPrefix(sql, "/*"):
			_, sql, _ = strings.Cut(sql[2:], "*/")
		default:
			return sql
		}
	}
}

// next reads the token that sql begins with, and how many bytes it takes.
func next(sql string) (token, int, error) {
	switch first := sql[0]; {
	case first == '\'':
		return quoted(sql, textToken)
	case first == '"':
		return quoted(sql, nameToken)
	case first == ':' && len(sql) > 1 && isLetter(sql[1]):
		end := 1 + run(sql[1:], isWord)
		return token{paramToken, sql[1:end]}, end, nil
	case isLetter(first):
		end := run(sql, isWord)
		return token{wordToken, sql[:end]}, end, nil
	case isDigit(first) || first == '.' && len(sql) > 1 && isDigit(sql[1]):
		return number(sql)
	}
	for _, symbol := range symbols {
		if strings.HasPrefix(sql, symbol) {
			return token{symbolToken, symbol}, len(symbol), nil
		}
	}
	r, _ := utf8.DecodeRuneInString(sql)
	return token{}, 0, refusedSQL("holds %q, which has no meaning here", r)
}

// quoted reads up to the closing quote; two of them stand for one.
func quoted(sql string, kind tokenKind) (token, int, error) {
	quote := sql[:1]
	var text strings.Builder
	for at := 1; ; {
		end := strings.Index(sql[at:], quote)
		if end < 0 {
			return token{}, 0, refusedSQL("has a quote %s that is not closed", quote)
		}
		text.WriteString(sql[at : at+end])
		at += end + 1
		if !strings.HasPrefix(sql[at:], quote) {
			return token{kind, text.String()}, at, nil
		}
		text.WriteString(quote)
		at++
	}
}

func number(sql string) (token, int, error) {
	end := run(sql, isDigit)
	if strings.HasPrefix(sql[end:], ".") {
		end++
		end += run(sql[end:], isDigit)
	}
	if exponent := strings.TrimLeft(sql[end:], "eE"); len(exponent) == len(sql[end:])-1 {
		sign := len(exponent) - len(strings.TrimLeft(exponent, "+-"))
		if digits := run(exponent[sign:], isDigit); sign <= 1 && digits > 0 {
			end += 1 + sign + digits
		}
	}
	if end < len(sql) && isWord(sql[end]) {
		return token{}, 0, refusedSQL("holds a number that goes over into letters")
	}
	return token{numberToken, sql[:end]}, end, nil
}

// run counts the bytes at the beginning that are of a kind.
func run(sql string, is func(byte) bool) int {
	n := 0
	for n < len(sql) && is(sql[n]) {
		n++
	}
	return n
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' }

func isWord(c byte) bool { return isLetter(c) || isDigit(c) }

// is reports whether a token is a keyword or a sign.
func (t token) is(text string) bool {
	return t.kind == wordToken && strings.EqualFold(t.text, text) || t.kind == symbolToken && t.text == text
}

// refusedSQL is the error of a statement that is not run.
func refusedSQL(format string, args ...any) error {
	return hookflow.Invalid("the statement is refused", hookflow.Problem{Pointer: "/sql", Detail: fmt.Sprintf(format, args...)})
}
