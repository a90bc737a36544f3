package script

import (
	"context"
	"time"

	"github.com/hookflow/hookflow"
)

// Limits of a script's requests.
const (
	MaxFetches     = 50       // of a run
	MaxFetchesOpen = 8        // at once; the next ones wait
	MaxFetchBody   = 5 << 20  // bytes of a request's body
	MaxFetchAnswer = 10 << 20 // bytes of an answer's body
	maxFetchURL    = 16 << 10
)

// Fetch sends a request of a script and reads the whole answer. Several
// goroutines call it at once. When ctx is done the script has no use for an
// answer any more.
type Fetch func(ctx context.Context, r FetchRequest) (*FetchResponse, error)

// FetchRequest is one call of fetch.
type FetchRequest struct {
	Number          int // of the call in its run, from 1
	Method, URL     string
	Headers         []hookflow.Header
	Body            []byte
	FollowRedirects bool
	Timeout         time.Duration // of the whole run
}

// FetchResponse is the answer to one. Its body has at most [MaxFetchAnswer]
// bytes.
type FetchResponse struct {
	Status     int
	StatusText string
	URL        string // that answered, after redirects
	Headers    []hookflow.Header
	Body       []byte
}

// fetchCall is the header of a request on its way to the server.
type fetchCall struct {
	Number  int               `json:"number"`
	Method  string            `json:"method"`
	URL     string            `json:"url"`
	Headers []hookflow.Header `json:"headers,omitempty"`
	Follow  bool              `json:"follow,omitempty"`
}

// fetchAnswer is the header of an answer on its way to the worker.
type fetchAnswer struct {
	Number     int               `json:"number"`
	Failure    string            `json:"failure,omitempty"` // why there is none
	Status     int               `json:"status,omitempty"`
	StatusText string            `json:"statusText,omitempty"`
	URL        string            `json:"url,omitempty"`
	Headers    []hookflow.Header `json:"headers,omitempty"`
}

func answerOf(number int, r *FetchResponse, err error) (fetchAnswer, []byte) {
	switch {
	case err != nil:
		return fetchAnswer{Number: number, Failure: cutText(err.Error(), maxErrorText)}, nil
	case len(r.Body) > MaxFetchAnswer:
		return fetchAnswer{Number: number, Failure: "the answer is too large"}, nil
	}
	return fetchAnswer{Number: number, Status: r.Status, StatusText: r.StatusText, URL: r.URL, Headers: r.Headers}, r.Body
}
