package script

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
)

// echo answers with the request.
func echo(_ context.Context, r FetchRequest) (*FetchResponse, error) {
	body, err := json.Marshal(map[string]any{"n": r.Number, "method": r.Method, "url": r.URL, "headers": r.Headers, "body": string(r.Body), "follow": r.FollowRedirects})
	return &FetchResponse{
		Status: 201, StatusText: "Created", URL: r.URL, Body: body,
		Headers: []hookflow.Header{{Name: "X-A", Value: "1"}, {Name: "X-A", Value: "2"}, {Name: "Set-Cookie", Value: "a=1"}, {Name: "Set-Cookie", Value: "b=2"}},
	}, err
}

func answerWith(r FetchResponse) Fetch {
	return func(context.Context, FetchRequest) (*FetchResponse, error) { return &r, nil }
}

func TestFetch(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{})
	for _, c := range []struct {
		name, code string
		fetch      Fetch
		want       string // the result, or the error
	}{
		{
			"get", `const r = await fetch('HTTP://Example.com/a b'); return r.json()`, echo,
			`{"body":"","follow":true,"headers":null,"method":"GET","n":1,"url":"http://example.com/a%20b"}`,
		},
		{
			"post", `return (await fetch(new URL('http://h/'), {method: 'post', body: 'é', headers: {'X-B': ' 1 '}})).json()`, echo,
			`{"body":"é","follow":true,"headers":[{"name":"content-type","value":"text/plain;charset=UTF-8"},{"name":"x-b","value":"1"}],"method":"POST","n":1,"url":"http://h/"}`,
		},
		{
			"form", `return (await (await fetch('http://h', {method: 'PUT', body: new URLSearchParams({a: 'b c'}), redirect: 'manual', headers: [['A', '1'], ['a', '2']]})).json())`, echo,
			`{"body":"a=b+c","follow":false,"headers":[{"name":"a","value":"1, 2"},{"name":"content-type","value":"application/x-www-form-urlencoded;charset=UTF-8"}],"method":"PUT","n":1,"url":"http://h/"}`,
		},
		{"bytes", `return (await (await fetch('http://h', {method: 'POST', body: new Uint8Array([65, 66])})).json()).body`, echo, `"AB"`},
		{"request", `const r = new Request('http://h/', {method: 'POST', body: '{}', headers: new Headers({'content-type': 'application/json'})});
			const {body, headers} = await (await fetch(r)).json(); return [body, headers]`, echo, `["{}",[{"name":"content-type","value":"application/json"}]]`},
		{
			"response", `const r = await fetch('http://h/');
			return [r.ok, r.status, r.statusText, r.url, r.redirected, r.type, r.bodyUsed, r.headers.get('x-a'), r.headers.has('X-B'), r.headers.getSetCookie(), [...r.headers]]`, echo,
			`[true,201,"Created","http://h/",false,"basic",false,"1, 2",false,["a=1","b=2"],[["set-cookie","a=1"],["set-cookie","b=2"],["x-a","1, 2"]]]`,
		},
		{"fragment", `const r = await fetch('http://h/#a'); return [r.redirected, r.url]`, echo, `[false,"http://h/"]`},
		{"redirected", `const r = await fetch('http://h/'); return [r.redirected, r.url]`, answerWith(FetchResponse{Status: 200, URL: "http://g/"}), `[true,"http://g/"]`},
		{"not found", `const r = await fetch('http://h/'); return [r.ok, r.status, await r.text()]`, answerWith(FetchResponse{Status: 404, Body: []byte("gone")}), `[false,404,"gone"]`},
		{
			"binary", `const r = await fetch('http://h/'), c = r.clone(); return [[...await r.bytes()], (await c.arrayBuffer()).byteLength]`,
			answerWith(FetchResponse{Status: 200, Body: []byte{0xff, 0, 1}}), `[[255,0,1],3]`,
		},
		{"a mark", `return (await fetch('http://h/')).json()`, answerWith(FetchResponse{Status: 200, Body: []byte("\xef\xbb\xbf[1]")}), `[1]`},
		{"read twice", `const r = await fetch('http://h/'); await r.text(); await r.text()`, echo, `TypeError: Body is unusable: Body has already been read`},
		{"in order", `return Promise.all([1, 2, 3].map(async (n) => (await (await fetch('http://h/' + n)).json()).url))`, echo, `["http://h/1","http://h/2","http://h/3"]`},
		{"unexpected redirect", `await fetch('http://h/', {redirect: 'error'})`, answerWith(FetchResponse{Status: 302}), `TypeError: fetch failed: unexpected redirect`},
		{"no redirect", `return (await fetch('http://h/', {redirect: 'manual'})).status`, answerWith(FetchResponse{Status: 302}), `302`},
		{"refused", `await fetch('http://h/')`, func(context.Context, FetchRequest) (*FetchResponse, error) {
			return nil, errors.New("127.0.0.1 is denied")
		}, `TypeError: fetch failed: 127.0.0.1 is denied`},
		{"caught", `try { await fetch('http://h/') } catch (e) { return [e instanceof TypeError, e.name] }`, nil, `[true,"TypeError"]`},
		{"no network", `await fetch('http://h/')`, nil, `TypeError: fetch failed: this script has no network`},
		{"no URL", `await fetch('/path')`, echo, `TypeError: Failed to parse URL from /path`},
		{"credentials", `await fetch('http://u:secret@h/')`, echo, `TypeError: Request cannot be constructed from a URL that includes credentials: http://h`},
		{"a file", `await fetch('file:///etc/passwd')`, echo, `TypeError: fetch failed: file: is neither http: nor https:`},
		{"body of GET", `await fetch('http://h/', {body: 'x'})`, echo, `TypeError: Request with GET/HEAD method cannot have body.`},
		{"method", `await fetch('http://h/', {method: 'CONNECT'})`, echo, `TypeError: 'CONNECT' is not a valid HTTP method.`},
		{"header", `await fetch('http://h/', {headers: {a: 'b\r\nc: d'}})`, echo, "TypeError: Headers: \"b\r\nc: d\" is an invalid header value."},
		{"large body", `await fetch('http://h/', {method: 'POST', body: 'x'.repeat(5 * 2 ** 20 + 1)})`, echo, `TypeError: fetch failed: the body has more than 5 MB`},
		{"large answer", `await fetch('http://h/')`, answerWith(FetchResponse{Status: 200, Body: make([]byte, MaxFetchAnswer+1)}), `TypeError: fetch failed: the answer is too large`},
		{"the largest answer", `return (await (await fetch('http://h/')).text()).length`, answerWith(FetchResponse{Status: 200, Body: make([]byte, MaxFetchAnswer)}), `10485760`},
		{"too many", `for (let i = 0; i < 51; i++) await fetch('http://h/')`, echo, `TypeError: fetch failed: a run sends at most 50 requests`},
		{"aborted before", `await fetch('http://h/', {signal: AbortSignal.abort()})`, echo, `AbortError: This operation was aborted`},
		{"made by hand", `const r = Response.json({a: 1}, {status: 203}); return [r.status, r.headers.get('content-type'), await r.clone().json()]`, nil, `[203,"application/json",{"a":1}]`},
	} {
		result, err := pool.Run(t.Context(), Run{Code: c.code, Fetch: c.fetch, Timeout: long})
		got := string(result.Value)
		if err != nil {
			got = err.Error()
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// TestFetchFailureSaysWhere: the stack leads to the call.
func TestFetchFailureSaysWhere(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{})
	_, err := pool.Run(t.Context(), Run{Code: "const url = 'http://h/';\nawait fetch(url);"})
	var failed *Error
	if want := "TypeError: fetch failed: this script has no network\n    at script:2:12"; !errors.As(err, &failed) || failed.Stack != want {
		t.Errorf("got %v: %q", err, failed.Stack)
	}
}

// TestFetchesAtOnce: eight are on their way together, and never more.
func TestFetchesAtOnce(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{})
	var mu sync.Mutex
	open, most := 0, 0
	full, fill := context.WithCancel(t.Context())
	defer fill()
	count := func(ctx context.Context, r FetchRequest) (*FetchResponse, error) {
		mu.Lock()
		open++
		if most = max(most, open); most == MaxFetchesOpen {
			fill()
		}
		mu.Unlock()
		select {
		case <-full.Done():
		case <-ctx.Done():
		}
		mu.Lock()
		open--
		mu.Unlock()
		return &FetchResponse{Status: 200, URL: r.URL}, nil
	}
	code := `const all = await Promise.all(Array.from({length: 50}, (_, i) => fetch('http://h/' + i))); return all.length`
	result, err := pool.Run(t.Context(), Run{Code: code, Fetch: count, Timeout: long})
	if err != nil || string(result.Value) != "50" || most != MaxFetchesOpen {
		t.Errorf("got %s, %v, %d at once", result.Value, err, most)
	}
}

