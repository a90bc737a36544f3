package webhook

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
)

const (
	deliveryHeader  = "X-Hookflow-Delivery"
	duplicateHeader = "X-Hookflow-Duplicate"
	policyHeader    = "Content-Security-Policy"
)

// sandbox keeps a page that a workflow answers from acting as the user of the interface, which has
// the same origin.
const sandbox = "sandbox allow-downloads allow-forms allow-modals allow-popups allow-scripts allow-top-navigation"

// ours are the headers that belong to the connection (RFC 9110, section 7.6.1) or to us, or reach
// beyond the answer to the interface.
var ours = map[string]bool{
	"Connection": true, "Keep-Alive": true, "Proxy-Connection": true, "Proxy-Authenticate": true, "Proxy-Authorization": true,
	"Te": true, "Trailer": true, "Transfer-Encoding": true, "Upgrade": true, "Content-Length": true,
	deliveryHeader: true, duplicateHeader: true, "X-Content-Type-Options": true,
	"Clear-Site-Data": true, "Service-Worker-Allowed": true,
}

// text is an answer of one line.
func text(status int, message string) *hookflow.Response {
	return &hookflow.Response{
		Status:  status,
		Headers: map[string]string{"Content-Type": "text/plain; charset=utf-8"},
		Body:    []byte(message),
	}
}

// recorded is what a delivery keeps of an answer.
func recorded(answer *hookflow.Response) *hookflow.Response {
	if answer == plainOK {
		return nil
	}
	return answer
}

// fromWorkflow is a response that a workflow made, with the headers that are its to set and a
// status that can be sent.
func fromWorkflow(made *hookflow.Response) *hookflow.Response {
	answer := &hookflow.Response{Status: made.Status, Headers: map[string]string{policyHeader: sandbox}, Body: made.Body}
	if answer.Status < 200 || answer.Status > 599 {
		answer.Status = http.StatusOK
	}
	if len(made.Body) > 0 {
		answer.Headers["Content-Type"] = "text/plain; charset=utf-8"
	}
	for name, text := range made.Headers {
		setHeader(answer.Headers, name, text)
	}
	return answer
}

// answer writes a response.
func (in *inbound) answer(answer *hookflow.Response) {
	h := in.w.Header()
	for name, text := range answer.Headers {
		h.Set(name, text)
	}
	h.Set("X-Content-Type-Options", "nosniff")
	defer in.writeDeadline()()
	if in.recorded {
		h.Set(deliveryHeader, in.delivery.ID.String())
	}
	in.allowOrigin(h)
	bodyless := answer.Status == http.StatusNoContent || answer.Status == http.StatusNotModified
	if !bodyless {
		h.Set("Content-Length", strconv.Itoa(len(answer.Body)))
	}
	in.w.WriteHeader(answer.Status)
	if !bodyless {
		_, _ = in.w.Write(answer.Body) //nolint:gosec // pages are sandboxed by their headers; a caller that is gone needs no answer
	}
}

// answerTimeout is how long a caller may take to read the answer.
const answerTimeout = time.Minute

// writeDeadline makes writes fail once the time is over, as deadline does for reads: a caller that
// reads nothing would hold its answer in memory forever.
func (in *inbound) writeDeadline() (stop func() bool) {
	connection := http.NewResponseController(in.w)
	return time.AfterFunc(answerTimeout, func() {
		_ = connection.SetWriteDeadline(time.Unix(1, 0)) // a connection without deadlines keeps its own time
	}).Stop
}

// setHeader takes a header that a user chose, unless it is not theirs to use. Line ends and other
// control characters become spaces. A policy comes after the sandbox: browsers enforce both.
func setHeader(headers map[string]string, name, text string) {
	name = http.CanonicalHeaderKey(name)
	if checkHeaderName(name) != nil || name == "Set-Cookie" && setsSession(text) {
		return
	}
	if name == policyHeader {
		text = sandbox + ", " + text
	}
	headers[name] = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7f {
			return ' '
		}
		return r
	}, text)
}

// setsSession reports whether a cookie would log in as somebody else, or out, who sees the answer.
// One without a name is sent back as its value, which may hold a name.
func setsSession(cookie string) bool {
	pair, _, _ := strings.Cut(cookie, ";")
	return strings.Contains(pair, auth.SessionCookie)
}

// checkHeaderName refuses what is no token (RFC 9110, section 5.6.2) and what a workflow may not
// set.
func checkHeaderName(name string) error {
	const token = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~"
	if name == "" || strings.Trim(name, token) != "" {
		return fmt.Errorf("%.40q is not the name of a header", name)
	}
	if ours[http.CanonicalHeaderKey(name)] {
		return fmt.Errorf("the header %q cannot be set", name)
	}
	return nil
}
