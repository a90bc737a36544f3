package workflow

import (
	"context"
	"encoding/base64"
	"errors"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/value"
)

// testTypes knows the settings of the scheme hmac and of the node type request.
type testTypes struct{}

func (testTypes) Scheme(key string) reflect.Type {
	if key != "hmac" {
		return nil
	}
	return reflect.TypeFor[struct {
		Scheme  string   `json:"scheme"`
		Secret  string   `json:"secret" secret:"true"`
		Secrets []string `json:"secrets" secret:"true"`
		Prefix  string   `json:"prefix"`
	}]()
}

func (testTypes) Node(name string) reflect.Type {
	if name != "request" {
		return nil
	}
	return reflect.TypeFor[struct {
		URL  string `json:"url"`
		Auth struct {
			Type     string `json:"type"`
			Password string `json:"password" secret:"true"`
		} `json:"auth"`
	}]()
}

// testVault seals by base64.
type testVault struct{}

func (testVault) SealValue(plain value.Value) value.Value {
	return value.Raw(`{"$sealed":"` + base64.StdEncoding.EncodeToString(plain) + `"}`)
}

var sealedHere = regexp.MustCompile(`\{"\$sealed":"([^"]*)"\}`)

func (testVault) OpenDocument(sealed []byte) []byte {
	return sealedHere.ReplaceAllFunc(sealed, func(match []byte) []byte {
		plain, err := base64.StdEncoding.DecodeString(string(match[len(`{"$sealed":"`) : len(match)-len(`"}`)]))
		if err != nil {
			panic(err)
		}
		return plain
	})
}

// variables are SECRET, which is one, and PLAIN.
func variables(name string) (isSecret, known bool) {
	return name == "SECRET", name == "SECRET" || name == "PLAIN"
}

func acting(t *testing.T, role auth.Role) context.Context {
	t.Helper()
	return auth.With(t.Context(), auth.Principal{Type: auth.TypeUser, Name: string(role), Role: role})
}

const (
	plainNodes  = `[{"key":"a","type":"set","config":{"values":"{{$env.PLAIN}}"}}]`
	secretNodes = `[{"key":"a","type":"set","config":{"values":["{{$env.SECRET}}","{{$env.PLAIN}}"]}}]`
)

func document(title, nodes string) string {
	return `{"key":"w","title":"` + title + `","trigger":{"type":"manual"},"nodes":` + nodes + `}`
}

func save(ctx context.Context, t *testing.T, s *Service, text string, mode Mode) (*Saved, error) {
	t.Helper()
	return s.Save(ctx, decode(t, text), mode)
}

func must(t *testing.T) func(*Saved, error) *Saved {
	t.Helper()
	return func(saved *Saved, err error) *Saved {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return saved
	}
}

func wantGrants(t *testing.T, what string, saved *Saved, names ...string) {
	t.Helper()
	if !slices.Equal(saved.Revision.Grants.Names, names) || saved.Revision.Grants.All {
		t.Errorf("%s: %+v, want %q", what, saved.Revision.Grants, names)
	}
}

// wantForbidden demands a refusal that names the pointers.
func wantForbidden(t *testing.T, what string, err error, pointers ...string) {
	t.Helper()
	var e *hookflow.Error
	if !errors.As(err, &e) || e.Code != hookflow.CodeForbidden {
		t.Errorf("%s: %v, want forbidden", what, err)
		return
	}
	var got []string
	for _, p := range e.Problems {
		got = append(got, p.Pointer)
	}
	if diff := cmp.Diff(pointers, got); diff != "" {
		t.Errorf("%s names other places (-want +got):\n%s", what, diff)
	}
}

