package verify

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// content is what a signature is over.
type content struct {
	pieces []piece
	uses   map[string]bool // placeholders by name
	needs  []place         // without these there is nothing to check a signature against
}

// piece is one part of the content: a placeholder by name, or a text without one. It writes to a
// writer that never fails.
type piece struct {
	name  string
	write writing
}

func (c *content) write(to io.Writer, s *signed) {
	for _, p := range c.pieces {
		p.write(to, s)
	}
}

var placeholder = regexp.MustCompile(`\{([a-z][a-z0-9]*)(?::([^{}]+))?\}`)

// writing writes a piece.
type writing func(to io.Writer, s *signed)

// placeholders give a piece each; what is after the colon is theirs.
var placeholders = map[string]func(argument string) (writing, error){
	"body":   plain(func(s *signed) []byte { return s.Body }),
	"ts":     plain(func(s *signed) []byte { return []byte(s.timestamp) }),
	"method": plain(func(s *signed) []byte { return []byte(s.Method) }),
	"secret": plain(func(s *signed) []byte { return []byte(s.secret) }),
	"crc32": plain(func(s *signed) []byte {
		return strconv.AppendUint(nil, uint64(crc32.ChecksumIEEE(s.Body)), 10)
	}),
	"url":  pieceURL,
	"h":    named(func(name string) place { return place{header: name} }),
	"q":    named(func(name string) place { return place{query: name} }),
	"form": named(func(name string) place { return place{form: name} }),
	"json": func(path string) (writing, error) {
		if _, err := bodyPath(path); err != nil {
			return nil, err
		}
		return named(func(path string) place { return place{json: path} })(path)
	},
}

// reserved are the characters that HubSpot writes plainly into the URL it signs, however they
// stand in it.
var reserved = strings.NewReplacer("%3A", ":", "%2F", "/", "%3F", "?", "%40", "@", "%21", "!", "%24", "$",
	"%27", "'", "%28", "(", "%29", ")", "%2A", "*", "%2C", ",", "%3B", ";")

func pieceURL(argument string) (writing, error) {
	switch argument {
	case "":
		return func(to io.Writer, s *signed) { writeText(to, s.URL) }, nil
	case "unescaped":
		return func(to io.Writer, s *signed) { writeText(to, reserved.Replace(s.URL)) }, nil
	default:
		return nil, errors.New("may only be followed by unescaped")
	}
}

func plain(read func(*signed) []byte) func(string) (writing, error) {
	return func(argument string) (writing, error) {
		if argument != "" {
			return nil, errors.New("takes nothing after a colon")
		}
		return func(to io.Writer, s *signed) { _, _ = to.Write(read(s)) }, nil
	}
}

func named(at func(name string) place) func(string) (writing, error) {
	return func(name string) (writing, error) {
		if name == "" {
			return nil, errors.New("needs a name after a colon")
		}
		from := at(name)
		return func(to io.Writer, s *signed) {
			if found := from.read(s); len(found) > 0 {
				writeText(to, found[0])
			}
		}, nil
	}
}

func writeText(to io.Writer, text string) { _, _ = io.WriteString(to, text) }

// parseContent takes a text apart at its placeholders.
func parseContent(text string) (*content, error) {
	c := &content{uses: map[string]bool{}}
	at := 0
	for _, m := range placeholder.FindAllStringSubmatchIndex(text, -1) {
		c.addText(text[at:m[0]])
		at = m[1]
		name, argument := text[m[2]:m[3]], ""
		if m[4] >= 0 {
			argument = text[m[4]:m[5]]
		}
		build, ok := placeholders[name]
		if !ok {
			return nil, fmt.Errorf("%s is not known; there are {body} {ts} {url} {method} {secret} {crc32} {h:Header} {q:parameter} {json:path} {form:field}", text[m[0]:m[1]])
		}
		write, err := build(argument)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", text[m[0]:m[1]], err)
		}
		c.pieces, c.uses[name] = append(c.pieces, piece{name, write}), true
		c.require(name, argument)
	}
	c.addText(text[at:])
	return c, nil
}

func (c *content) addText(text string) {
	if text != "" {
		c.pieces = append(c.pieces, piece{"", func(to io.Writer, _ *signed) { writeText(to, text) }})
	}
}

func (c *content) require(name, argument string) {
	switch name {
	case "h":
		c.needs = append(c.needs, place{header: argument})
	case "q":
		c.needs = append(c.needs, place{query: argument})
	}
}
