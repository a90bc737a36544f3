package verify

import (
	"context"
	"fmt"
	"reflect"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/value"
)

// Text is a text in both languages of the product.
type Text struct {
	EN string `json:"en"`
	ZH string `json:"zh"`
}

// Scheme is one way to prove who sent a request.
type Scheme struct {
	Key      string
	Title    Text
	Doc      Text
	Provider Provider
	Settings reflect.Type // a struct whose tags package spec reads
	compile  func(*value.Tree) (*Verifier, []hookflow.Problem)
}

// Provider is what is known of the sender that a scheme is for. What is unknown is zero.
type Provider struct {
	Checks    Text          // what is checked, in one line
	Handshake Text          // what it asks before it sends events
	ID        []string      // templates over $context of an event's unique id; the first that comes out whole counts
	Event     []string      // the same of the type of an event
	Deadline  time.Duration // how long it waits for an answer
	Steps     []Text        // how to set it up there
	Sources   []string      // the pages that this was taken from
	// Acknowledgment is the answer by which it takes an event for received; nil for any 2xx.
	Acknowledgment *hookflow.Response
}

// Schemes lists all schemes, the generic ones first.
func Schemes() []*Scheme { return schemes }

// Lookup finds a scheme by its key.
func Lookup(key string) (*Scheme, bool) {
	for _, s := range schemes {
		if s.Key == key {
			return s, true
		}
	}
	return nil, false
}

func keys() []string {
	keys := make([]string, len(schemes))
	for i, s := range schemes {
		keys[i] = s.Key
	}
	return keys
}

// Common are the settings of every scheme.
type Common struct {
	Scheme string `json:"scheme" required:"true" literal:"true" doc:"Key of the scheme" zh:"验证方式"`
	Over   string `json:"over,omitempty" literal:"true" enum:"decoded,wire" default:"decoded" more:"true" doc:"Whether signatures are over the body after content decoding or as it came" zh:"签名对象：解压后的请求体，或网络上的原始字节"`
}

func (c *Common) overWire() bool { return c.Over == "wire" }

// definition makes a Scheme of settings C, which embed Common.
type definition[C any] struct {
	key        string
	title, doc Text
	provider   Provider
	// prepare is called once for an endpoint. Settings that hold a variable are still unset.
	prepare func(c *C, tree *value.Tree) (plan[C], []hookflow.Problem)
}

// plan is what an endpoint's settings come to.
type plan[C any] struct {
	judge func(ctx context.Context, req *Request, c *C, v *Verdict) // c is resolved
	// capture is asked while the variable that is the secret is not set: whether the request hands
	// the secret over.
	capture func(req *Request, v *Verdict) bool
	// sign gives a request the proof; nil where only the sender can. c is resolved.
	sign func(s *Signed, c *C) error
	// recipe says how; nil where that cannot be said in a few lines.
	recipe      func(s *Signed, c *C) *Recipe
	challenge   string
	methods     []string // of handshakes
	credentials Credentials
}

func define[C any, P interface {
	*C
	overWire() bool
}](d definition[C],
) *Scheme {
	s := &Scheme{Key: d.key, Title: d.title, Doc: d.doc, Provider: d.provider, Settings: reflect.TypeFor[C]()}
	s.compile = func(tree *value.Tree) (*Verifier, []hookflow.Problem) {
		written := new(C)
		if problems := spec.Decode(tree, nil, written); len(problems) > 0 {
			return nil, problems
		}
		prepared, problems := d.prepare(written, tree)
		if len(problems) > 0 {
			return nil, problems
		}
		v := &Verifier{
			scheme:      d.key,
			overWire:    P(written).overWire(),
			challenge:   prepared.challenge,
			methods:     prepared.methods,
			provider:    d.provider,
			credentials: prepared.credentials,
			variables:   tree.Paths(),
			secret:      secretVariable(tree),
			capture:     prepared.capture,
			judge:       resolving(tree, written, prepared),
		}
		v.sign, v.recipe = signing(tree, prepared)
		return v, nil
	}
	return s
}

// resolving puts the variables into the settings before each judgement, if there are any.
func resolving[C any](tree *value.Tree, written *C, p plan[C]) func(context.Context, *Request, value.Scope, *Verdict) {
	if tree.IsStatic() {
		return func(ctx context.Context, req *Request, _ value.Scope, v *Verdict) { p.judge(ctx, req, written, v) }
	}
	return func(ctx context.Context, req *Request, scope value.Scope, v *Verdict) {
		resolved := new(C)
		for _, problem := range spec.Decode(tree, scope, resolved) {
			v.fail("settings", problem.Pointer+": "+problem.Detail, "Correct the endpoint's verification settings.")
		}
		if len(v.Report.Checks) == 0 {
			p.judge(ctx, req, resolved, v)
		}
	}
}

// signing puts the variables into the settings that sign.
func signing[C any](tree *value.Tree, p plan[C]) (sign func(*Signed, value.Scope) error, recipe func(*Signed, value.Scope) *Recipe) {
	resolved := func(scope value.Scope) (*C, error) {
		c := new(C)
		for _, problem := range spec.Decode(tree, scope, c) {
			return nil, fmt.Errorf("%s: %s", problem.Pointer, problem.Detail)
		}
		return c, nil
	}
	if p.sign != nil {
		sign = func(s *Signed, scope value.Scope) error {
			c, err := resolved(scope)
			if err != nil {
				return err
			}
			return p.sign(s, c)
		}
	}
	if p.recipe != nil {
		recipe = func(s *Signed, scope value.Scope) *Recipe {
			c, err := resolved(scope)
			if err != nil {
				return nil
			}
			return p.recipe(s, c)
		}
	}
	return sign, recipe
}
