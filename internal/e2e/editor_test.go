package e2e_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/hookflow/hookflow/internal/hookflowtest"
)

// hush is the secret that nobody but administrators may find out. Every encoding changes it.
const hush = `t0p/se"cret+v?lue=&x`

// formsOf are the ways in which a secret could show.
func formsOf(secret string) []string {
	escaped := strings.ReplaceAll(secret, `"`, `\"`) // as in JSON, and in JSON within JSON
	twice := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(escaped)
	forms := []string{
		secret, escaped, twice, strings.Trim(quote(secret), `"`), strings.Trim(quote(escaped), `"`),
		url.QueryEscape(secret), url.PathEscape(secret), hex.EncodeToString([]byte(secret)),
	}
	for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding} {
		for before := range 3 { // wherever it begins in a longer text
			whole := encoding.EncodeToString(append(make([]byte, before), secret...))
			forms = append(forms, whole[(before*8+5)/6:(before+len(secret))*8/6])
		}
	}
	return forms
}

// shows reports how a text shows the secret, "" when it does not.
func shows(text, secret string) string {
	for _, form := range formsOf(secret) {
		if strings.Contains(text, form) {
			return form
		}
	}
	return ""
}

// recorder is somebody's server: it answers nothing and remembers every byte that is sent to it.
type recorder struct {
	*httptest.Server
	mu   sync.Mutex
	seen strings.Builder
}

func newRecorder(t *testing.T) *recorder {
	t.Helper()
	r := &recorder{}
	r.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, q *http.Request) {
		body, err := io.ReadAll(q.Body)
		r.mu.Lock()
		defer r.mu.Unlock()
		fmt.Fprintln(&r.seen, q.Method, q.URL, q.Header, string(body), err)
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *recorder) all() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.seen.String()
}

// attempt is an editor who tries to find the secret out.
type attempt struct {
	t   *testing.T
	s   *hookflowtest.Server
	key string    // the editor's
	own *recorder // the editor's server
	id  string    // of this attempt, for keys of workflows

	partner *recorder // where the administrator's workflows send the secret
}

// call calls the admin API as the editor; no answer may show the secret.
func (a *attempt) call(method, path, body string) reply {
	a.t.Helper()
	return a.look(as(a.t, a.s, a.key, method, path, body))
}

// look looks for the secret in an answer.
func (a *attempt) look(r reply) reply {
	a.t.Helper()
	if form := shows(fmt.Sprint(r.Header)+r.Body, hush); form != "" {
		a.t.Errorf("the answer shows the secret as %q: %d %s", form, r.Status, r.Body)
	}
	return r
}

// refused demands a status.
func (a *attempt) refused(what string, r reply, status int) {
	a.t.Helper()
	if r.Status != status {
		a.t.Errorf("%s: %d %s, want %d", what, r.Status, r.Body, status)
	}
}

// run runs a workflow, and reads all that it leaves.
func (a *attempt) run(key, query, body string) {
	a.t.Helper()
	r := a.call(http.MethodPost, "/api/workflows/"+key+"/run"+query, body)
	var made struct{ Execution string }
	if r.Status/100 != 2 {
		return
	}
	decode(a.t, r, &made)
	ended(a.t, a.s, made.Execution)
	a.call(http.MethodGet, "/api/executions/"+made.Execution, "")
}

// inNodes tries to bring the secret out by nodes, in every way in which nodes can be saved and run.
func (a *attempt) inNodes(nodes string) {
	a.t.Helper()
	document := `{"trigger":{"type":"manual"},"nodes":[` + strings.ReplaceAll(nodes, "OWN", a.own.URL) + `]}`
	path := "/api/workflows/" + a.id
	a.refused("saved", a.call(http.MethodPut, path, document), http.StatusForbidden)
	a.refused("saved as a draft", a.call(http.MethodPut, path+"?draft=true", document), http.StatusForbidden)
	a.run(a.id, "", `{"context":{"guess":"t"}}`)
	a.run(a.id, "?revision=draft", `{"context":{"guess":"t"}}`)
}

