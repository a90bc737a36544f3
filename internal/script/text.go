package script

import (
	"strings"
	"unicode/utf8"
)

const replacement = string(utf8.RuneError)

// decodeText is UTF-8 to a string: bytes, and whether a malformed sequence is
// an error.
func decodeText(_ *realm, a args) (any, error) {
	data, err := a.bytes(0)
	if err != nil {
		return nil, err
	}
	if a.flag(1) && !utf8.Valid(data) {
		return false, nil
	}
	return decodeUTF8(data), nil
}

// decodeUTF8 replaces each malformed sequence by one U+FFFD, where a sequence
// is a "maximal subpart" (https://encoding.spec.whatwg.org/#utf-8-decoder):
// Go's own conversion replaces every byte of it.
func decodeUTF8(data []byte) string {
	if utf8.Valid(data) {
		return string(data)
	}
	var out strings.Builder
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			out.WriteString(replacement)
			size = maximalSubpart(data)
		} else {
			out.Write(data[:size])
		}
		data = data[size:]
	}
	return out.String()
}

// maximalSubpart is the length of the malformed sequence that data begins
// with: the bytes that could have begun a character, at least one.
func maximalSubpart(data []byte) int {
	need, low, high := continuation(data[0])
	for i := 1; i <= need; i++ {
		if i == len(data) || data[i] < low || data[i] > high {
			return i
		}
		low, high = 0x80, 0xBF
	}
	return 1
}

// continuation says how many bytes follow a lead byte and between which
// bounds the first of them lies.
func continuation(lead byte) (need int, low, high byte) {
	switch {
	case lead >= 0xC2 && lead <= 0xDF:
		return 1, 0x80, 0xBF
	case lead == 0xE0:
		return 2, 0xA0, 0xBF
	case lead == 0xED:
		return 2, 0x80, 0x9F
	case lead >= 0xE1 && lead <= 0xEF:
		return 2, 0x80, 0xBF
	case lead == 0xF0:
		return 3, 0x90, 0xBF
	case lead == 0xF4:
		return 3, 0x80, 0x8F
	case lead >= 0xF1 && lead <= 0xF3:
		return 3, 0x80, 0xBF
	}
	return 0, 0, 0
}
