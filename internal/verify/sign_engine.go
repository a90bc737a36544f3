package verify

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"strings"

	"github.com/hookflow/hookflow/internal/value"
)

// summer is a method whose key also makes signatures.
type summer interface {
	sum(k *key, write func(io.Writer)) []byte
}

func (e *engine) signs() bool {
	_, ok := e.method.(summer)
	return ok
}

var errNoSecret = errors.New("no secret is set that can sign")

// sign signs as the sender does, with the first of the secrets.
func (e *engine) sign(s *Signed, written []string) error {
	keys := e.keys(written, &Verdict{})
	by, ok := e.method.(summer)
	if !ok || len(keys) == 0 {
		return errNoSecret
	}
	if err := e.fill(s); err != nil {
		return err
	}
	timestamp, err := e.stamp(s)
	if err != nil {
		return err
	}
	signed := &signed{Request: s.Request, timestamp: timestamp, secret: keys[0].written}
	sum := by.sum(keys[0], func(to io.Writer) { e.contents[0].write(to, signed) })
	var line strings.Builder
	for _, part := range e.line() {
		line.WriteString(part.with(timestamp, e.Prefix+encodings[e.Encoding](sum)))
	}
	return e.from.prove(s, line.String())
}

// fill makes up what is signed too and is missing.
func (e *engine) fill(s *Signed) error {
	for _, needed := range e.contents[0].needs {
		if first(needed.read(&signed{Request: s.Request})) != "" {
			continue
		}
		if err := needed.put(s, nonce()); err != nil {
			return err
		}
	}
	return nil
}

// stamp says when the request is signed, where the sender does.
func (e *engine) stamp(s *Signed) (timestamp string, err error) {
	if e.Timestamp == nil {
		return "", nil
	}
	timestamp = formatTime(s.Now, e.Timestamp.Unit)
	switch from := e.Timestamp.place(); {
	case from.json != "":
		path, _ := bodyPath(from.json) // checked when it was compiled
		member := value.String(timestamp)
		if e.Timestamp.Unit != "rfc3339" {
			member = value.Raw(timestamp) // a number
		}
		return timestamp, s.setMember(path.Segments, member)
	case from.count() > 0:
		return timestamp, from.put(s, timestamp)
	default:
		return timestamp, nil
	}
}

// line is what stands where the signature does: it alone, or with its key, after the time.
func (e *engine) line() []Part {
	if e.Key == "" {
		return []Part{{Kind: PartSignature}}
	}
	signature := []Part{{PartText, e.Key + e.KeyValueSeparator}, {Kind: PartSignature}}
	if e.Timestamp == nil || e.Timestamp.Key == "" {
		return signature
	}
	return append([]Part{{PartText, e.Timestamp.Key + e.KeyValueSeparator}, {Kind: PartTime}, {PartText, e.ListSeparator}}, signature...)
}

func (p Part) with(timestamp, signature string) string {
	switch p.Kind {
	case PartTime:
		return timestamp
	case PartSignature:
		return signature
	default:
		return p.Text
	}
}

var encodings = map[string]func([]byte) string{
	"hex": hex.EncodeToString, "base64": base64.StdEncoding.EncodeToString, "base64url": base64.RawURLEncoding.EncodeToString,
}
