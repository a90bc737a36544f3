package verify

import (
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// A preset with a timestamp has a tolerance, and that of its Rule unless the endpoint sets one.
func TestPresetTolerance(t *testing.T) {
	t.Parallel()
	scheme := preset{key: "timed", rule: Rule{
		Header: "X-Signature", Content: "{ts}.{body}", ListSeparator: ",", KeyValueSeparator: "=", Key: "v1",
		Timestamp: &Timestamp{Key: "t"},
	}}.scheme()
	// The HMAC-SHA256 of "1767225000.body" with the key "k".
	const signature = "t=1767225000,v1=6eae33b8eff8e57bc7392660f97de7516aa3ecdb64e6f9369a8af8a58c28b6cd"
	tests := []struct {
		settings string
		late     time.Duration
		want     bool
	}{
		{`{"scheme":"timed","secret":"k"}`, 5 * time.Minute, true},
		{`{"scheme":"timed","secret":"k"}`, 5*time.Minute + time.Second, false},
		{`{"scheme":"timed","secret":"k"}`, -5*time.Minute - time.Second, false},
		{`{"scheme":"timed","secret":"k","tolerance":"15m"}`, 15 * time.Minute, true},
		{`{"scheme":"timed","secret":"k","tolerance":"15m"}`, 16 * time.Minute, false},
		{`{"scheme":"timed","secret":"k","tolerance":"0"}`, 1000 * time.Hour, true},
	}
	for _, test := range tests {
		tree, _ := value.Compile(value.Raw(test.settings))
		verifier, problems := scheme.compile(tree)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		report := verifier.Verify(t.Context(), &Request{
			Body: []byte("body"), Now: time.Unix(1767225000, 0).Add(test.late),
			Headers: []hookflow.Header{{Name: "X-Signature", Value: signature}},
		}, nil).Report
		if report.OK != test.want {
			t.Errorf("%s, %s late: %+v", test.settings, test.late, report.Checks)
		}
	}
}
