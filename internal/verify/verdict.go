package verify

import "github.com/hookflow/hookflow"

// Verdict is what a [Verifier] says of a request. All but Report and Refusal is nil when the report
// is not OK.
type Verdict struct {
	Report hookflow.Report
	// Refusal is the answer to a request that is not OK, nil for the usual one.
	Refusal *hookflow.Response
	// Handshake is the answer that the provider demands to a request that is no event.
	Handshake *hookflow.Response
	// Captured is the secret that a provider chose and handed over in its handshake; it belongs into
	// the variable that the endpoint names as its secret.
	Captured string
	// Acknowledgment is the answer by which the provider takes an event for received, where the
	// endpoint has none of its own; nil for the usual one.
	Acknowledgment *hookflow.Response
	// Payload is what the body holds once decrypted, nil when it was not encrypted.
	Payload *Payload
	seal    func(*hookflow.Response) (*hookflow.Response, error)
}

// Payload is a decrypted body.
type Payload struct {
	ContentType string
	Body        []byte
}

// Acknowledge makes the answer to an accepted request what the provider takes for one, encrypted
// where it demands that.
func (v *Verdict) Acknowledge(answer *hookflow.Response) (*hookflow.Response, error) {
	if v.seal == nil {
		return answer, nil
	}
	return v.seal(answer)
}

func (v *Verdict) pass(check, detail string) {
	v.Report.Checks = append(v.Report.Checks, hookflow.Check{Check: check, OK: true, Detail: detail})
}

func (v *Verdict) fail(check, detail, remedy string) { v.failAs("", check, detail, remedy) }

// failAs is fail with the code of what went wrong.
func (v *Verdict) failAs(code, check, detail, remedy string) {
	v.Report.Checks = append(v.Report.Checks, hookflow.Check{Check: check, Code: code, Detail: detail, Remedy: remedy})
}

// ok is false without any check: nothing was proved.
func (v *Verdict) ok() bool {
	for _, c := range v.Report.Checks {
		if !c.OK {
			return false
		}
	}
	return len(v.Report.Checks) > 0
}

// close drops what an unproved request must not bring about.
func (v *Verdict) close() *Verdict {
	v.Report.OK = v.ok()
	if !v.Report.OK {
		return &Verdict{Report: v.Report, Refusal: v.Refusal}
	}
	return v
}