// nodes that would show the secret, send it, or tell something about it.
var leakyNodes = map[string]string{
	"a value":                      `{"key":"x","type":"set","config":{"values":"{{$env.HUSH}}"}}`,
	"in a text":                    `{"key":"x","type":"set","config":{"values":"it is {{ $env.HUSH }}!"}}`,
	"by brackets":                  `{"key":"x","type":"set","config":{"values":{"deep":["{{$env[\"HUSH\"]}}"]}}}`,
	"by a quoted name":             `{"key":"x","type":"set","config":{"values":"{{$env['H\\\\USH']}}"}}`,
	"the root in escapes":          `{"key":"x","type":"set","config":{"values":"{{\u0024\u0065nv.HUSH}}"}}`,
	"the name in escapes":          `{"key":"x","type":"set","config":{"values":"{{$env.\u0048USH}}"}}`,
	"the braces in escapes":        `{"key":"x","type":"set","config":{"values":"\u007b\u007b$env.HUSH\u007d\u007d"}}`,
	"members in escapes":           `{"key":"x","type":"set","\u0063onfig":{"v\u0061lues":"{{$env.HUSH}}"}}`,
	"its first character":          `{"key":"x","type":"set","config":{"values":"{{$env.HUSH[0]}}"}}`,
	"its length":                   `{"key":"x","type":"set","config":{"values":"{{$env.HUSH.length}}"}}`,
	"in an earlier result":         `{"key":"a","type":"set","config":{"values":1}},{"key":"x","type":"set","config":{"assign":{"node":"a","value":"{{$env.HUSH}}"}}}`,
	"a URL":                        `{"key":"x","type":"request","config":{"url":"OWN/{{$env.HUSH}}"}}`,
	"a host":                       `{"key":"x","type":"request","config":{"url":"http://{{$env.HUSH}}.example.test/"}}`,
	"a query":                      `{"key":"x","type":"request","config":{"url":"OWN/","query":{"q":"{{$env.HUSH}}"}}}`,
	"a header":                     `{"key":"x","type":"request","config":{"url":"OWN/","headers":{"X-Key":"{{$env.HUSH}}"}}}`,
	"a bearer token":               `{"key":"x","type":"request","config":{"url":"OWN/","auth":{"type":"bearer","token":"{{$env.HUSH}}"}}}`,
	"a basic password":             `{"key":"x","type":"request","config":{"url":"OWN/","auth":{"type":"basic","username":"u","password":"{{$env.HUSH}}"}}}`,
	"a body":                       `{"key":"x","type":"request","config":{"method":"POST","url":"OWN/","body":{"a":[{"b":"{{$env.HUSH}}"}]}}}`,
	"a body given twice":           `{"key":"x","type":"request","config":{"method":"POST","url":"OWN/","body":{"a":"{{$env.HUSH}}","a":1}}}`,
	"a condition":                  `{"key":"x","type":"condition","config":{"left":"{{$env.HUSH}}","op":"startsWith","right":"{{$context.guess}}"}}`,
	"the other side of one":        `{"key":"x","type":"condition","config":{"left":"{{$context.guess}}","op":"in","right":"{{$env.HUSH}}"}}`,
	"a condition inside others":    `{"key":"x","type":"condition","config":{"any":[{"not":{"left":"{{$env.HUSH}}","op":"gt","right":"m"}}]}}`,
	"a loop over its characters":   `{"key":"x","type":"loop","config":{"over":"{{$env.HUSH}}"},"branches":{"body":[{"key":"y","type":"request","config":{"url":"OWN/{{$scopes.x.item}}"}}]}}`,
	"a script":                     `{"key":"x","type":"javascript","config":{"code":"return [...env.HUSH].reverse().join('')","env":["HUSH"]}}`,
	"a script's log and error":     `{"key":"x","type":"javascript","config":{"code":"console.log(btoa(env.HUSH)); throw new Error(env.HUSH)","env":["PLAIN","HUSH"]}}`,
	"a parameter of a script":      `{"key":"x","type":"javascript","config":{"code":"return p.split('')","params":{"p":"{{$env.HUSH}}"}}}`,
	"a record":                     `{"key":"x","type":"create","config":{"collection":"notes","values":{"text":"{{$env.HUSH}}"}}}`,
	"a filter of records":          `{"key":"x","type":"query","config":{"collection":"notes","filter":{"field":"text","op":"lt","value":"{{$env.HUSH}}"}}}`,
	"an answer":                    `{"key":"x","type":"response","config":{"body":"{{$env.HUSH}}"}}`,
	"an answer's header":           `{"key":"x","type":"response","config":{"headers":{"X-Key":"{{$env.HUSH}}"}}}`,
	"an answer's status":           `{"key":"x","type":"response","config":{"status":"{{$env.HUSH}}"}}`,
	"an error":                     `{"key":"x","type":"loop","config":{"over":1,"limit":"{{$env.HUSH}}"},"branches":{"body":[]}}`,
	"inside a branch":              `{"key":"c","type":"condition","config":{"left":1,"op":"equals","right":1},"branches":{"true":[{"key":"x","type":"set","config":{"values":"{{$env.HUSH}}"}}]}}`,
	"inside an error branch":       `{"key":"c","type":"javascript","onError":"branch","config":{"code":"throw 1"},"branches":{"error":[{"key":"x","type":"set","config":{"values":"{{$env.HUSH}}"}}]}}`,
	"a node that is off":           `{"key":"x","type":"set","disabled":true,"config":{"values":"{{$env.HUSH}}"}}`,
	"a calculation":                `{"key":"x","type":"calculate","config":{"engine":"template","expression":"{{$env.HUSH}}"}}`,
	"a calculated length":          `{"key":"x","type":"calculate","config":{"engine":"javascript","expression":"{{$env.HUSH}}.length"}}`,
	"a calculation's source":       `{"key":"x","type":"calculate","config":{"engine":"jmespath","expression":"@","source":"{{$env.HUSH}}"}}`,
	"a switch":                     `{"key":"x","type":"switch","config":{"cases":[{"key":"a","when":{"left":"{{$env.HUSH}}","op":"startsWith","right":"t"}}]},"branches":{"a":[],"otherwise":[]}}`,
	"a wait":                       `{"key":"x","type":"delay","config":{"for":"{{$env.HUSH}}"}}`,
	"the input of a call":          `{"key":"x","type":"call","config":{"workflow":"sample","input":"{{$env.HUSH}}"}}`,
	"an output":                    `{"key":"x","type":"output","config":{"value":"{{$env.HUSH}}"}}`,
	"inside a transaction":         `{"key":"t","type":"transaction","branches":{"run":[{"key":"x","type":"set","config":{"values":"{{$env.HUSH}}"}}],"rollback":[]}}`,
	"a variable that may come yet": `{"key":"x","type":"set","config":{"values":"{{$env.NOT_YET}}"}}`,
}

