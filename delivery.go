package hookflow

import (
	"encoding/json"
	"time"
)

// Outcome is what became of a delivery.
type Outcome string

// The outcomes.
const (
	OutcomeAccepted  Outcome = "accepted"
	OutcomeRejected  Outcome = "rejected"
	OutcomeDuplicate Outcome = "duplicate"
	OutcomeFiltered  Outcome = "filtered"
	OutcomeHandshake Outcome = "handshake"
)

// Reason is the code of a rejection.
type Reason string

// The reasons.
const (
	ReasonDisabled     Reason = "disabled"
	ReasonNoSuchPath   Reason = "no_such_path"
	ReasonMethod       Reason = "method"
	ReasonIP           Reason = "ip"
	ReasonRateLimited  Reason = "rate_limited"
	ReasonTooLarge     Reason = "too_large"
	ReasonTimeout      Reason = "timeout"
	ReasonVerification Reason = "verification"
	ReasonMalformed    Reason = "malformed"
	ReasonSchema       Reason = "schema"
	ReasonOverloaded   Reason = "overloaded"
)

// Header is one header line as it arrived, in its order.
type Header struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Delivery is one received HTTP request with its outcome.
type Delivery struct {
	ID          ID
	WorkflowID  ID // 0 when no workflow has the path
	WorkflowKey string
	ReceivedAt  time.Time
	Method      string
	URL         string // as the caller saw it, query included
	Path        string // below /api/webhooks/
	Pattern     string // the endpoint's pattern that matched
	Test        bool   // it came to the test URL, which answers with the draft
	IP          string
	Headers     []Header
	BodySize    int64 // after content decoding
	Outcome     Outcome
	Reason      Reason
	Detail      string
	Status      int
	ExecutionID ID
	ReplayOf    ID
	Report      *Report
	Answer      *Response // what was answered; nil for a plain acknowledgement that Status tells whole
	Sealed      []byte    // encrypted: what Headers and URL show masked
}

// Report says what a verification saw, check by check. It never holds a secret
// or a full valid signature.
type Report struct {
	Scheme string  `json:"scheme"`
	OK     bool    `json:"ok"`
	Checks []Check `json:"checks"`
}

// Check is one line of a Report. Code says what went wrong in a word that does not change, such as
// signature_mismatch; it is empty where Check alone says it.
type Check struct {
	Check  string `json:"check"`
	OK     bool   `json:"ok"`
	Code   string `json:"code,omitempty"`
	Detail string `json:"detail,omitempty"`
	Remedy string `json:"remedy,omitempty"`
}

// Params are path parameters, percent-decoded, in the order of the pattern.
type Params []Param

// Param is one path parameter.
type Param struct{ Name, Value string }

var _ json.Marshaler = Params(nil)

// MarshalJSON writes the parameters as one object, in order.
func (p Params) MarshalJSON() ([]byte, error) {
	out := []byte{'{'}
	for i, param := range p {
		if i > 0 {
			out = append(out, ',')
		}
		name, err := json.Marshal(param.Name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(param.Value)
		if err != nil {
			return nil, err
		}
		out = append(append(append(out, name...), ':'), value...)
	}
	return append(out, '}'), nil
}
