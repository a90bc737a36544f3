package verify

import (
	"cmp"
	"context"
	"fmt"
	"net/http"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// preset is a provider as data: how it proves itself, and what is known of it.
type preset struct {
	key        string
	title, doc Text
	rule       Rule
	also       []string    // what it may sign instead of the rule's content
	mac        MAC         // how its shared secret signs
	shows      []shownAt   // in place of a rule: it shows the secret itself, in the first of these that is there
	handshakes []handshake // what it sends besides events
	refusal    int         // the status that it wants for a wrong signature; 0 is the usual one
	provider   Provider
}

// proof is what a sender proves itself by.
type proof interface {
	// judge gives the key that was right, "" for none.
	judge(req *Request, keys []string, v *Verdict) string
	// signs reports whether whoever has the keys can give the proof; sign gives it.
	signs() bool
	sign(s *Signed, keys []string) error
	// recipe says how, nil where that cannot be said in a few lines.
	recipe(s *Signed, keys []string) *Recipe
	checkKeys(settings *value.Tree) []hookflow.Problem
	credentials() Credentials
	describe() Text
}

// given is what a preset takes from an endpoint's settings.
type given struct {
	keys    []string
	token   string   // Meta's verify token
	mode    string   // Discord's
	origins []string // of CloudEvents
}

type presetSettings struct {
	Common
	Secrets
}

func (c *presetSettings) given() given { return given{keys: c.all()} }

type timedSettings struct {
	Common
	Secrets
	Tolerated
}

func (c *timedSettings) given() given { return given{keys: c.all()} }

// Tolerated is the setting of schemes with a timestamp.
type Tolerated struct {
	Tolerance *hookflow.Duration `json:"tolerance,omitempty" literal:"true" doc:"Largest distance of the timestamp from now; 0 = not checked" zh:"时间戳与当前时间的最大差距；0 表示不检查"`
}

// scheme makes the Scheme of a preset whose settings are its secrets and, where it signs a
// timestamp, the tolerance.
func (p preset) scheme() *Scheme {
	if p.rule.Timestamp == nil {
		return special(p, func(*presetSettings) (proof, []hookflow.Problem) { return p.proof(nil) })
	}
	return special(p, func(c *timedSettings) (proof, []hookflow.Problem) { return p.proof(c.Tolerance) })
}

func (p preset) proof(tolerance *hookflow.Duration) (proof, []hookflow.Problem) {
	if p.shows != nil {
		return shown(p.shows), nil
	}
	return newEngine(p.rule.complete().within(tolerance), p.mac.complete(), p.also...)
}

// special makes the Scheme of a preset with settings of its own, which say how it proves itself.
func special[C any, P interface {
	*C
	overWire() bool
	given() given
}](p preset, prove func(*C) (proof, []hookflow.Problem),
) *Scheme {
	usual, problems := prove(new(C))
	if len(problems) > 0 {
		panic(fmt.Sprintf("verify: preset %s: %v", p.key, problems))
	}
	p.provider.Checks = usual.describe()
	p.provider.Handshake = describe(p.handshakes)
	return define[C, P](definition[C]{
		key: p.key, title: p.title, doc: p.doc, provider: p.provider,
		prepare: func(c *C, tree *value.Tree) (plan[C], []hookflow.Problem) {
			by, problems := prove(c)
			if len(problems) > 0 {
				return plan[C]{}, problems
			}
			made := plan[C]{
				judge: func(_ context.Context, req *Request, c *C, v *Verdict) { p.judge(by, req, P(c).given(), v) },
				capture: func(req *Request, v *Verdict) bool {
					return p.answer(captured, &asked{signed: &signed{Request: req}}, v)
				},
				methods:     p.methods(),
				credentials: by.credentials(),
			}
			if by.signs() {
				made.sign = func(s *Signed, c *C) error { return by.sign(s, P(c).given().keys) }
				made.recipe = func(s *Signed, c *C) *Recipe { return by.recipe(s, P(c).given().keys) }
			}
			return made, by.checkKeys(tree)
		},
	})
}

func (p *preset) judge(by proof, req *Request, g given, v *Verdict) {
	a := &asked{signed: &signed{Request: req}, given: g}
	if p.answer(open, a, v) {
		return
	}
	a.secret = by.judge(req, g.keys, v)
	if v.ok() {
		p.answer(proved, a, v)
	} else if p.refusal != 0 {
		v.Refusal = reply(p.refusal, plainText, "verification failed")
	}
}

// answer gives the handshakes of a phase the request, until one is meant.
func (p *preset) answer(in phase, a *asked, v *Verdict) bool {
	for _, h := range p.handshakes {
		if h.phase == in && cmp.Or(h.method, http.MethodPost) == a.Method && h.answer(a, v) {
			return true
		}
	}
	return false
}

// methods are those of handshakes that do not come as events do.
func (p *preset) methods() (methods []string) {
	for _, h := range p.handshakes {
		if h.method != "" && h.method != http.MethodPost {
			methods = append(methods, h.method)
		}
	}
	return methods
}