// triggers in which the secret would show. Nobody may save them.
var leakyTriggers = map[string]string{
	"a filter":            `{"filter":{"left":"{{$env.HUSH}}","op":"startsWith","right":"{{$context.query.guess}}"}}`,
	"a filter inside":     `{"filter":{"all":[{"not":{"left":"{{$context.query.guess}}","op":"in","right":"{{$env.HUSH}}"}}]}}`,
	"an acknowledgement":  `{"response":{"body":{"it":"{{$env.HUSH}}"}}}`,
	"its header":          `{"response":{"headers":{"X-Key":"{{$env.HUSH}}"}}}`,
	"signed content":      `{"verification":{"scheme":"hmac","secret":"mine","header":"X-Sig","content":"{{$env.HUSH}}{body}"}}`,
	"a signature's place": `{"verification":{"scheme":"hmac","secret":"mine","header":"{{$env.HUSH}}"}}`,
	"a prefix":            `{"verification":{"scheme":"hmac","secret":"mine","header":"X-Sig","prefix":"{{$env.HUSH}}"}}`,
	"a token's place":     `{"verification":{"scheme":"token","value":"mine","header":"{{$env.HUSH}}"}}`,
	"a token's prefix":    `{"verification":{"scheme":"token","value":"mine","header":"X-Token","prefix":"{{$env.HUSH}}"}}`,
	"a user name":         `{"verification":{"scheme":"basic","username":"{{$env.HUSH}}","password":"mine"}}`,
	"a de-duplication":    `{"dedupe":{"key":"{{$env.HUSH}}"}}`,
	"a schema":            `{"schema":{"const":"{{$env.HUSH}}"}}`,
	"not yet a secret":    `{"filter":{"left":"{{$env.NOT_YET}}","op":"startsWith","right":"a"}}`,
}

