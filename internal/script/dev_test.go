package script

import (
	"encoding/json"
	"os"
	"testing"
)

func TestDev(t *testing.T) {
	in := os.Getenv("DEV_IN")
	if in == "" {
		t.Skip()
	}
	p := newTestPool(t, Options{})
	b, _ := os.ReadFile(in)
	var scripts []string
	if err := json.Unmarshal(b, &scripts); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, s := range scripts {
		r, err := p.Run(t.Context(), Run{Code: s})
		if err != nil {
			out = append(out, "ERR "+err.Error())
		} else if r.Value == nil {
			out = append(out, "undefined")
		} else {
			out = append(out, string(r.Value))
		}
	}
	b, _ = json.Marshal(out)
	_ = os.WriteFile(in+".out", b, 0o600)
}
