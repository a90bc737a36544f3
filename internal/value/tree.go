package value

import (
	"iter"
	"strconv"
	"strings"

	"github.com/hookflow/hookflow"
)

const (
	// MaxProblems is how many problems of one document are told at most.
	MaxProblems = 50
	// MaxDepth is how many levels of arrays and objects a configuration may nest.
	MaxDepth = 200
	// TooDeep is the detail of the problem of one that nests deeper.
	TooDeep = "nests deeper than 200 levels"
)

// Problem is one thing wrong in a document.
type Problem = hookflow.Problem

// Under puts problems found inside a member or item below its name, in place.
func Under(name string, problems []Problem) {
	for i := range problems {
		problems[i].Pointer = "/" + pointerEscaper.Replace(name) + problems[i].Pointer
	}
}

var pointerEscaper = strings.NewReplacer("~", "~0", "/", "~1")

// Tree is a JSON document with templates in its string values; names are never templates. It does
// not change once compiled, so any number of goroutines may use it.
type Tree struct {
	source   Value
	template *Template // nil unless a string with a path in it
	static   bool      // no template here or below
	problems []Problem // of the templates here and below
	members  []treeMember
	items    []*Tree
}

type treeMember struct {
	key  []byte // as written, without its quotes
	name string
	tree *Tree
}

// Compile finds the templates in a document. The problems, at most [MaxProblems], are strings
// whose {{ }} hold no path and what nests deeper than [MaxDepth]; the tree has both as they are
// written. Whoever knows that some strings are not meant to be templates asks the other parts of
// the tree for their [Tree.Problems] instead.
func Compile(v Value) (*Tree, []Problem) {
	t := compile(v, 0)
	return t, t.problems
}

func compile(v Value, depth int) *Tree {
	t := &Tree{source: v, static: true}
	switch v.Kind() {
	case KindString:
		t.compileString()
	case KindArray, KindObject:
		if depth == MaxDepth {
			t.problems = []Problem{{Detail: TooDeep}}
			return t
		}
		t.compileParts(depth + 1)
	default: // nothing to find in it
	}
	return t
}

func (t *Tree) compileString() {
	template, err := ParseTemplate(t.source)
	switch {
	case err != nil:
		t.problems = []Problem{{Detail: err.Error()}}
	case !template.IsStatic():
		t.template, t.static = &template, false
	}
}

func (t *Tree) compileParts(depth int) {
	for i, item := range t.source.Items() {
		child := compile(item, depth)
		t.items = append(t.items, child)
		t.adopt(strconv.Itoa(i), child)
	}
	w := t.source.walk(KindObject)
	for key, member, ok := w.member(); ok; key, member, ok = w.member() {
		child := compile(member, depth)
		t.members = append(t.members, treeMember{key: key, name: unescape(key), tree: child})
		t.adopt(unescape(key), child)
	}
	if t.static && len(t.problems) == 0 {
		t.items, t.members = nil, nil // nothing to know about them: cut out again if asked for
	}
}

// adopt lets t know what its child, which stands at name, has in it.
func (t *Tree) adopt(name string, child *Tree) {
	t.static = t.static && child.static
	before := len(t.problems)
	t.problems = append(t.problems, child.problems[:min(len(child.problems), MaxProblems-before)]...)
	Under(name, t.problems[before:])
}

// Problems are those of t itself and of its parts, by their pointers within t.
func (t *Tree) Problems() []Problem { return t.problems }

// Member is the member of an object that has a name, or nil.
func (t *Tree) Member(name string) *Tree {
	for n, member := range t.Members() {
		if n == name {
			return member
		}
	}
	return nil
}

// Literal is a document in which nothing is a template.
func Literal(v Value) *Tree { return &Tree{source: v, static: true} }

// Source is the document as written.
func (t *Tree) Source() Value { return t.source }

// Kind is the kind of the document as written; a template is a string.
func (t *Tree) Kind() Kind { return t.source.Kind() }

// IsStatic reports whether there is no template in t, so that Render gives Source at no cost.
func (t *Tree) IsStatic() bool { return t.static }

// Template is t's own template; false when t is anything else than a string with a path in it.
func (t *Tree) Template() (Template, bool) {
	if t.template == nil {
		return Template{}, false
	}
	return *t.template, true
}

// Members yields an object's members in source order, duplicate names as written.
func (t *Tree) Members() iter.Seq2[string, *Tree] {
	return func(yield func(string, *Tree) bool) {
		if t.members == nil {
			for name, member := range t.source.Members() {
				if !yield(name, Literal(member)) {
					return
				}
			}
		}
		for _, m := range t.members {
			if !yield(m.name, m.tree) {
				return
			}
		}
	}
}

// Items yields an array's items.
func (t *Tree) Items() iter.Seq2[int, *Tree] {
	return func(yield func(int, *Tree) bool) {
		if t.items == nil {
			for i, item := range t.source.Items() {
				if !yield(i, Literal(item)) {
					return
				}
			}
		}
		for i, item := range t.items {
			if !yield(i, item) {
				return
			}
		}
	}
}

// Paths lists the paths of all templates in their order.
func (t *Tree) Paths() []Path {
	if t.template != nil {
		return t.template.Paths()
	}
	var paths []Path
	for _, m := range t.members {
		paths = append(paths, m.tree.Paths()...)
	}
	for _, item := range t.items {
		paths = append(paths, item.Paths()...)
	}
	return paths
}

// Render resolves every template. A whole one that is missing is null inside the document; a
// document that is nothing but such a template stays missing. The only error is [ErrTooLarge].
func (t *Tree) Render(scope Scope) (Value, error) {
	if t.static {
		return t.source, nil
	}
	if t.template != nil {
		return t.template.Resolve(scope)
	}
	return t.appendTo(make([]byte, 0, 2*len(t.source)), scope)
}

func (t *Tree) appendTo(text []byte, scope Scope) ([]byte, error) {
	var err error
	switch {
	case t.static:
		text = append(text, t.source...)
	case t.template != nil:
		var v Value
		if v, err = t.template.Resolve(scope); err == nil {
			text = appendValue(text, v)
		}
	case t.members != nil:
		text, err = t.appendMembers(text, scope)
	default:
		text, err = t.appendItems(text, scope)
	}
	if err == nil && len(text) > MaxRender {
		err = ErrTooLarge
	}
	return text, err
}

func (t *Tree) appendMembers(text []byte, scope Scope) (_ []byte, err error) {
	for i, m := range t.members {
		text = append(text, opening(i, '{'))
		text = append(text, '"')
		text = append(text, m.key...)
		text = append(text, '"', ':')
		if text, err = m.tree.appendTo(text, scope); err != nil {
			return nil, err
		}
	}
	return append(text, '}'), nil
}

func (t *Tree) appendItems(text []byte, scope Scope) (_ []byte, err error) {
	for i, item := range t.items {
		text = append(text, opening(i, '['))
		if text, err = item.appendTo(text, scope); err != nil {
			return nil, err
		}
	}
	return append(text, ']'), nil
}

// opening is what stands before the i-th part of an array or object.
func opening(i int, bracket byte) byte {
	if i == 0 {
		return bracket
	}
	return ','
}
