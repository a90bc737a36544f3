package value

import (
	"bytes"
	"strconv"
)

// Get reads the value at the end of the steps straight from the text, nil when there is none. Of
// duplicate names the last wins. A name that meets an array is looked up in each item, missing ones
// as null, and lists found that way are joined into one (one level); what comes out is then at most
// a few times as long as the array.
func (v Value) Get(segments ...Segment) Value {
	for _, segment := range segments {
		switch v.Kind() {
		case KindObject:
			v = v.member(string(segment))
		case KindArray:
			if isDigits(string(segment)) {
				v = v.index(string(segment))
			} else {
				v = v.column(string(segment))
			}
		default:
			return nil
		}
	}
	return v
}

func (v Value) member(name string) Value {
	var found Value
	w := v.walk(KindObject)
	for {
		key, member, ok := w.member()
		if !ok {
			return found
		}
		if isName(key, name) {
			found = member
		}
	}
}

// isName compares a key, still escaped, with a name.
func isName(key []byte, name string) bool {
	return string(key) == name || bytes.IndexByte(key, '\\') >= 0 && unescape(key) == name
}

// parseIndex reads the digits of an index; -1 when no array is that long.
func parseIndex(digits string) int {
	index, err := strconv.Atoi(digits)
	if err != nil {
		return -1
	}
	return index
}

func (v Value) index(digits string) Value {
	wanted := parseIndex(digits)
	for i, item := range v.Items() {
		if i == wanted {
			return item
		}
	}
	return nil
}

// column maps a name over an array's items.
func (v Value) column(name string) Value {
	var column Array
	for _, item := range v.Items() {
		found := item.member(name)
		if found.Kind() != KindArray {
			column.Append(found)
			continue
		}
		if inner := bytes.TrimSpace(found.inner()); len(inner) > 0 {
			column.text = append(column.separate(), inner...)
		}
	}
	return column.Value()
}
