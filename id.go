package hookflow

import (
	"database/sql/driver"
	"fmt"
	"sync"
	"time"
)

// ID names a thing for ever: a positive 63-bit number of 41 bits of
// milliseconds since 2020, 10 bits for the process that made it and 12 bits of
// sequence. IDs sort by age, as numbers in the database and as text outside,
// where they are 13 characters of Crockford's base 32. The zero ID is none.
type ID int64

const (
	idDigits     = "0123456789abcdefghjkmnpqrstvwxyz"
	idLength     = 13
	slotBits     = 10
	sequenceBits = 12

	// MaxSlot is the largest number of a process that makes IDs.
	MaxSlot = 1<<slotBits - 1
)

var idEpoch = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

// String returns the 13 characters, or "" for the zero ID.
func (id ID) String() string {
	if id == 0 {
		return ""
	}
	var text [idLength]byte
	rest := uint64(id) //nolint:gosec // an ID is 63 bits
	for i := idLength - 1; i >= 0; i-- {
		text[i] = idDigits[rest&31]
		rest >>= 5
	}
	return string(text[:])
}

// Time returns when the ID was made, to the millisecond.
func (id ID) Time() time.Time {
	return idEpoch.Add(time.Duration(id>>(slotBits+sequenceBits)) * time.Millisecond)
}

// ParseID parses the text form; "" is the zero ID.
func ParseID(s string) (ID, error) {
	if s == "" {
		return 0, nil
	}
	if len(s) != idLength {
		return 0, fmt.Errorf("%q is not an id", s)
	}
	var n uint64
	for i := range len(s) {
		digit := idDigit(s[i])
		if digit < 0 || n>>58 != 0 {
			return 0, fmt.Errorf("%q is not an id", s)
		}
		n = n<<5 | uint64(digit)
	}
	return ID(n), nil // the check above keeps the number under 2^63
}

func idDigit(c byte) int {
	for i := range len(idDigits) {
		if idDigits[i] == c {
			return i
		}
	}
	return -1
}

// MarshalText and UnmarshalText make an ID its text in JSON; the zero ID is "".
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText parses the text form.
func (id *ID) UnmarshalText(text []byte) error {
	parsed, err := ParseID(string(text))
	if err == nil {
		*id = parsed
	}
	return err
}

// Value keeps an ID as a number in the database, and the zero ID as NULL.
func (id ID) Value() (driver.Value, error) {
	if id == 0 {
		return nil, nil
	}
	return int64(id), nil
}

// Scan reads what Value wrote.
func (id *ID) Scan(src any) error {
	switch n := src.(type) {
	case nil:
		*id = 0
	case int64:
		*id = ID(n)
	default:
		return fmt.Errorf("scan id: unexpected %T", src)
	}
	return nil
}

// IDs makes the IDs of one process, each larger than the one before, whatever
// the clock does.
type IDs struct {
	clock Clock
	slot  int64

	mu   sync.Mutex
	last int64 // milliseconds and sequence of the newest ID, without the slot
}

// NewIDs returns a source for the process in slot (0 to MaxSlot, not shared
// with any other live process on the same database) whose IDs are all newer
// than floor, the newest ID that the database knows.
func NewIDs(slot int, floor ID, clock Clock) *IDs {
	ms := int64(floor) >> (slotBits + sequenceBits)
	return &IDs{clock: clock, slot: int64(slot & MaxSlot), last: (ms + 1) << sequenceBits}
}

// Next returns a new ID. Past 4,096 in one millisecond it borrows from the
// following ones.
func (s *IDs) Next() ID {
	now := s.clock().Sub(idEpoch).Milliseconds() << sequenceBits
	s.mu.Lock()
	s.last = max(s.last+1, now)
	last := s.last
	s.mu.Unlock()
	ms, sequence := last>>sequenceBits, last&(1<<sequenceBits-1)
	return ID(ms<<(slotBits+sequenceBits) | s.slot<<sequenceBits | sequence)
}
