package value

import "sync/atomic"

const (
	plainLookups  = 3       // that many are not worth an outline
	outlinedBytes = 4 << 10 // nor is a text shorter than this
)

// Doc is a value that many paths are looked up in. After a few look-ups in a long one it keeps an
// outline (16 bytes for each array and object), with which a look-up no longer reads what lies
// inside the parts it passes over. It may be used by several goroutines.
type Doc struct {
	value   Value
	lookups atomic.Int32
	root    atomic.Pointer[part]
}

// NewDoc makes v ready for look-ups.
func NewDoc(v Value) *Doc { return &Doc{value: v} }

// Value is the whole value.
func (d *Doc) Value() Value { return d.value }

// Get is [Value.Get].
func (d *Doc) Get(segments ...Segment) Value {
	if root := d.root.Load(); root != nil {
		return root.get(segments)
	}
	if len(d.value) >= outlinedBytes && d.lookups.Add(1) > plainLookups {
		root := newPart(d.value)
		d.root.Store(&root)
		return root.get(segments)
	}
	return d.value.Get(segments...)
}

// get is [Value.Get]; from where a name meets an array on, it is that very one.
func (p part) get(segments []Segment) Value {
	for i, segment := range segments {
		ok := false
		switch kind := p.value().Kind(); {
		case kind == KindObject:
			p, ok = p.member(string(segment))
		case kind == KindArray && isDigits(string(segment)):
			p, ok = p.index(string(segment))
		case kind == KindArray:
			return p.value().Get(segments[i:]...)
		}
		if !ok {
			return nil
		}
	}
	return p.value()
}

func (p part) member(name string) (found part, ok bool) {
	w := p.walk()
	for key, member, more := w.member(); more; key, member, more = w.member() {
		if isName(key, name) {
			found, ok = member, true
		}
	}
	return found, ok
}

func (p part) index(digits string) (part, bool) {
	w := p.walk()
	wanted := parseIndex(digits)
	for i := 0; ; i++ {
		item, ok := w.item()
		if !ok || i == wanted {
			return item, ok
		}
	}
}
