package webhook

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/time/rate"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/request"
	jsonschema "github.com/hookflow/hookflow/internal/schema"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/verify"
)

// Endpoint is a workflow's URL with its checks, compiled once for a revision.
type Endpoint struct {
	key         string
	concurrency int
	pattern     request.Pattern
	methods     []string
	sync        bool
	wait        hookflow.SyncOptions
	verifier    *verify.Verifier
	allow, deny []addressRule
	maxBytes    int64 // 0 = the server's
	schema      *jsonschema.Schema
	dedupe      *dedupeKey
	filter      *value.Tree
	limiter     *limiter
	tests       *rate.Limiter // of the test URL
	response    *acknowledgment
	origins     []string
}

// Claim is a method and a pattern that no two enabled workflows may share. Patterns that match the
// same paths are written the same: ":" for a parameter, "*" for the rest.
type Claim struct{ Method, Pattern string }

// Claims are what the endpoint takes for itself, the methods of its provider's handshakes included.
func (e *Endpoint) Claims() []Claim {
	var claims []Claim
	for _, m := range append(slices.Clip(e.methods), e.verifier.Methods()...) {
		if claim := (Claim{m, e.pattern.Claim()}); !slices.Contains(claims, claim) {
			claims = append(claims, claim)
		}
	}
	return claims
}

// Pattern is the path below the webhooks' own, with its parameters.
func (e *Endpoint) Pattern() string { return e.pattern.String() }

// Methods are those that the endpoint takes.
func (e *Endpoint) Methods() []string { return e.methods }

// Verifier judges who sent a request.
func (e *Endpoint) Verifier() *verify.Verifier { return e.verifier }

// Compile makes a workflow's endpoint, nil for a workflow with another trigger. It finds everything
// that is wrong with the trigger; pointers begin at the workflow.
func Compile(w hookflow.Workflow) (*Endpoint, []hookflow.Problem) {
	if w.Trigger.Type != hookflow.TriggerWebhook {
		return nil, nil
	}
	c := compiler{}
	var config hookflow.Webhook
	c.found("", spec.DecodeJSON(value.Value(w.Trigger.Config), &config))
	if len(c.problems) > 0 {
		return nil, c.problems
	}
	e := &Endpoint{
		key: w.Key, concurrency: w.Options.Concurrency, methods: config.Methods,
		sync: config.Mode == hookflow.ModeSync, wait: config.Sync, maxBytes: int64(config.MaxBytes),
		tests: rate.NewLimiter(testRate, testRate),
	}
	if len(e.methods) == 0 {
		c.refuse("/methods", "must not be empty")
	}
	e.pattern = c.pattern(config.Path, w.Key)
	e.allow, e.deny = c.addresses("/allowIPs", config.AllowIPs), c.addresses("/denyIPs", config.DenyIPs)
	e.verifier = c.verification(config.Verification)
	e.schema = c.schema(config.Schema)
	e.dedupe = c.dedupe(config.Dedupe, e.verifier)
	e.filter = c.filter(config.Filter)
	e.limiter = c.rateLimit(config.RateLimit)
	e.response = c.acknowledgment(config.Response)
	e.origins = c.cors(config.CORS)
	if len(c.problems) > 0 {
		return nil, c.problems
	}
	return e, nil
}

// toTrigger is the pointer of a trigger's config.
const toTrigger = "/trigger/config"

// compiler collects problems of a trigger's config.
type compiler struct{ problems []hookflow.Problem }

func (c *compiler) refuse(pointer, format string, args ...any) {
	c.problems = append(c.problems, hookflow.Problem{Pointer: toTrigger + pointer, Detail: fmt.Sprintf(format, args...)})
}

func (c *compiler) found(pointer string, problems []value.Problem) {
	for _, p := range problems {
		c.refuse(pointer+p.Pointer, "%s", p.Detail)
	}
}

func (c *compiler) pattern(path, key string) request.Pattern {
	if path == "" {
		path = key
	}
	pattern, err := request.ParsePattern(path)
	if err != nil {
		c.refuse("/path", "%v", err)
	}
	return pattern
}

func (c *compiler) verification(settings []byte) *verify.Verifier {
	verifier, problems := verify.Compile(value.Value(settings))
	for _, p := range problems {
		c.refuse("/verification"+p.Pointer, "%s", p.Detail)
	}
	if verifier != nil {
		c.roots("/verification", verifier.Variables(), "$env", "$context")
	}
	return verifier
}

// tree compiles a config member with variables of the given roots; nil when it is missing.
func (c *compiler) tree(pointer string, member []byte, roots ...string) *value.Tree {
	if value.Value(member).IsNull() {
		return nil
	}
	tree, problems := value.Compile(value.Value(member))
	c.found(pointer, problems)
	c.roots(pointer, tree.Paths(), roots...)
	return tree
}

func (c *compiler) roots(pointer string, paths []value.Path, roots ...string) {
	known := " " + strings.Join(roots, " ") + " "
	for _, p := range paths {
		if !strings.Contains(known, " "+p.Root+" ") {
			c.refuse(pointer, "%s is not known here, only %s", p, strings.Join(roots, " and "))
		}
	}
}

func (c *compiler) cors(cors *hookflow.CORS) []string {
	if cors == nil {
		return nil
	}
	for i, origin := range cors.Origins {
		if err := checkOrigin(origin); err != nil {
			c.refuse("/cors/origins/"+strconv.Itoa(i), "%v", err)
		}
	}
	return cors.Origins
}

var errOrigin = errors.New("is not an origin such as https://example.com, or *")

func checkOrigin(origin string) error {
	if origin == anyOrigin {
		return nil
	}
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" || u.Scheme+"://"+u.Host != origin {
		return errOrigin
	}
	return nil
}
