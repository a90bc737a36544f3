package value_test

import (
	"bytes"
	"encoding/json"
	"math/big"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow/internal/value"
)

// decode is encoding/json's reading of a text, the reference of the fuzz targets.
func decode(t *testing.T, v value.Value) any {
	t.Helper()
	if v == nil {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(v))
	d.UseNumber()
	var decoded any
	if err := d.Decode(&decoded); err != nil {
		t.Fatalf("%s: %v", v, err)
	}
	return decoded
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"a":[1.10,"\ud800",null],"a":{"\u0061":true}}`))
	f.Add([]byte("\ufeff [1] "))
	f.Fuzz(func(t *testing.T, text []byte) {
		touch(value.Value(text))
		v, err := value.Parse(text)
		if err != nil {
			if withoutMark := bytes.TrimPrefix(text, []byte("\ufeff")); json.Valid(withoutMark) && utf8.Valid(withoutMark) {
				t.Fatalf("valid JSON refused: %v", err)
			}
			return
		}
		if !utf8.Valid(v) {
			t.Fatal("malformed UTF-8 accepted")
		}
		agree(t, v, decode(t, v))
		sameInDoc(t, v)
	})
}

// touch calls what reads a value, valid or not.
func touch(v value.Value) {
	v.Text()
	v.Len()
	v.Int64()
	v.Float64()
	v.Get("a", "0", "b")
	value.Equal(v, append(v[:len(v):len(v)], ' '))
	value.Compare(v, v)
	tree, _ := value.Compile(v)
	tree.Paths()
	if template, err := value.ParseTemplate(v); err == nil {
		template.Paths()
	}
}

// agree checks every part of v, reached by Get, against its decoded form.
func agree(t *testing.T, v value.Value, decoded any) {
	t.Helper()
	switch decoded := decoded.(type) {
	case map[string]any:
		if strings.Contains(string(v), `\u`) {
			return // names with lone surrogates are one name to encoding/json
		}
		if v.Len() != len(decoded) {
			t.Fatalf("%s: %d names, want %d", v, v.Len(), len(decoded))
		}
		for name, want := range decoded {
			agree(t, v.Get(value.Segment(name)), want)
		}
	case []any:
		n := 0
		for i, item := range v.Items() {
			agree(t, item, decoded[i])
			n++
		}
		if n != len(decoded) {
			t.Fatalf("%s: %d items, want %d", v, n, len(decoded))
		}
	case string:
		if s, ok := v.Str(); s != decoded || !ok {
			t.Fatalf("%s: %q, want %q", v, s, decoded)
		}
	case json.Number:
		if s, ok := v.Number(); s != decoded.String() || !ok {
			t.Fatalf("%s: %q, want %s", v, s, decoded)
		}
	case bool:
		if b, ok := v.Bool(); b != decoded || !ok {
			t.Fatalf("%s: %v, want %v", v, b, decoded)
		}
	default:
		if string(v) != "null" {
			t.Fatalf("%s: want null", v)
		}
	}
}

// sameInDoc looks v up in a document that is long enough for an outline.
func sameInDoc(t *testing.T, v value.Value) {
	t.Helper()
	filler := value.Raw(`[` + strings.Repeat(`[{}],`, 1000) + `0]`)
	doc := value.NewDoc((&value.Object{}).Set("filler", filler).Set("v", v).Value())
	for range 5 {
		if got := doc.Get("v"); !bytes.Equal(got, v) {
			t.Fatalf("%s became %s", v, got)
		}
	}
	for i, item := range v.Items() {
		if got := doc.Get("v", value.Segment(strconv.Itoa(i))); !bytes.Equal(got, item) {
			t.Fatalf("%s: item %d is %s", v, i, got)
		}
	}
	for name := range v.Members() {
		if got, want := doc.Get("v", value.Segment(name)), v.Get(value.Segment(name)); !bytes.Equal(got, want) {
			t.Fatalf("%s: %s is %s, want %s", v, name, got, want)
		}
	}
}

func FuzzPath(f *testing.F) {
	f.Add(`$context.data.commits[0].message`)
	f.Add(`$a["}}"]['it\'s'].x-y`)
	document := value.Raw(`{"data":{"commits":[{"message":"m"},[1],{"message":["n"]}]},"":{"a":1}}`)
	f.Fuzz(func(t *testing.T, text string) {
		p, err := value.ParsePath(text)
		if err != nil {
			return
		}
		again, err := value.ParsePath(p.String())
		if diff := cmp.Diff(p, again); err != nil || diff != "" {
			t.Fatalf("%s read back as %s: %v %s", text, p, err, diff)
		}
		if got := document.Get(p.Segments...); got != nil && !json.Valid(got) {
			t.Fatalf("%s: %s is not JSON", text, got)
		}
	})
}

func FuzzTemplate(f *testing.F) {
	f.Add([]byte(`"a {{$x.y}} b"`), []byte(`"v\ud800"`))
	f.Add([]byte(`"\u007b{ $x[\"}}\"] }}{{$y}}"`), []byte(`{"{{$z}}":"\n"}`))
	f.Fuzz(func(t *testing.T, source, inserted []byte) {
		s, errSource := value.Parse(source)
		v, errInserted := value.Parse(inserted)
		if errSource != nil || errInserted != nil || s.Kind() != value.KindString {
			return
		}
		template, err := value.ParseTemplate(s)
		if err != nil {
			return
		}
		got, err := template.Resolve(always(v))
		if err != nil {
			t.Fatal(err)
		}
		paths := len(template.Paths())
		switch {
		case paths == 0 && !bytes.Equal(got, s):
			t.Fatalf("%s without a path became %s", s, got)
		case template.IsWhole() && !bytes.Equal(got, v):
			t.Fatalf("%s: got %s, want %s", s, got, v)
		case paths > 0 && !template.IsWhole():
			insertedOnce(t, s, v, got, paths)
		}
	})
}

// always gives every path the same value.
type always value.Value

func (a always) Lookup(value.Path) value.Value { return value.Value(a) }

// insertedOnce checks that got is valid and as long as the text around the paths and the values.
func insertedOnce(t *testing.T, source, v, got value.Value, paths int) {
	t.Helper()
	if _, err := value.Parse(got); err != nil {
		t.Fatalf("%s: %s: %v", source, got, err)
	}
	template, _ := value.ParseTemplate(source)
	around, err := template.Resolve(always(nil))
	if err != nil {
		t.Fatal(err)
	}
	single := len(value.String(v.Text())) - len(`""`)
	if v.Kind() == value.KindString {
		single = len(v) - len(`""`)
	}
	if len(got) != len(around)+paths*single {
		t.Fatalf("%s with %d × %s: %s", source, paths, v, got)
	}
}

func FuzzEqual(f *testing.F) {
	f.Add([]byte(`{"a":1,"b":[1.0,"x"]}`), []byte(`{"b":[1,"\u0078"],"a":1e0}`))
	f.Add([]byte(`12345678901234567890`), []byte(`"12345678901234567891"`))
	f.Fuzz(func(t *testing.T, textA, textB []byte) {
		a, errA := value.Parse(textA)
		b, errB := value.Parse(textB)
		if errA != nil || errB != nil {
			return
		}
		var indented bytes.Buffer
		if err := json.Indent(&indented, a, "\n", "\t "); err == nil && !value.Equal(a, value.Raw(indented.String())) {
			t.Fatalf("%s differs from itself indented", a)
		}
		equal := value.Equal(a, b)
		if equal != value.Equal(b, a) {
			t.Fatalf("%s and %s: equal one way only", a, b)
		}
		if tame(a) && tame(b) {
			if want := sameDecoded(decode(t, a), decode(t, b)); equal != want {
				t.Fatalf("%s and %s: equal %v, want %v", a, b, equal, want)
			}
		}
		n, ok := value.Compare(a, b)
		if m, okBack := value.Compare(b, a); m != -n || ok != okBack {
			t.Fatalf("%s and %s: %d and %d", a, b, n, m)
		}
		if ok && equal && n != 0 {
			t.Fatalf("%s and %s are equal, and ordered %d", a, b, n)
		}
	})
}

// tame keeps texts out that the reference cannot judge: surrogates, and exponents that would take
// it forever.
func tame(v value.Value) bool {
	return !bytes.Contains(v, []byte(`\u`)) && !bytes.ContainsAny(v, "eE") || v.Kind() == value.KindNumber && len(v) < 6
}

func sameDecoded(a, b any) bool {
	return cmp.Equal(a, b, cmp.Comparer(func(a, b json.Number) bool {
		ra, okA := new(big.Rat).SetString(a.String())
		rb, okB := new(big.Rat).SetString(b.String())
		return okA && okB && ra.Cmp(rb) == 0
	}))
}
