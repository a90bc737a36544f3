package config

import (
	"flag"
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEffective(t *testing.T) {
	t.Parallel()
	set := flag.NewFlagSet("test", flag.ContinueOnError)
	flags := Bind(set)
	if err := set.Parse([]string{"--addr", ":1", "--secret-key", "0101010101010101010101010101010101010101010101010101010101010101"}); err != nil {
		t.Fatal(err)
	}
	file := func(name string) ([]byte, error) {
		if name == "hookflow.yaml" {
			return []byte("max-queued: 7\naddr: :2\n"), nil
		}
		return nil, fs.ErrNotExist
	}
	if _, _, err := flags.Load([]string{"HOOKFLOW_LOG_LEVEL=warn", "HOOKFLOW_ADDR=:3"}, file); err != nil {
		t.Fatal(err)
	}
	type found struct {
		text  string
		isSet bool
		from  Source
	}
	got := map[string]found{}
	for _, e := range flags.Effective() {
		got[e.Name] = found{e.Text, e.IsSet, e.Source}
	}
	for name, want := range map[string]found{
		"addr": {":1", true, FromFlag}, "log-level": {"warn", true, FromEnv}, "max-queued": {"7", true, FromFile},
		"log-format": {"text", false, FromDefault}, "workers": {"", false, FromDefault}, "secret-key": {"", true, FromFlag},
	} {
		if diff := cmp.Diff(want, got[name], cmp.AllowUnexported(found{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if len(got) != len(Settings()) {
		t.Errorf("%d settings", len(got))
	}
}
