package verify

import (
	"errors"
	"fmt"
	"hash"
	"regexp"

	"github.com/hookflow/hookflow/internal/value"
)

// content is what a signature is over, in pieces.
type content []piece

// piece writes one part of the content. The writer never fails.
type piece func(to hash.Hash, s *signed)

// signed is what pieces read from.
type signed struct {
	*Request
	timestamp string
	secret    string
	json      value.Value // the body; missing when it is no JSON or no piece reads it
}

var placeholder = regexp.MustCompile(`\{([a-z]+)(?::([^{}]+))?\}`)

// pieces are the placeholders by name; what is after the colon is theirs.
var pieces = map[string]func(argument string) (piece, error){
	"body":   plain(func(s *signed) []byte { return s.Body }),
	"ts":     plain(func(s *signed) []byte { return []byte(s.timestamp) }),
	"url":    plain(func(s *signed) []byte { return []byte(s.URL) }),
	"method": plain(func(s *signed) []byte { return []byte(s.Method) }),
	"secret": plain(func(s *signed) []byte { return []byte(s.secret) }),
	"h": named(func(name string) (func(*signed) []byte, error) {
		return func(s *signed) []byte { return firstOf(s.header(name)) }, nil
	}),
	"q": named(func(name string) (func(*signed) []byte, error) {
		return func(s *signed) []byte { return firstOf(s.query(name)) }, nil
	}),
	"json": named(func(text string) (func(*signed) []byte, error) {
		path, err := value.ParsePath("$body." + text)
		return func(s *signed) []byte { return []byte(s.json.Get(path.Segments...).Text()) }, err
	}),
}

func plain(read func(*signed) []byte) func(string) (piece, error) {
	return func(argument string) (piece, error) {
		if argument != "" {
			return nil, errors.New("takes nothing after a colon")
		}
		return func(to hash.Hash, s *signed) { to.Write(read(s)) }, nil
	}
}

func named(reader func(name string) (func(*signed) []byte, error)) func(string) (piece, error) {
	return func(name string) (piece, error) {
		if name == "" {
			return nil, errors.New("needs a name after a colon")
		}
		read, err := reader(name)
		return func(to hash.Hash, s *signed) { to.Write(read(s)) }, err
	}
}

func firstOf(values []string) []byte {
	if len(values) == 0 {
		return nil
	}
	return []byte(values[0])
}

// parseContent takes a text apart at its placeholders; uses names those it has.
func parseContent(text string) (parsed content, uses map[string]bool, err error) {
	uses = map[string]bool{}
	at := 0
	for _, m := range placeholder.FindAllStringSubmatchIndex(text, -1) {
		parsed = append(parsed, constant(text[at:m[0]]))
		at = m[1]
		name, argument := text[m[2]:m[3]], ""
		if m[4] >= 0 {
			argument = text[m[4]:m[5]]
		}
		build, ok := pieces[name]
		if !ok {
			return nil, nil, fmt.Errorf("%s is not known; there are {body} {ts} {url} {method} {secret} {h:Header} {q:parameter} {json:path}", text[m[0]:m[1]])
		}
		p, err := build(argument)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", text[m[0]:m[1]], err)
		}
		parsed, uses[name] = append(parsed, p), true
	}
	return append(parsed, constant(text[at:])), uses, nil
}

func constant(text string) piece {
	return func(to hash.Hash, _ *signed) { to.Write([]byte(text)) }
}