func TestGrants(t *testing.T) {
	t.Parallel()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			admin, editor := acting(t, auth.Admin), acting(t, auth.Editor)
			const values = "/nodes/0/config/values"

			_, err := save(editor, t, s, document("", secretNodes), Create)
			wantForbidden(t, "an editor's new workflow", err, values+"/0")
			_, err = save(editor, t, s, document("", secretNodes), Draft)
			wantForbidden(t, "an editor's new draft", err, values+"/0")
			_, err = save(editor, t, s, document("", `[{"key":"a","type":"set","config":{"values":"{{$env.LATER}}","env":["SECRET","PLAIN"]}}]`), Create)
			wantForbidden(t, "what may become a secret, and a script's list", err, values, "/nodes/0/config/env/0")
			wantGrants(t, "an editor's plain one", must(t)(save(editor, t, s, document("", plainNodes), Create)))

			wantGrants(t, "an administrator's", must(t)(save(admin, t, s, document("", secretNodes), Replace)), "PLAIN", "SECRET")
			wantGrants(t, "the same with a new title", must(t)(save(editor, t, s, document("new", secretNodes), Replace)), "PLAIN", "SECRET")
			wantGrants(t, "as a draft", must(t)(save(editor, t, s, document("newer", secretNodes), Draft)), "PLAIN", "SECRET")
			wantGrants(t, "the draft published", must(t)(s.Publish(editor, "w")), "PLAIN", "SECRET")
			reordered := `[{"config":{"values":["{{$env.SE\u0043RET}}","{{$env.PLAIN}}"]},"type":"set","key":"a"}]`
			wantGrants(t, "written otherwise", must(t)(save(editor, t, s, document("", reordered), Replace)), "PLAIN", "SECRET")
			wantGrants(t, "a copy", must(t)(s.Duplicate(editor, "w", "copy", "")), "PLAIN", "SECRET")

			for what, nodes := range map[string]string{
				"another node beside": strings.TrimSuffix(secretNodes, "]") + `,{"key":"b","type":"set","config":{}}]`,
				"a name given twice":  `[{"key":"a","type":"set","config":{"values":[{"x":"{{$env.SECRET}}","x":1},"{{$env.PLAIN}}"]}}]`,
				"one node less":       `[{"key":"a","type":"set","config":{"values":["{{$env.SECRET}}"]}}]`,
			} {
				if _, err := save(editor, t, s, document("", nodes), Replace); hookflow.CodeOf(err) != hookflow.CodeForbidden {
					t.Errorf("%s: %v", what, err)
				}
			}

			wantGrants(t, "secrets taken out", must(t)(save(editor, t, s, document("", plainNodes), Replace)))
			_, err = save(editor, t, s, document("", secretNodes), Replace)
			wantForbidden(t, "put in again", err, values+"/0")
			wantGrants(t, "restored", must(t)(s.Restore(editor, "w", 2)), "PLAIN", "SECRET")
		})
	}
}

// TestGrantsAreNotWidened: what an editor takes over is what was granted, not what is used.
func TestGrantsAreNotWidened(t *testing.T) {
	t.Parallel()
	s := databases["sqlite"](t)
	admin, editor := acting(t, auth.Admin), acting(t, auth.Editor)
	isSecret := false
	s.Variable = func(string) (bool, bool) { return isSecret, true }
	wantGrants(t, "an editor's", must(t)(save(editor, t, s, document("", secretNodes), Create)))
	isSecret = true
	wantGrants(t, "with a new title", must(t)(save(editor, t, s, document("new", secretNodes), Replace)))
	granted := must(t)(save(admin, t, s, document("new", secretNodes), Replace))
	wantGrants(t, "the same from an administrator", granted, "PLAIN", "SECRET")
	if granted.Number != 3 {
		t.Errorf("it is revision %d, want one of its own", granted.Number)
	}
}

// TestTriggersShowNoSecrets: whoever saves.
func TestTriggersShowNoSecrets(t *testing.T) {
	t.Parallel()
	s := databases["sqlite"](t)
	for config, refused := range map[string]string{
		`{"verification":{"scheme":"hmac","secret":"{{$env.SECRET}}","secrets":["{{$env.SECRET}}","{{$env.LATER}}x"],"prefix":"{{$env.PLAIN}}"}}`: "",
		`{"verification":{"scheme":"hmac","secret":"a","prefix":"{{$env.SECRET}}"}}`:                                                              "/trigger/config/verification/prefix",
		`{"verification":{"scheme":"hmac","secret":"a","prefix":"{{$env.LATER}}"}}`:                                                               "/trigger/config/verification/prefix",
		`{"verification":{"scheme":"other","secret":"{{$env.SECRET}}"}}`:                                                                          "/trigger/config/verification/secret",
		`{"filter":{"all":[{"left":"{{$env.SECRET}}","op":"startsWith","right":"a"}]}}`:                                                           "/trigger/config/filter/all/0/left",
		`{"response":{"headers":{"X-A":"is {{ $env[\"SECRET\"] }}"}}}`:                                                                            "/trigger/config/response/headers/X-A",
		`{"filter":{"left":"{{$env.PLAIN}}","op":"exists"}}`:                                                                                      "",
	} {
		_, err := save(acting(t, auth.Admin), t, s, `{"key":"w","trigger":{"type":"webhook","config":`+config+`},"nodes":[]}`, Replace)
		var e *hookflow.Error
		switch {
		case refused == "" && err != nil:
			t.Errorf("%s: %v", config, err)
		case refused != "" && (!errors.As(err, &e) || e.Code != hookflow.CodeInvalid || len(e.Problems) != 1 || e.Problems[0].Pointer != refused):
			t.Errorf("%s: %v, want %s refused", config, err, refused)
		}
	}
}
