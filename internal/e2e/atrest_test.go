package e2e_test

import (
	"database/sql"
	"encoding/base64"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	_ "modernc.org/sqlite"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

// The secrets of TestSecretsAtRest: of $env, its value before, and one in a document.
const (
	restSecret   = `r3st/se"cret+v?lue=&y`
	restPrevious = `0ld/se"cret+v?lue=&z`
	restLiteral  = `l1t/se"cret+v?lue=&w`
)

// everywhere is a workflow that uses the secret in every node and header in which it can stand.
const everywhere = `{"enabled":true,"options":{"timeout":"1m"},"trigger":{"type":"webhook","config":{"mode":"sync",
	"verification":{"scheme":"token","header":"X-Token","values":["{{$env.REST}}","LITERAL"]}}},"nodes":[
	{"key":"set","type":"set","config":{"values":{"whole":"{{$env.REST}}","part":["is {{$env.REST}}!"],"number":1}}},
	{"key":"assign","type":"set","config":{"assign":{"node":"set","value":{"whole":"{{$env.REST}}"}}}},
	{"key":"wait","type":"delay","config":{"for":"1ms"}},
	{"key":"send","type":"request","config":{"method":"POST","url":"URL/{{$env.REST}}?q={{$env.REST}}","headers":{"X-Key":"{{$env.REST}}","Authorization":"Key {{$env.REST}}"},"body":{"a":"{{$steps.set.whole}}"}}},
	{"key":"basic","type":"request","config":{"url":"URL/","auth":{"type":"basic","username":"user","password":"{{$env.REST}}"}}},
	{"key":"bearer","type":"request","config":{"url":"URL/","auth":{"type":"bearer","token":"LITERAL"}}},
	{"key":"form","type":"request","config":{"method":"POST","url":"URL/","headers":{"Content-Type":"application/x-www-form-urlencoded"},"body":"a={{$env.REST}}"}},
	{"key":"gone","type":"request","onError":"continue","retry":{"attempts":2,"interval":"1ms"},"config":{"url":"http://127.0.0.1:1/{{$env.REST}}"}},
	{"key":"script","type":"javascript","config":{"env":["REST"],"params":{"p":"{{$env.REST}}"},"code":"console.log(env.REST, btoa(env.REST), encodeURIComponent(p), JSON.stringify(JSON.stringify(p))); return {u: encodeURIComponent(env.REST), b: btoa('user:' + env.REST), long: 'x'.repeat(5000) + p}"}},
	{"key":"broken","type":"javascript","onError":"continue","config":{"env":["REST"],"code":"throw new Error('broke on ' + env.REST)"}},
	{"key":"sum","type":"calculate","config":{"engine":"template","expression":"it is {{$env.REST}}"}},
	{"key":"is","type":"condition","config":{"left":"{{$env.REST}}","op":"startsWith","right":"r"},"branches":{"true":[
		{"key":"inner","type":"set","config":{"values":"{{$env.REST}}"}}]}},
	{"key":"each","type":"loop","config":{"over":["{{$env.REST}}"]},"branches":{"body":[{"key":"item","type":"set","config":{"values":"{{$scopes.each.item}}"}},{"key":"pause","type":"delay","config":{"for":"1ms"}}]}},
	{"key":"keep","type":"create","config":{"collection":"rest","values":{"v":"it is {{$env.REST}}"}}},
	{"key":"change","type":"update","config":{"collection":"rest","all":true,"values":{"v":"{{$env.REST}}"}}},
	{"key":"find","type":"query","config":{"collection":"rest","filter":{"field":"v","op":"equals","value":"{{$env.REST}}"}}},
	{"key":"which","type":"switch","config":{"cases":[{"key":"this","when":{"left":"{{$env.REST}}","op":"equals","right":"{{$env.REST}}"}}]},"branches":{"this":[
		{"key":"chosen","type":"set","config":{"values":"{{$env.REST}}"}}]}},
	{"key":"both","type":"parallel","branches":{"a":[{"key":"left","type":"set","config":{"values":"{{$env.REST}}"}}],"b":[{"key":"later","type":"delay","config":{"for":"1ms"}}]}},
	{"key":"tx","type":"transaction","branches":{"run":[{"key":"within","type":"create","config":{"collection":"rest","values":{"v":"{{$env.REST}}"}}}]}},
	{"key":"undone","type":"transaction","onError":"continue","branches":{"run":[{"key":"tried","type":"create","config":{"collection":"rest","values":{"v":"{{$env.REST}}","none":1}}}]}},
	{"key":"valid","type":"validate","onError":"continue","config":{"schema":{"const":"nothing"},"source":"{{$env.REST}}"}},
	{"key":"count","type":"aggregate","config":{"collection":"rest","function":"count","filter":{"field":"v","op":"equals","value":"{{$env.REST}}"}}},
	{"key":"rows","type":"sql","config":{"sql":"SELECT v, :p AS p FROM rest WHERE v <> :p","params":{"p":"{{$env.REST}}"}}},
	{"key":"tell","type":"notify","config":{"channel":"robot","title":"{{$env.REST}}","text":"it is {{$env.REST}}"}},
	{"key":"mail","type":"mail","onError":"continue","config":{"to":"a@example.com","subject":"{{$env.REST}}","text":"{{$env.REST}}","channel":"post"}},
	{"key":"clear","type":"destroy","config":{"collection":"rest","filter":{"field":"v","op":"equals","value":"{{$env.REST}}"}}},
	{"key":"call","type":"call","onError":"continue","config":{"workflow":"called","input":{"v":"{{$env.REST}}"}}},
	{"key":"out","type":"output","config":{"value":"{{$env.REST}}"}},
	{"key":"answer","type":"response","config":{"headers":{"X-Key":"{{$env.REST}}"},"body":{"v":"{{$env.REST}}"}}}]}`

// TestSecretsAtRest searches all that a server leaves behind, byte by byte and unpacked.
func TestSecretsAtRest(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t, "HOOKFLOW_LOG_LEVEL=debug")
	partner := newRecorder(t)
	for _, secret := range []string{restPrevious, restSecret} {
		s.Must(http.MethodPut, "/api/env/REST", `{"secret":true,"value":`+quote(secret)+`}`)
	}
	s.Must(http.MethodPut, "/api/collections/rest", `{"fields":[{"name":"v","type":"text"}]}`)
	s.Must(http.MethodPut, "/api/channels/robot", `{"type":"http","title":"r","config":{"url":"`+partner.URL+`/robot","headers":{"X-Key":"{{$env.REST}}"},"body":"{{$message.text}}"}}`)
	s.Must(http.MethodPut, "/api/channels/post", `{"type":"smtp","title":"p","config":{"host":"127.0.0.1","port":1,"security":"none","from":"b@example.com"}}`)
	put(t, s, "called", manual(`{key: x, type: set, config: {values: "{{$context}}"}}`))
	document := strings.NewReplacer("URL", partner.URL, `"LITERAL"`, quote(restLiteral)).Replace(everywhere)
	s.Must(http.MethodPut, "/api/workflows/everywhere", document)
	s.Must(http.MethodPut, "/api/workflows/everywhere?draft=true", document)

	for _, token := range []string{restSecret, restLiteral} {
		r := post(t, s, "everywhere?t="+url.QueryEscape(restSecret), `{}`, "X-Token: "+token, "X-Other: "+restSecret,
			"Authorization: Basic "+base64.StdEncoding.EncodeToString([]byte("user:"+restSecret)))
		if r.Status != http.StatusOK || shows(r.Body, restSecret) == "" || r.Header.Get("X-Key") != restSecret {
			t.Fatalf("it answers %d %s %v", r.Status, r.Body, r.Header)
		}
		e := executionOf(t, s, r)
		if e.Status != "succeeded" || e.step(t, "gone").Status != "error" || e.step(t, "broken").Status != "error" || e.step(t, "call").Status != "error" {
			t.Errorf("the execution: %+v", e)
		}
		for _, path := range []string{"executions/" + e.ID, "deliveries/" + *e.Delivery, "collections/rest/records", "audit?limit=1000", "workflows/everywhere", "workflows/everywhere/draft"} {
			wantNoSecret(t, path, admin(t, s, http.MethodGet, "/api/"+path, "").Body)
		}
	}
	if got := partner.all(); shows(got, restSecret) == "" || shows(got, restLiteral) == "" {
		t.Fatalf("the secrets did not reach the partner: %s", got)
	}
	s.Must(http.MethodPut, "/api/env/REST", `{"secret":true,"value":"another value altogether"}`)
	run(t, s, "everywhere", `{}`)
	s.Kill() // so that the log of the database stays

	wantNoSecret(t, "the log", s.Output())
	files, err := filepath.Glob(filepath.Join(s.Dir, "*"))
	if err != nil || len(files) < 3 {
		t.Fatalf("files %q, %v", files, err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		wantNoSecret(t, filepath.Base(file), string(content))
	}
	searchUnpacked(t, filepath.Join(s.Dir, "hookflow.db"))
}

func wantNoSecret(t *testing.T, what, text string) {
	t.Helper()
	for _, secret := range []string{restSecret, restPrevious, restLiteral} {
		if form := shows(text, secret); form != "" {
			at := strings.Index(text, form)
			t.Errorf("%s shows a secret as %q: …%q…", what, form, text[max(0, at-80):min(len(text), at+80)])
		}
	}
}

// searchUnpacked looks into every cell of the database; packed ones begin with their codec or have it
// beside them.
func searchUnpacked(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	unpacked := 0
	for _, table := range tables(t, db) {
		unpacked += searchTable(t, db, table)
	}
	if unpacked == 0 {
		t.Error("nothing was packed: the search has not seen what is long")
	}
}

func searchTable(t *testing.T, db *sql.DB, table string) (unpacked int) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), `SELECT * FROM "`+table+`"`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	cells, targets := make([]sql.RawBytes, len(columns)), make([]any, len(columns))
	for i := range cells {
		targets[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			t.Fatal(err)
		}
		for i, cell := range cells {
			where := table + "." + columns[i]
			wantNoSecret(t, where, string(cell))
			if plain, ok := unpack(t, cell); ok {
				unpacked++
				wantNoSecret(t, where+", unpacked", plain)
			}
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return unpacked
}

func tables(t *testing.T, db *sql.DB) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), `SELECT name FROM sqlite_master WHERE type = 'table'`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	if err := rows.Err(); err != nil || len(names) < 10 {
		t.Fatalf("tables %q, %v", names, err)
	}
	return names
}

// unpack finds zstd in a cell, behind the byte that tells the codec or at its beginning.
func unpack(t *testing.T, cell []byte) (string, bool) {
	t.Helper()
	const magic = "\x28\xb5\x2f\xfd"
	at := strings.Index(string(cell[:min(len(cell), 1+len(magic))]), magic)
	if at < 0 {
		return "", false
	}
	decoder, err := zstd.NewReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer decoder.Close()
	plain, err := decoder.DecodeAll(cell[at:], nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain), true
}
