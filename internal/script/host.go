package script

import (
	"encoding/base64"
	"fmt"
	"time"

	"modernc.org/quickjs"
	"modernc.org/quickjs/intl"
)

// An operation is what the prelude asks of Go. Strings, numbers and booleans
// go in, one of them comes out; bytes travel as base64. What an operation
// refuses becomes a TypeError that the engine makes inside the machine, so no
// object of the host's is ever seen there.
type operation func(*realm, args) (any, error)

var operations = map[string]operation{
	"now": func(r *realm, _ args) (any, error) {
		return float64(r.clock.elapsed()) / float64(time.Millisecond), nil
	},
	"log":  (*realm).logLine,
	"done": (*realm).done,
	"fail": (*realm).fail,
	"intl": func(r *realm, _ args) (any, error) { return nil, intl.Register(r.vm) },

	"fetch": (*realm).sendRequest,
	"abort": (*realm).abortRequest,

	"decode": decodeText,
	"encode": func(_ *realm, a args) (any, error) { return encode64([]byte(a.text(0))), nil },

	"hash":   hashData,
	"hmac":   hmacData,
	"random": randomBytes,
	"equal":  timingSafeEqual,
	"cipher": cipherData,
	"pbkdf2": pbkdf2Key,
	"hkdf":   hkdfKey,
	"sign":   signData,
	"verify": verifySignature,

	"url":             parseURL,
	"setURL":          changeURL,
	"domainToUnicode": domainToUnicode,
}

func (r *realm) host(values []any) (any, error) {
	a := args(values)
	op, ok := operations[a.text(0)]
	if !ok {
		return nil, fmt.Errorf("no host operation %q", a.text(0))
	}
	return op(r, a[1:])
}

// args are an operation's arguments. One that is missing or of another type
// reads as its type's zero value: callers are our own prelude.
type args []any

func (a args) text(i int) string {
	if i < len(a) {
		if s, ok := a[i].(string); ok {
			return s
		}
	}
	return ""
}

func (a args) number(i int) int {
	if i < len(a) {
		switch n := a[i].(type) {
		case int:
			return n
		case float64:
			return int(n)
		}
	}
	return 0
}

func (a args) flag(i int) bool {
	if i < len(a) {
		b, _ := a[i].(bool)
		return b
	}
	return false
}

func (a args) bytes(i int) ([]byte, error) { return base64.StdEncoding.DecodeString(a.text(i)) }

// data reads the pair that hashes and the like take: "utf8" and a string, or
// "base64" and bytes.
func (a args) data(i int) ([]byte, error) {
	if a.text(i) == "utf8" {
		return []byte(a.text(i + 1)), nil
	}
	return a.bytes(i + 1)
}

func encode64(data []byte) string { return base64.StdEncoding.EncodeToString(data) }

// logLine takes a level and a text, and reports whether there is room for more.
func (r *realm) logLine(a args) (any, error) {
	line, ok := r.logged.admit(Log{Level: a.text(0), Text: a.text(1), At: r.clock.elapsed()})
	if ok {
		r.wire.say(reply{Log: &line})
	}
	return !r.logged.full, nil
}

// done ends the run with the result's JSON, or with undefined.
func (r *realm) done(a args) (any, error) {
	_, none := a[0].(quickjs.Undefined)
	r.settle(&outcome{value: a.text(0), hasValue: !none})
	return nil, nil
}

// fail ends the run with a kind, a name, a message and a stack.
func (r *realm) fail(a args) (any, error) {
	r.settle(&outcome{err: &Error{Kind: Kind(a.text(0)), Name: a.text(1), Message: a.text(2), Stack: a.text(3)}})
	return nil, nil
}

// settle keeps the first outcome: what a script does after its end is nobody's
// business.
func (r *realm) settle(o *outcome) {
	if r.outcome == nil {
		r.outcome = o
	}
}
