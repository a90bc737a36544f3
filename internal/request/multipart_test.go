package request

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

var formHeaders = []hookflow.Header{{Name: "content-type", Value: "multipart/form-data; boundary=x"}}

const form = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nhello\r\n" +
	"--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"é.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n" +
	"--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"empty\"\r\n\r\n\r\n--x--\r\n"

// TestFindFile: the id of a file finds it in its body.
func TestFindFile(t *testing.T) {
	t.Parallel()
	parsed, err := Parse(Raw{Headers: formHeaders, Body: []byte(form), DeliveryID: 1 << 40})
	if err != nil {
		t.Fatal(err)
	}
	var found []*File
	for _, sent := range parsed.Data().Get("f").Items() {
		id, err := ParseFileID(sent.Get("id").Text())
		if err != nil || id.Delivery != 1<<40 || id.String() != sent.Get("id").Text() {
			t.Fatalf("%s is read as %v: %v", sent, id, err)
		}
		file, err := FindFile(formHeaders, []byte(form), id)
		if err != nil {
			t.Error(err)
		}
		found = append(found, file)
	}
	want := []*File{{"é.txt", "text/plain", []byte("hello")}, {"empty", "", []byte{}}}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Error(diff)
	}
}

func TestFindNoFile(t *testing.T) {
	t.Parallel()
	for name, id := range map[string]FileID{
		"a field":          {Part: 0, Digest: Digest([]byte("hello"))},
		"another digest":   {Part: 1, Digest: Digest([]byte("other"))},
		"another's digest": {Part: 2, Digest: Digest([]byte("hello"))},
		"no such part":     {Part: 9, Digest: Digest([]byte("hello"))},
		"a negative one":   {Part: -1, Digest: Digest([]byte("hello"))},
	} {
		if file, err := FindFile(formHeaders, []byte(form), id); file != nil || err != nil {
			t.Errorf("%s: found %v, %v", name, file, err)
		}
	}
	if file, err := FindFile(nil, []byte(form), FileID{}); file != nil || err == nil {
		t.Errorf("without a boundary: found %v, %v", file, err)
	}
}

func TestParseFileID(t *testing.T) {
	t.Parallel()
	digest := Digest([]byte("hello"))
	kept, err := ParseFileID(digest)
	if diff := cmp.Diff(FileID{Digest: digest}, kept); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	for _, text := range []string{
		"", "-0", "-0-" + digest, "0000100000000-0", "0000100000000-" + digest, "0000100000000-x-" + digest,
		"0000100000000-0-" + digest + "-", "0000000000000-0-" + digest, digest[1:], digest + "0", strings.ToUpper(digest),
		"../" + digest[3:], digest + "\n", "0000100000000-00-" + digest, "0000100000000-+1-" + digest, "000010000000O-1-" + digest,
	} {
		if id, err := ParseFileID(text); err == nil {
			t.Errorf("%q is read as %v", text, id)
		}
	}
}

// TestFileOfAnotherRequest: who has not seen a file cannot say its id.
func TestFileOfAnotherRequest(t *testing.T) {
	t.Parallel()
	at := func(content string) value.Value {
		parsed, err := Parse(Raw{Headers: formHeaders, Body: []byte(strings.Replace(form, "\r\n\r\nhello\r\n--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"empty\"", "\r\n\r\n"+content+"\r\n--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"empty\"", 1)), DeliveryID: 1 << 40})
		if err != nil {
			t.Fatal(err)
		}
		return parsed.Data().Get("f").Get("0", "id")
	}
	if value.Equal(at("secret one"), at("secret two")) {
		t.Error("the ids of two files are the same")
	}
}
