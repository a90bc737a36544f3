package value

// ItemAt gives the item of an array whose text begins at or after offset, and
// the offset to ask for the one behind it; false behind the last. Offset 0 asks
// for the first item. Walking a long array this way costs each item once, also
// when the walk is interrupted and only the offset is kept.
func (v Value) ItemAt(offset int) (item Value, next int, ok bool) {
	if offset < 0 || offset > len(v) {
		return nil, 0, false
	}
	w := v.walk(KindArray)
	w.at = max(w.at, offset)
	item, ok = w.item()
	return item, w.at, ok
}

// CharAt is [Value.ItemAt] for the characters of a string, each a string of its
// own, spelt as it was.
func (v Value) CharAt(offset int) (char Value, next int, ok bool) {
	text := v.inner()
	if v.Kind() != KindString || offset < 0 || offset >= len(text) {
		return nil, 0, false
	}
	_, size := nextRune(text[offset:])
	next = offset + size
	char = append(make(Value, 0, size+len(`""`)), '"')
	char = append(append(char, text[offset:next]...), '"')
	return char, next, true
}
