package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// bodySize is that of the peers' measurements in the performance notes.
const bodySize = 1024

// load is the child: callers that each send one request after the other over
// one connection, every body with an id of its own.
func load(args []string) error {
	if len(args) != 3 {
		return fmt.Errorf("load takes a URL, a number of callers and a duration")
	}
	target, err := url.Parse(args[0])
	if err != nil {
		return err
	}
	callers, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	duration, err := time.ParseDuration(args[2])
	if err != nil {
		return err
	}
	m, err := closedLoop(callers, duration, func(caller int, until time.Time) ([]time.Duration, error) {
		return call(target, caller, until)
	})
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(m)
}

// closedLoop has callers that each do one thing after the other until the end of
// time; act returns how long each of them took.
func closedLoop(callers int, duration time.Duration, act func(caller int, until time.Time) ([]time.Duration, error)) (measure, error) {
	var (
		group sync.WaitGroup
		mu    sync.Mutex
		all   []time.Duration
		first error
	)
	began := time.Now()
	for caller := range callers {
		group.Go(func() {
			times, err := act(caller, began.Add(duration))
			mu.Lock()
			defer mu.Unlock()
			all = append(all, times...)
			if err != nil && first == nil {
				first = err
			}
		})
	}
	group.Wait()
	if first != nil {
		return measure{}, first
	}
	if len(all) == 0 {
		return measure{}, fmt.Errorf("nothing was done in time")
	}
	slices.Sort(all)
	return measure{
		Requests: len(all), Seconds: time.Since(began).Seconds(),
		P50: milliseconds(all[len(all)/2]), P99: milliseconds(all[len(all)*99/100]),
	}, nil
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// call sends requests until the end of time; any answer but a 2xx is an error.
func call(target *url.URL, caller int, until time.Time) ([]time.Duration, error) {
	conn, err := net.Dial("tcp", target.Host) //nolint:gosec,noctx // the server that this program has started
	if err != nil {
		return nil, err
	}
	defer conn.Close() //nolint:errcheck // nothing is lost with it
	reader := bufio.NewReader(conn)
	var times []time.Duration
	for n := 0; ; n++ {
		began := time.Now()
		if began.After(until) {
			return times, nil
		}
		if _, err := conn.Write(requestTo(target, fmt.Sprintf("%s-%d-%d", until.Format("150405.000"), caller, n))); err != nil {
			return nil, err
		}
		if err := answered(reader); err != nil {
			return nil, err
		}
		times = append(times, time.Since(began))
	}
}

func requestTo(target *url.URL, id string) []byte {
	body := `{"event":"order.paid","id":"` + id + `","customer":{"name":"Ada","email":"ada@example.com"},"amount":129.90,"lines":["`
	body += strings.Repeat("x", bodySize-len(body)-3) + `"]}`
	return []byte("POST " + target.RequestURI() + " HTTP/1.1\r\nHost: " + target.Host +
		"\r\nContent-Type: application/json\r\nContent-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n" + body)
}

func answered(reader *bufio.Reader) error {
	answer, err := http.ReadResponse(reader, nil)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode/100 != 2 {
		return fmt.Errorf("answered %s: %s", answer.Status, body)
	}
	return answer.Body.Close()
}