// TestEditorsFindOutNoSecret is the promise that an editor cannot read a secret's value by any call,
// template, script, export or error.
func TestEditorsFindOutNoSecret(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	own, partner := newRecorder(t), newRecorder(t)
	editor := keyOf(t, s, "editor")
	s.Must(http.MethodPut, "/api/env/HUSH", `{"secret":true,"value":`+quote(hush)+`}`)
	s.Must(http.MethodPut, "/api/env/PLAIN", `{"value":"plain"}`)
	s.Must(http.MethodPut, "/api/collections/notes", `{"fields":[{"name":"text","type":"text"}]}`)
	s.Must(http.MethodPut, "/api/workflows/owned", owned(partner))
	if r := post(t, s, "owned", `{"n":1}`, "X-Token: "+hush); r.Status != http.StatusOK || shows(partner.all(), hush) == "" {
		t.Fatalf("the administrator's workflow does not work: %d %s; the partner got %s", r.Status, r.Body, partner.all())
	}
	post(t, s, "owned", `{"n":2}`, "X-Token: another")

	n := 0
	try := func(what string, do func(*attempt)) {
		n++
		id := fmt.Sprintf("try-%d", n)
		t.Run(what, func(t *testing.T) {
			a := &attempt{t: t, s: s.For(t), key: editor, own: own, id: id, partner: partner}
			do(a)
		})
	}
	s.Must(http.MethodPut, "/api/workflows/literal", literal(partner))
	for what, nodes := range leakyNodes {
		try("nodes/"+what, func(a *attempt) { a.inNodes(nodes) })
	}
	for what, config := range leakyTriggers {
		try("trigger/"+what, func(a *attempt) {
			document := `{"enabled":true,"trigger":{"type":"webhook","config":` + config + `},"nodes":[]}`
			path := "/api/workflows/" + a.id
			a.refused("saved", a.call(http.MethodPut, path, document), http.StatusUnprocessableEntity)
			a.call(http.MethodPut, path+"?draft=true", document)
			a.refused("published", a.call(http.MethodPost, path+"/publish", ""), http.StatusUnprocessableEntity)
			a.look(post(t, s, a.id+"?guess=t", `{}`))
		})
	}
	for what, do := range otherAttempts {
		try(what, do)
	}
	if form := shows(own.all(), hush); form != "" {
		t.Errorf("the editor's server has got it as %q: %s", form, own.all())
	}
	if n < 30 {
		t.Errorf("only %d attempts", n)
	}
}

// owned is an administrator's workflow that uses the secret wherever it can stand.
func owned(partner *recorder) string {
	return `{"enabled":true,"trigger":{"type":"webhook","config":{"mode":"sync",
		"verification":{"scheme":"token","header":"X-Token","value":"{{$env.HUSH}}"}}},"nodes":[
		{"key":"keep","type":"set","config":{"values":{"it":"{{$env.HUSH}}"}}},
		{"key":"send","type":"request","config":{"method":"POST","url":"` + partner.URL + `/?q={{$env.HUSH}}","auth":{"type":"basic","username":"u","password":"{{$env.HUSH}}"},"body":"{{$steps.keep}}"}},
		{"key":"script","type":"javascript","onError":"continue","config":{"env":["HUSH"],"code":"console.log(env.HUSH, btoa(env.HUSH), encodeURIComponent(env.HUSH)); throw new Error(env.HUSH)"}},
		{"key":"r","type":"response","config":{"body":{"ok":true}}}]}`
}

// literal is one that holds the secret itself instead of a variable.
func literal(partner *recorder) string {
	return `{"trigger":{"type":"webhook","config":{"verification":{"scheme":"hmac","secret":` + quote(hush) + `,"header":"X-Sig"}}},"nodes":[
		{"key":"send","type":"request","config":{"url":"` + partner.URL + `","auth":{"type":"bearer","token":` + quote(hush) + `}}}]}`
}

func keyOf(t *testing.T, s *hookflowtest.Server, role string) string {
	t.Helper()
	var made struct{ Key string }
	s.Into(&made, http.MethodPost, "/api/api-keys", `{"name":"`+role+`","role":"`+role+`"}`)
	return made.Key
}

func quote(text string) string {
	quoted, _ := json.Marshal(text)
	return string(quoted)
}

