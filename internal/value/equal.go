package value

import (
	"bytes"
	"strings"
)

// Equal compares by type and value: 1.0 is 1 but "1" is not, integers of any size exactly, objects
// without regard to order and with the last of duplicate names, arrays in order. Missing is null.
func Equal(a, b Value) bool {
	if a.Kind() >= KindArray && a.Kind() == b.Kind() {
		return bytes.Equal(a, b) || equalParts(newPart(a), newPart(b))
	}
	return equalScalars(a, b)
}

func equalScalars(a, b Value) bool {
	switch {
	case a.IsNull() || b.IsNull():
		return a.IsNull() && b.IsNull()
	case a.Kind() != b.Kind():
		return false
	case a.Kind() == KindNumber:
		return equalNumbers(a, b)
	case a.Kind() == KindString:
		return sameText(a.inner(), b.inner())
	default:
		return bytes.Equal(a, b)
	}
}

func equalNumbers(a, b Value) bool {
	if bytes.Equal(a, b) {
		return true
	}
	da, okA := parseDecimal(string(a))
	db, okB := parseDecimal(string(b))
	return okA && okB && da == db
}

func equalParts(a, b part) bool {
	switch kind := a.value().Kind(); {
	case kind == KindArray && b.value().Kind() == KindArray:
		return equalArrays(a, b)
	case kind == KindObject && b.value().Kind() == KindObject:
		return equalObjects(a, b)
	default:
		return equalScalars(a.value(), b.value())
	}
}

func equalArrays(a, b part) bool {
	wa, wb := a.walk(), b.walk()
	for {
		itemA, okA := wa.item()
		itemB, okB := wb.item()
		if !okA || !okB {
			return okA == okB
		}
		if !equalParts(itemA, itemB) {
			return false
		}
	}
}

func equalObjects(a, b part) bool {
	membersA, membersB := a.members(), b.members()
	if len(membersA) != len(membersB) {
		return false
	}
	for name, member := range membersA {
		other, ok := membersB[name]
		if !ok || !equalParts(member, other) {
			return false
		}
	}
	return true
}

// members maps an object's names to their last value.
func (p part) members() map[string]part {
	members := map[string]part{}
	w := p.walk()
	for {
		name, member, ok := w.member()
		if !ok {
			return members
		}
		members[exactText(name)] = member
	}
}

// Compare orders two values for gt, gte, lt and lte: numbers exactly, numeric text as a number
// beside a number or other numeric text, any other two texts by code point. False when they have
// no order.
func Compare(a, b Value) (int, bool) {
	da, okA := a.decimal()
	db, okB := b.decimal()
	if okA && okB {
		return da.compare(db), true
	}
	if a.Kind() != KindString || b.Kind() != KindString {
		return 0, false
	}
	return strings.Compare(a.Text(), b.Text()), true
}

// decimal reads a number or a numeric text, which may have space around it.
func (v Value) decimal() (decimal, bool) {
	switch v.Kind() {
	case KindNumber:
		return parseDecimal(string(v))
	case KindString:
		return parseDecimal(strings.TrimSpace(v.Text()))
	default:
		return decimal{}, false
	}
}