// hang answers /quick at once, and anything else only when nobody waits any
// more; it tells who came.
func hang(came chan<- int) Fetch {
	return func(ctx context.Context, r FetchRequest) (*FetchResponse, error) {
		if strings.HasSuffix(r.URL, "/quick") {
			return &FetchResponse{Status: 200, URL: r.URL}, nil
		}
		came <- r.Number
		<-ctx.Done()
		return nil, ctx.Err()
	}
}

func TestFetchEndsWithItsRun(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{Workers: 1})
	came := make(chan int, 1)
	for _, c := range []struct {
		code    string
		timeout time.Duration
		want    string
	}{
		{"fetch('http://h/'); return 'not awaited'", long, `"not awaited"`},
		{"await fetch('http://h/')", time.Second, "script ran longer than 1s"},
		{"const signal = AbortSignal.timeout(1000); await fetch('http://h/', {signal})", long, "TimeoutError: The operation was aborted due to timeout"},
		{"const c = new AbortController(), slow = fetch('http://h/', {signal: c.signal}); await fetch('http://h/quick'); c.abort('why'); await slow", long, "why"},
		{"const slow = fetch('http://h/'); await Promise.race([slow, fetch('http://h/quick')]); return 1", long, "1"},
	} {
		result, err := pool.Run(t.Context(), Run{Code: c.code, Fetch: hang(came), Timeout: c.timeout})
		if got := string(result.Value) + errorText(err); got != c.want {
			t.Errorf("%s: got %s", c.code, got)
		}
		<-came
		mustServe(t, pool)
	}
}