// otherAttempts go other ways than saving nodes or triggers anew.
var otherAttempts = map[string]func(*attempt){
	"reading everything": func(a *attempt) {
		for _, path := range []string{
			"env", "env/HUSH", "workflows", "workflows/owned", "workflows/owned/draft", "workflows/owned/revisions", "workflows/owned/revisions/1",
			"executions", "deliveries", "collections/notes/records", "stats", "node-types", "verification-schemes",
		} {
			a.refused(path, a.call(http.MethodGet, "/api/"+path, ""), http.StatusOK)
		}
		for _, list := range []string{"executions", "deliveries"} {
			var page struct{ Items []struct{ ID string } }
			decode(a.t, a.call(http.MethodGet, "/api/"+list+"?limit=1000", ""), &page)
			for _, item := range page.Items {
				a.call(http.MethodGet, "/api/"+list+"/"+item.ID, "")
				a.call(http.MethodGet, "/api/"+list+"/"+item.ID+"?credentials=true", "")
			}
		}
	},
	"what is for administrators": func(a *attempt) {
		for _, path := range []string{"users", "api-keys", "audit"} {
			a.refused(path, a.call(http.MethodGet, "/api/"+path, ""), http.StatusForbidden)
		}
		a.refused("a key with a higher role", a.call(http.MethodPost, "/api/api-keys", `{"name":"a","role":"admin"}`), http.StatusForbidden)
	},
	"making it no secret": func(a *attempt) {
		a.refused("put", a.call(http.MethodPut, "/api/env/HUSH", `{"value":"","secret":false}`), http.StatusForbidden)
		a.refused("delete", a.call(http.MethodDelete, "/api/env/HUSH", ""), http.StatusForbidden)
	},
	"a template in the input": func(a *attempt) {
		a.refused("saved", a.call(http.MethodPut, "/api/workflows/"+a.id, `{"trigger":{"type":"manual"},"nodes":[
			{"key":"x","type":"set","config":{"values":"{{$context.t}}"}},{"key":"y","type":"request","config":{"url":"`+a.own.URL+`/{{$steps.x}}"}}]}`), http.StatusCreated)
		a.run(a.id, "", `{"context":{"t":"{{$env.HUSH}}"}}`)
	},
	"a template in a record": func(a *attempt) {
		a.call(http.MethodPost, "/api/collections/notes/records", `{"text":"{{$env.HUSH}}"}`)
		a.refused("saved", a.call(http.MethodPut, "/api/workflows/"+a.id, `{"trigger":{"type":"manual"},"nodes":[
			{"key":"x","type":"query","config":{"collection":"notes"}},{"key":"y","type":"request","config":{"method":"POST","url":"`+a.own.URL+`","body":"{{$steps.x}}"}}]}`), http.StatusCreated)
		a.run(a.id, "", "")
	},
	"a name in a script that lists none": func(a *attempt) {
		a.refused("saved", a.call(http.MethodPut, "/api/workflows/"+a.id, `{"trigger":{"type":"manual"},"nodes":[
			{"key":"x","type":"javascript","config":{"env":["PLAIN"],"code":"return [env.HUSH, env['HUSH'], Object.keys(env), typeof process, globalThis.env]"}}]}`), http.StatusCreated)
		a.run(a.id, "", "")
	},
	"the whole of env": func(a *attempt) {
		a.refused("saved", a.call(http.MethodPut, "/api/workflows/"+a.id, `{"trigger":{"type":"manual"},"nodes":[
			{"key":"x","type":"request","config":{"method":"POST","url":"`+a.own.URL+`","body":["{{$env}}","{{$env[\"\"]}}"]}}]}`), http.StatusForbidden)
		a.refused("saved", a.call(http.MethodPut, "/api/workflows/"+a.id, `{"trigger":{"type":"manual"},"nodes":[
			{"key":"x","type":"request","config":{"method":"POST","url":"`+a.own.URL+`","body":["{{$env}}"]}}]}`), http.StatusCreated)
		a.run(a.id, "", "")
	},
	"before it is a secret": func(a *attempt) {
		a.s.Must(http.MethodPut, "/api/env/SOON", `{"value":"harmless"}`)
		a.refused("saved", a.call(http.MethodPut, "/api/workflows/"+a.id, `{"trigger":{"type":"manual"},"nodes":[
			{"key":"x","type":"request","config":{"url":"`+a.own.URL+`/{{$env.SOON}}"}}]}`), http.StatusCreated)
		a.s.Must(http.MethodPut, "/api/env/SOON", `{"secret":true,"value":`+quote(hush)+`}`)
		a.run(a.id, "", "")
	},
	"in a trigger before it is a secret": func(a *attempt) {
		a.s.Must(http.MethodPut, "/api/env/SHOWN", `{"value":"harmless"}`)
		a.refused("saved", a.call(http.MethodPut, "/api/workflows/"+a.id, `{"enabled":true,"nodes":[],"trigger":{"type":"webhook","config":{
			"filter":{"left":"{{$env.SHOWN}}","op":"startsWith","right":"{{$context.query.guess}}"}}}}`), http.StatusCreated)
		a.refused("made a secret", admin(a.t, a.s, http.MethodPut, "/api/env/SHOWN", `{"secret":true,"value":`+quote(hush)+`}`), http.StatusConflict)
	},
	"a node more in an administrator's workflow": func(a *attempt) {
		_, nodes, _ := strings.Cut(text(a.t, raw(quote(a.call(http.MethodGet, "/api/workflows/owned", "").Body))), `"nodes":[`)
		more := `{"enabled":true,"trigger":{"type":"manual"},"nodes":[{"key":"x","type":"request","config":{"method":"POST","url":"` + a.own.URL + `","body":"{{$steps.keep}}"}},` +
			nodes[:strings.LastIndex(nodes, `]`)] + `]}`
		for _, path := range []string{"owned", "owned?draft=true", a.id, a.id + "?draft=true"} {
			a.refused(path, a.call(http.MethodPut, "/api/workflows/"+path, more), http.StatusForbidden)
		}
		a.refused("published", a.call(http.MethodPost, "/api/workflows/owned/publish", ""), http.StatusConflict)
		a.run("owned", "", "")
		a.run("owned", "?revision=draft", "")
	},
	"another receiver in an administrator's workflow": func(a *attempt) {
		document := owned(a.own)
		a.refused("saved", a.call(http.MethodPut, "/api/workflows/owned", document), http.StatusForbidden)
		a.refused("as a draft", a.call(http.MethodPut, "/api/workflows/owned?draft=true", document), http.StatusForbidden)
		a.run("owned", "?revision=draft", "")
	},
	"a copy of an administrator's workflow": func(a *attempt) {
		a.refused("copied", a.call(http.MethodPost, "/api/workflows/owned/duplicate", `{"key":"`+a.id+`"}`), http.StatusCreated)
		a.run(a.id, "", "")
		a.refused("changed", a.call(http.MethodPut, "/api/workflows/"+a.id, owned(a.own)), http.StatusForbidden)
		a.run(a.id, "", "")
	},
	"an older revision": func(a *attempt) {
		a.refused("restored", a.call(http.MethodPost, "/api/workflows/owned/revisions/1/restore", ""), http.StatusOK)
		a.refused("changed", a.call(http.MethodPut, "/api/workflows/owned", owned(a.own)), http.StatusForbidden)
	},
	"running an execution again": func(a *attempt) {
		a.run("owned", "", "")
		var page struct{ Items []struct{ ID string } }
		decode(a.t, a.call(http.MethodGet, "/api/executions?workflow=owned&limit=1", ""), &page)
		for _, from := range []string{`{}`, `{"from":"keep"}`, `{"from":"r"}`} {
			var made struct{ Execution string }
			decode(a.t, a.call(http.MethodPost, "/api/executions/"+page.Items[0].ID+"/retry", from), &made)
			ended(a.t, a.s, made.Execution)
			a.call(http.MethodGet, "/api/executions/"+made.Execution, "")
		}
	},
	"other results for an execution that runs again": func(a *attempt) {
		a.s.Must(http.MethodPut, "/api/workflows/chosen", `{"trigger":{"type":"manual"},"nodes":[
			{"key":"to","type":"set","config":{"values":"`+a.partner.URL+`"}},
			{"key":"send","type":"request","config":{"url":"{{$steps.to}}","headers":{"X-Key":"{{$env.HUSH}}"}}}]}`)
		a.run("chosen", "", "")
		var page struct{ Items []struct{ ID string } }
		decode(a.t, a.call(http.MethodGet, "/api/executions?workflow=chosen&limit=1", ""), &page)
		body := `{"from":"send","results":{"to":"` + a.own.URL + `"}}`
		a.refused("retried", a.call(http.MethodPost, "/api/executions/"+page.Items[0].ID+"/retry", body), http.StatusForbidden)
	},
	"sending wrong tokens": func(a *attempt) {
		for _, token := range []string{"", "t", hush[:len(hush)-1], "••••", "{{$env.HUSH}}"} {
			r := a.look(post(a.t, a.s, "owned", `{}`, "X-Token: "+token))
			a.refused("called", r, http.StatusUnauthorized)
			a.call(http.MethodGet, "/api/deliveries/"+r.Header.Get("X-Hookflow-Delivery"), "")
		}
	},
	"the token of a caller, by another scheme": func(a *attempt) {
		a.refused("taken over", a.call(http.MethodDelete, "/api/workflows/owned", ""), http.StatusNoContent)
		a.refused("saved", a.call(http.MethodPut, "/api/workflows/"+a.id, `{"enabled":true,"trigger":{"type":"webhook","config":{"path":"owned","mode":"sync"}},"nodes":[
			{"key":"x","type":"request","config":{"method":"POST","url":"`+a.own.URL+`","body":"{{$context}}"}},{"key":"y","type":"response","config":{"body":"{{$context}}"}}]}`), http.StatusCreated)
		a.look(post(a.t, a.s, "owned?a=1&t="+url.QueryEscape(hush), `{}`, "X-Token: "+hush, "X-Other: Bearer "+hush))
		a.refused("given back", a.call(http.MethodDelete, "/api/workflows/"+a.id, ""), http.StatusNoContent)
		admin(a.t, a.s, http.MethodPut, "/api/workflows/owned", owned(a.partner))
	},
	"a secret that stands in a document": func(a *attempt) {
		shown := a.call(http.MethodGet, "/api/workflows/literal", "").Body
		for _, path := range []string{"literal/draft", "literal/revisions/1"} {
			a.call(http.MethodGet, "/api/workflows/"+path, "")
		}
		put := func(what string, status int, old, changed string) {
			a.t.Helper()
			if !strings.Contains(shown, old) {
				a.t.Fatalf("%s: no %s in %s", what, old, shown)
			}
			for _, query := range []string{"", "?draft=true"} {
				a.refused(what, a.call(http.MethodPut, "/api/workflows/literal"+query, strings.Replace(shown, old, changed, 1)), status)
			}
		}
		put("sent elsewhere", http.StatusForbidden, a.partner.URL, a.own.URL)
		put("as a header", http.StatusUnprocessableEntity, `"auth":{"type":"bearer","token":"••••"}`, `"auth":{"type":"header","name":"X","value":"••••"}`)
		put("in another node", http.StatusUnprocessableEntity, `"key":"send"`, `"key":"sent"`)
		put("by another scheme", http.StatusUnprocessableEntity, `"scheme":"hmac","secret":"••••","header":"X-Sig"`, `"scheme":"token","value":"••••","header":"X-Sig"`)
		put("beside a node", http.StatusForbidden, `"nodes":[`, `"nodes":[{"key":"x","type":"set","config":{"values":"••••"}},`)
		a.refused("copied", a.call(http.MethodPost, "/api/workflows/literal/duplicate", `{"key":"`+a.id+`"}`), http.StatusCreated)
		a.refused("the copy sent elsewhere", a.call(http.MethodPut, "/api/workflows/"+a.id, strings.NewReplacer(a.partner.URL, a.own.URL, `"literal"`, `"`+a.id+`"`).Replace(shown)), http.StatusForbidden)
		a.run("literal", "", "")
		a.run(a.id, "", "")
	},
	"pinned results in an administrator's workflow": func(a *attempt) {
		body := `{"node":"send","dryRun":false,"pins":{"keep":"` + a.own.URL + `"}}`
		a.refused("pinned", a.call(http.MethodPost, "/api/workflows/owned/run", body), http.StatusForbidden)
		a.run("owned", "", `{"node":"keep"}`)
		a.run("owned", "", `{"until":"script"}`)
	},
	"the test of a script": func(a *attempt) {
		a.refused("tested", a.call(http.MethodPost, "/api/scripts/test", `{"code":"return env.HUSH","env":["HUSH"]}`), http.StatusUnprocessableEntity)
		a.refused("tested", a.call(http.MethodPost, "/api/scripts/test", `{"code":"return [env, typeof process, globalThis]"}`), http.StatusOK)
	},
	"an administrator's workflow, called": func(a *attempt) {
		a.s.Must(http.MethodPut, "/api/workflows/callee", `{"trigger":{"type":"manual"},"nodes":[{"key":"o","type":"output","config":{"value":"{{$env.HUSH}}"}}]}`)
		a.refused("saved", a.call(http.MethodPut, "/api/workflows/"+a.id, `{"trigger":{"type":"manual"},"nodes":[
			{"key":"x","type":"call","config":{"workflow":"callee"}},{"key":"y","type":"request","config":{"method":"POST","url":"`+a.own.URL+`","body":"{{$steps.x}}"}}]}`), http.StatusCreated)
		a.run("callee", "", "")
		a.run(a.id, "", "")
	},
	"what an administrator's workflow keeps": func(a *attempt) {
		a.s.Must(http.MethodPut, "/api/workflows/keeper", `{"trigger":{"type":"manual"},"nodes":[
			{"key":"c","type":"create","config":{"collection":"notes","values":{"text":"it is {{$env.HUSH}}"}}},
			{"key":"u","type":"update","config":{"collection":"notes","all":true,"values":{"text":"{{$env.HUSH}}"}}}]}`)
		a.run("keeper", "", "")
		a.call(http.MethodGet, "/api/collections/notes/records", "")
		a.refused("saved", a.call(http.MethodPut, "/api/workflows/"+a.id, `{"trigger":{"type":"manual"},"nodes":[
			{"key":"x","type":"query","config":{"collection":"notes"}},{"key":"y","type":"request","config":{"method":"POST","url":"`+a.own.URL+`","body":"{{$steps.x}}"}}]}`), http.StatusCreated)
		a.run(a.id, "", "")
	},
	"errors of the program": func(a *attempt) {
		for _, path := range []string{"/api/env/{{$env.HUSH}}", "/api/workflows/$env.HUSH", "/api/executions?workflow={{$env.HUSH}}", "/api/deliveries?q={{$env.HUSH}}"} {
			a.call(http.MethodGet, strings.NewReplacer("{", "%7B", "}", "%7D").Replace(path), "")
		}
		a.call(http.MethodPut, "/api/workflows/"+a.id, `{"key":"{{$env.HUSH}}","title":"{{$env.HUSH}}","trigger":{"type":"{{$env.HUSH}}"},"nodes":[{"key":"{{$env.HUSH}}"}]}`)
	},
	"titles and options": func(a *attempt) {
		a.call(http.MethodPut, "/api/workflows/"+a.id, `{"title":"{{$env.HUSH}}","trigger":{"type":"manual"},"options":{"onError":"{{$env.HUSH}}"},"nodes":[]}`)
		a.call(http.MethodPut, "/api/workflows/"+a.id, `{"title":"{{$env.HUSH}}","trigger":{"type":"manual"},"nodes":[{"key":"x","title":"{{$env.HUSH}}","type":"set","config":{"values":1}}]}`)
		a.run(a.id, "", "")
		a.call(http.MethodGet, "/api/workflows/"+a.id, "")
	},
}

