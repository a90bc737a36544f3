package value_test

import (
	"os"
	"strings"
	"testing"

	"github.com/hookflow/hookflow/internal/value"
)

func payload(b *testing.B) value.Value {
	b.Helper()
	text, err := os.ReadFile("testdata/pull_request.closed.json")
	if err != nil {
		b.Fatal(err)
	}
	v, err := value.Parse(text)
	if err != nil {
		b.Fatal(err)
	}
	return v
}

const kilobyte = `{"ref":"refs/heads/main","before":"95790bf891e76fee5e1747ab589903a6a1f80f22","after":"da1560886d4f094c3e6c9ef40349f7d38b5d27d7","repository":{"id":186853002,"node_id":"MDEwOlJlcG9zaXRvcnkxODY4NTMwMDI=","name":"Hello-World","full_name":"Codertocat/Hello-World","private":false,"owner":{"name":"Codertocat","email":"21031067+Codertocat@users.noreply.github.com","login":"Codertocat","id":21031067,"type":"User","site_admin":false},"html_url":"https://github.com/Codertocat/Hello-World","description":null,"fork":false,"created_at":1557933565,"default_branch":"master"},"pusher":{"name":"Codertocat","email":"21031067+Codertocat@users.noreply.github.com"},"commits":[{"id":"da1560886d4f094c3e6c9ef40349f7d38b5d27d7","message":"Update README.md","timestamp":"2019-05-15T15:20:30Z","author":{"name":"Codertocat","username":"Codertocat"},"added":[],"removed":[],"modified":["README.md"]}],"head_commit":{"id":"da1560886d4f094c3e6c9ef40349f7d38b5d27d7"}}`

func BenchmarkGet3In1KB(b *testing.B) {
	v := value.Raw(kilobyte)
	b.ReportAllocs()
	for b.Loop() {
		v.Get("after")
		v.Get("pusher", "name")
		v.Get("commits", "0", "message")
	}
}

func BenchmarkGetIn24KB(b *testing.B) {
	v := payload(b)
	b.SetBytes(int64(len(v)))
	for b.Loop() {
		v.Get("sender", "login")
	}
}

func BenchmarkDocGetIn24KB(b *testing.B) {
	d := value.NewDoc(payload(b))
	for b.Loop() {
		d.Get("sender", "login")
	}
}

func BenchmarkParse24KB(b *testing.B) {
	v := payload(b)
	b.SetBytes(int64(len(v)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := value.Parse(v); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParse1KB(b *testing.B) {
	b.ReportAllocs()
	text := []byte(kilobyte)
	for b.Loop() {
		if _, err := value.Parse(text); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEqual1KB(b *testing.B) {
	x, y := value.Raw(kilobyte), value.Raw(strings.Replace(kilobyte, "1557933565", "1557933565.0", 1))
	b.ReportAllocs()
	for b.Loop() {
		if !value.Equal(x, y) {
			b.Fatal("not equal")
		}
	}
}

func BenchmarkRender(b *testing.B) {
	tree, _ := value.Compile(value.Raw(`{"sha":"{{$c.after}}","by":"{{$c.pusher.name}}","text":"{{$c.ref}} by {{$c.pusher.name}}"}`))
	s := scope(`{"$c":` + kilobyte + `}`)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := tree.Render(s); err != nil {
			b.Fatal(err)
		}
	}
}
