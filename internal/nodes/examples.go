package nodes

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

//go:embed testdata/*/*.txtar
var archives embed.FS

// Example shows what comes of a config. The tests run every one of them.
type Example struct {
	Title   node.Text   `json:"title"`
	Given   value.Value `json:"given"` // what the node finds, as testdata/README.md says
	Config  value.Value `json:"config"`
	Sent    string      `json:"sent,omitempty"` // the HTTP request or the mails that the node sends
	Outcome value.Value `json:"outcome"`        // as testdata/README.md says of want.json
	Fails   bool        `json:"fails"`          // it shows what does not work
	resumes bool        // it is not the first call
}

// Examples returns the examples of a node type: how it begins, how it goes on
// when something has ended, and how it fails.
func Examples(nodeType string) []Example {
	var all []Example
	files, _ := archives.ReadDir(path.Join("testdata", nodeType)) // a type without a folder has no examples
	for _, file := range files {
		text, err := archives.ReadFile(path.Join("testdata", nodeType, file.Name()))
		if err != nil {
			panic(err) // not reached: it is embedded
		}
		all = append(all, archive{txtar.Parse(text)}.example())
	}
	slices.SortStableFunc(all, func(a, b Example) int { return a.place() - b.place() })
	return all
}

func (e *Example) place() int {
	switch {
	case e.Fails:
		return 2
	case e.resumes:
		return 1
	default:
		return 0
	}
}

// archive is an example as it is written, which testdata/README.md describes.
type archive struct{ *txtar.Archive }

func (a archive) example() Example {
	e := Example{Given: a.given(), Config: a.json("config.json"), Sent: a.text("sent.http") + a.text("mails.txt"), Outcome: a.json("want.json")}
	for line := range strings.Lines(string(a.Comment)) {
		switch language, title, _ := strings.Cut(strings.TrimSpace(line), ": "); language {
		case "en":
			e.Title.EN = title
		case "zh":
			e.Title.ZH = title
		}
	}
	e.Fails, e.resumes = fails(e.Outcome), a.text("state.json")+a.text("branch.json")+a.text("branches.json") != ""
	return e
}

// given leaves out what a node keeps for itself between two calls.
func (a archive) given() value.Value {
	var given value.Object
	for _, name := range []string{"$context", "$steps", "$scopes", "$env", "records", "names", "branch", "branches", "called"} {
		if v := a.json(strings.TrimPrefix(name, "$") + ".json"); v != nil {
			given.Set(name, v)
		}
	}
	return given.Value()
}

// json is a file's value, nil when there is no such file.
func (a archive) json(name string) value.Value {
	text := a.text(name)
	if text == "" {
		return nil
	}
	v, err := value.Parse([]byte(text))
	if err != nil {
		panic(fmt.Sprintf("%s of the example %q: %v", name, a.Comment, err)) // the tests read every one
	}
	return v
}

// text is a file's text, "" when there is no such file.
func (a archive) text(name string) string {
	for _, f := range a.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

// fails reports whether what came of a config is not what anybody wants.
func fails(outcome value.Value) bool {
	for _, bad := range []value.Segment{"problems", "error", "failed"} {
		if outcome.Get(bad) != nil {
			return true
		}
	}
	return outcome.Get("end", "status").Text() == "failed"
}