func TestCancelAbortsFetch(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{Workers: 1})
	ctx, cancel := context.WithCancel(t.Context())
	came, ended := make(chan int, 1), make(chan error, 1)
	go func() {
		_, err := pool.Run(ctx, Run{Code: "await fetch('http://h/')", Fetch: hang(came), Timeout: long})
		ended <- err
	}()
	<-came
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	mustServe(t, pool)
}

// TestWaitingScriptsHoldNoTurn: one place to compute, and many scripts that
// wait for a receiver which does not answer, do not keep others from running.
func TestWaitingScriptsHoldNoTurn(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{Workers: 1})
	ctx, cancel := context.WithCancel(t.Context())
	came := make(chan int)
	var slow sync.WaitGroup
	for range 20 {
		slow.Go(func() {
			_, err := pool.Run(ctx, Run{Code: "await fetch('http://h/')", Group: "slow", Fetch: hang(came), Timeout: long})
			if !errors.Is(err, context.Canceled) {
				t.Errorf("a waiting script ended before the others: %v", err)
			}
		})
	}
	for range 3 { // of 8, as many as a group may hold
		<-came
	}
	for range 3 {
		mustServe(t, pool)
	}
	cancel()
	slow.Wait()
	mustServe(t, pool)
}

// TestScriptsTakeTurnsAfterWaiting: many scripts that wait and compute by turns
// all come to their end.
func TestScriptsTakeTurnsAfterWaiting(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{Workers: 2})
	code := `let n = 0;
		for (let i = 0; i < 5; i++) {
			await Promise.all([fetch('http://h/'), fetch('http://h/'), new Promise((done) => setTimeout(done, 7))]);
			for (let j = 0; j < 1e4; j++) n += j;
		}
		return n`
	var runs sync.WaitGroup
	for i := range 24 {
		runs.Go(func() {
			result, err := pool.Run(t.Context(), Run{Code: code, Group: fmt.Sprint(i % 3), Fetch: echo, Timeout: long})
			if err != nil || string(result.Value) != "249975000" {
				t.Errorf("got %s, %v", result.Value, err)
			}
		})
	}
	runs.Wait()
	mustServe(t, pool)
}

func TestManyLargeAnswers(t *testing.T) {
	t.Parallel()
	pool := newTestPool(t, Options{Workers: 1})
	large := answerWith(FetchResponse{Status: 200, Body: []byte(strings.Repeat("x", MaxFetchAnswer))})
	code := `const kept = []; for (let i = 0; i < 50; i++) kept.push(await fetch('http://h/')); return kept.length`
	if _, err := pool.Run(t.Context(), Run{Code: code, Fetch: large, Timeout: MaxTimeout}); kindOf(err) != KindMemory {
		t.Errorf("got %v", err)
	}
	mustServe(t, pool)
}