// TestViewersChangeNothing: every call that changes something, with a viewer's key.
func TestViewersChangeNothing(t *testing.T) {
	t.Parallel()
	s := hookflowtest.Start(t)
	viewer := keyOf(t, s, "viewer")
	var api struct {
		Paths map[string]map[string]struct {
			OperationID string `json:"operationId"`
			Role        string `json:"x-role"`
		}
	}
	s.Into(&api, http.MethodGet, "/api/openapi.json", "")
	asked := 0
	for path, operations := range api.Paths {
		for method, operation := range operations {
			changes := map[string]bool{"post": true, "put": true, "patch": true, "delete": true}[method]
			if !changes || forThemselves[operation.OperationID] {
				continue
			}
			asked++
			address := strings.NewReplacer("{id}", "01", "{key}", "sample", "{name}", "sample_contacts", "{n}", "1").Replace(path)
			if r := as(t, s, viewer, strings.ToUpper(method), address, `{}`); r.Status != http.StatusForbidden {
				t.Errorf("%s %s: %d %s", method, path, r.Status, r.Body)
			}
		}
	}
	if asked < 25 {
		t.Errorf("only %d calls change something", asked)
	}
}

// forThemselves are the calls by which everybody changes their own account only.
var forThemselves = map[string]bool{
	"setup": true, "login": true, "logout": true,
	"change-me": true, "delete-session": true, "delete-sessions": true,
}
