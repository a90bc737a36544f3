package request

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"github.com/hookflow/hookflow"
)

// Pattern is an endpoint's path: segments that are literal, :name for any one, and at the end
// *rest for one or more.
type Pattern struct {
	text  string
	Parts []Part
}

// Part is one segment of a Pattern.
type Part struct {
	Kind PartKind
	Text string // the literal, decoded, or the parameter's name
}

// PartKind says what a Part matches.
type PartKind uint8

// The kinds, the more specific first.
const (
	Literal PartKind = iota
	Param
	Rest
)

const (
	maxPatternBytes = 512
	maxPatternParts = 20
)

// ParsePattern reads a pattern such as orders/:orderId/events or files/*path; a slash before or
// after it means nothing.
func ParsePattern(text string) (Pattern, error) {
	text = trimSlashes(text)
	if len(text) > maxPatternBytes {
		return Pattern{}, fmt.Errorf("the path is longer than %d bytes", maxPatternBytes)
	}
	segments := strings.Split(text, "/")
	if len(segments) > maxPatternParts {
		return Pattern{}, fmt.Errorf("the path has more than %d segments", maxPatternParts)
	}
	p := Pattern{text: text}
	names := map[string]bool{}
	for i, segment := range segments {
		part, err := parseSegment(segment)
		switch {
		case err != nil:
			return Pattern{}, err
		case part.Kind == Rest && i < len(segments)-1:
			return Pattern{}, fmt.Errorf("%q must be the last segment", segment)
		case part.Kind != Literal && names[part.Text]:
			return Pattern{}, fmt.Errorf("the parameter %q is there twice", part.Text)
		}
		names[part.Text] = names[part.Text] || part.Kind != Literal
		p.Parts = append(p.Parts, part)
	}
	return p, nil
}

func parseSegment(segment string) (Part, error) {
	switch {
	case segment == "":
		return Part{}, errors.New("the path has an empty segment")
	case segment[0] == ':' || segment[0] == '*':
		kind := Param
		if segment[0] == '*' {
			kind = Rest
		}
		if !isParamName(segment[1:]) {
			return Part{}, fmt.Errorf("%q is not a parameter: after the %c comes a name of letters, digits and _", segment, segment[0])
		}
		return Part{kind, segment[1:]}, nil
	case segment == "." || segment == "..", strings.ContainsAny(segment, "?#%\\"), strings.ContainsFunc(segment, unicode.IsControl):
		return Part{}, fmt.Errorf("%q cannot be a segment of a path; write it without ? # %% \\ and escapes", segment)
	default:
		return Part{Literal, segment}, nil
	}
}

func isParamName(name string) bool {
	for i, r := range name {
		if r != '_' && !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
			return false
		}
	}
	return name != ""
}

// String is the pattern as it was written, without slashes around it.
func (p Pattern) String() string { return p.text }

// Claim is the pattern without its parameters' names: two patterns with the same claim match the
// same paths.
func (p Pattern) Claim() string {
	parts := make([]string, len(p.Parts))
	for i, part := range p.Parts {
		parts[i] = [...]string{Literal: part.Text, Param: ":", Rest: "*"}[part.Kind]
	}
	return strings.Join(parts, "/")
}

// SplitPath takes an escaped path apart and decodes its segments, so that an escaped slash does not
// divide. A last slash means nothing. False for a path that is not escaped rightly.
func SplitPath(path string) ([]string, bool) {
	segments := strings.Split(trimSlashes(path), "/")
	for i, segment := range segments {
		if strings.IndexByte(segment, '%') < 0 {
			continue
		}
		decoded, err := url.PathUnescape(segment)
		if err != nil {
			return nil, false
		}
		segments[i] = decoded
	}
	return segments, true
}

func trimSlashes(path string) string {
	return strings.TrimSuffix(strings.TrimPrefix(path, "/"), "/")
}

// Match matches an escaped path and gives its parameters.
func (p Pattern) Match(path string) (hookflow.Params, bool) {
	segments, ok := SplitPath(path)
	if !ok {
		return nil, false
	}
	return p.MatchSegments(segments)
}

// MatchSegments is Match for a path that [SplitPath] took apart.
func (p Pattern) MatchSegments(segments []string) (hookflow.Params, bool) {
	var params hookflow.Params
	for i, part := range p.Parts {
		switch {
		case i >= len(segments) || segments[i] == "":
			return nil, false
		case part.Kind == Rest:
			return append(params, hookflow.Param{Name: part.Text, Value: strings.Join(segments[i:], "/")}), true
		case part.Kind == Param:
			params = append(params, hookflow.Param{Name: part.Text, Value: segments[i]})
		case part.Text != segments[i]:
			return nil, false
		}
	}
	return params, len(segments) == len(p.Parts)
}
