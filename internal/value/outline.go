package value

import "math"

// outline says where each array and object of a text ends, in the order in which they begin. With
// it a walk down a deeply nested text passes over every part once; without, each level would be
// read again by the one above it.
type outline []nested

type nested struct {
	end  int // offset behind it
	next int // index of the first that begins behind it
}

func newOutline(text []byte) outline {
	var all outline
	var open []int
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			i = skipString(text, i) - 1
		case '{', '[':
			open = append(open, len(all))
			all = append(all, nested{end: len(text), next: math.MaxInt})
		case '}', ']':
			if last := len(open) - 1; last >= 0 {
				all[open[last]] = nested{end: i + 1, next: len(all)}
				open = open[:last]
			}
		}
	}
	return all
}

// outlined is a text with its outline.
type outlined struct {
	text    []byte
	outline outline
}

// part is a value within an outlined text.
type part struct {
	*outlined
	start, end int
	nested     int // index of the first array or object that begins here or later
}

func newPart(v Value) part {
	return part{&outlined{v, newOutline(v)}, 0, len(v), 0}
}

func (p part) value() Value { return p.text[p.start:p.end:p.end] }

// partWalker is a walker that gives parts.
type partWalker struct {
	walker
	outlined *outlined
	nested   int
}

// walk starts on the content of an array or object.
func (p part) walk() partWalker {
	return partWalker{walker{p.text, p.start + 1}, p.outlined, p.nested + 1}
}

func (w *partWalker) item() (part, bool) {
	if !w.begin() {
		return part{}, false
	}
	p := part{outlined: w.outlined, start: w.at, nested: w.nested}
	if c := w.text[w.at]; (c == '{' || c == '[') && w.nested < len(p.outline) {
		p.end, w.nested = p.outline[w.nested].end, p.outline[w.nested].next
	} else {
		p.end = skipValue(w.text, w.at)
	}
	w.end(p.end, ',')
	return p, true
}

func (w *partWalker) member() (name []byte, member part, ok bool) {
	if name, ok = w.name(); ok {
		member, ok = w.item()
	}
	return name, member, ok
}
