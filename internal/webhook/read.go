package webhook

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/request"
)

// bodyTimeout is how long a body may take to arrive.
const bodyTimeout = 30 * time.Second

// read takes in the body and undoes its content coding.
func read(in *inbound) *verdict {
	most := in.MaxBody
	if own := in.found.maxBytes; own > 0 {
		most = min(most, own)
	}
	if in.r.ContentLength > most {
		return tooLarge(most)
	}
	if in.r.ContentLength-freeBytes > in.room.left.Load() {
		return unreadable(errNoRoom, most) // before many begin that cannot all end
	}
	if in.r.ContentLength != 0 {
		defer in.deadline()()
	}
	if err := in.decode(most); err != nil {
		return unreadable(err, most)
	}
	in.delivery.BodySize = int64(len(in.body))
	return nil
}

// deadline makes reads fail once the time is over. The deadline itself lies in the past, so that
// none is left behind for a caller who then waits for the workflow.
func (in *inbound) deadline() (stop func() bool) {
	connection := http.NewResponseController(in.w)
	return time.AfterFunc(bodyTimeout, func() {
		_ = connection.SetReadDeadline(time.Unix(1, 0)) // a connection without deadlines keeps its own time
	}).Stop
}

func (in *inbound) decode(most int64) (err error) {
	codings := strings.Join(in.r.Header.Values("Content-Encoding"), ",")
	wire, err := request.Decode("", &counted{in.r.Body, in, freeBytes}, most)
	if err != nil || codings == "" {
		in.body = wire
		return err
	}
	if in.found.verifier.OverWire() {
		in.wire = wire
	}
	if err := in.take(most); err != nil { // a few bytes may become so many
		return err
	}
	in.body, err = request.Decode(codings, bytes.NewReader(wire), most)
	in.leave(most - int64(len(in.body)))
	return err
}

func unreadable(err error, most int64) *verdict {
	var network net.Error
	switch {
	case errors.Is(err, request.ErrTooLarge):
		return tooLarge(most)
	case errors.Is(err, errNoRoom):
		return refuse(http.StatusServiceUnavailable, hookflow.ReasonOverloaded, "overloaded, try again later", err.Error(),
			"Retry-After", retryAfter, "Connection", "close")
	case errors.Is(err, request.ErrEncoding):
		return refuse(http.StatusUnsupportedMediaType, hookflow.ReasonMalformed, err.Error(), err.Error(), "Accept-Encoding", request.AcceptEncoding)
	case errors.Is(err, os.ErrDeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return refuse(http.StatusRequestTimeout, hookflow.ReasonTimeout, "the body did not arrive in time", "the body did not arrive within 30 s", "Connection", "close")
	default:
		return malformed("the body could not be read: " + err.Error())
	}
}

func tooLarge(most int64) *verdict {
	return refuse(http.StatusRequestEntityTooLarge, hookflow.ReasonTooLarge, "the body is too large",
		fmt.Sprintf("the body is larger than %d bytes", most), "Connection", "close")
}

func malformed(detail string) *verdict {
	return refuse(http.StatusBadRequest, hookflow.ReasonMalformed, detail, detail)
}
