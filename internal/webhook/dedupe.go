package webhook

import (
	"crypto/sha256"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/verify"
)

// maxWindow bounds how long an event is remembered.
const maxWindow = 366 * 24 * time.Hour

// dedupeKey recognises an event: of its templates the first that comes out whole counts.
type dedupeKey struct {
	templates []*value.Tree
	window    time.Duration
}

func (c *compiler) dedupe(config *hookflow.Dedupe, verifier *verify.Verifier) *dedupeKey {
	if config == nil {
		return nil
	}
	const at = "/dedupe"
	key := &dedupeKey{window: config.Window.Std()}
	if key.window <= 0 || key.window > maxWindow {
		c.refuse(at+"/window", "must be more than 0 and at most %s", hookflow.Duration(maxWindow))
	}
	own := c.tree(at+"/key", config.Key, "$context")
	switch {
	case own != nil && own.IsStatic():
		c.refuse(at+"/key", "must hold a variable, such as {{$context.data.id}}: this is the same for every event")
	case own != nil:
		key.templates = []*value.Tree{own}
	case verifier != nil:
		key.templates = c.knownIDs(at+"/key", verifier)
	}
	return key
}

// knownIDs is what the scheme knows of its provider's events.
func (c *compiler) knownIDs(pointer string, verifier *verify.Verifier) []*value.Tree {
	known := verifier.Provider().ID
	if len(known) == 0 {
		c.refuse(pointer, "is required: the scheme %s knows no unique id of an event", verifier.Scheme())
	}
	var templates []*value.Tree
	for _, text := range known {
		templates = append(templates, c.tree(pointer, value.String(text), "$context"))
	}
	return templates
}

// of is the key of a request; ok is false when it has none.
func (k *dedupeKey) of(s value.Scope) (key [sha256.Size]byte, ok bool) {
	for _, t := range k.templates {
		if !whole(t, s) {
			continue
		}
		if rendered, err := t.Render(s); err == nil {
			return sha256.Sum256([]byte(rendered.Text())), true
		}
	}
	return key, false
}

// whole reports whether every variable of the template has a value: half a key would make different
// events look the same, and so would a credential, which is masked here.
func whole(t *value.Tree, s value.Scope) bool {
	for _, p := range t.Paths() {
		switch text := s.Lookup(p).Text(); {
		case text == "", text == "[]", text == "{}", strings.Contains(text, mask):
			return false
		}
	}
	return true
}

// dedupe answers an event that was accepted before. One that comes at the same time as the first is
// found when it is handed over.
func dedupe(in *inbound) *verdict {
	if in.found.dedupe == nil {
		return nil
	}
	if in.test {
		in.note("not de-duplicated: a test")
		return nil
	}
	key, ok := in.found.dedupe.of(scope{context: in.context})
	if !ok {
		in.note("not de-duplicated: the request has no such key")
		return nil
	}
	in.key = &Key{Hash: key, Expires: in.now.Add(in.found.dedupe.window)}
	first, err := in.Acceptor.First(in.ctx, in.delivery.WorkflowID, in.key.Hash, in.now)
	if err != nil {
		in.Logger.Warn("the search for duplicates failed; it is repeated when the request is handed over", "workflow", in.delivery.WorkflowKey, "error", err)
	}
	if first == nil {
		return nil
	}
	return in.duplicate(first)
}

// raced is the verdict on a request that lost against another with the same key.
func (in *inbound) raced() *verdict {
	first, err := in.Acceptor.First(in.ctx, in.delivery.WorkflowID, in.key.Hash, in.now)
	if err != nil || first == nil {
		return comeBack("the same event was accepted at the same time")
	}
	return in.duplicate(first)
}

// duplicate gives the answer of the first delivery again.
func (in *inbound) duplicate(first *First) *verdict {
	same := "the same event as delivery " + first.Delivery.String()
	answer := in.firstAnswer(first)
	if answer == nil {
		return comeBack(same + ", whose caller still waits")
	}
	return &verdict{outcome: hookflow.OutcomeDuplicate, detail: same, answer: marked(in.enveloped(answer)), shown: answer}
}

// firstAnswer is nil while the first caller still waits.
func (in *inbound) firstAnswer(first *First) *hookflow.Response {
	switch {
	case first.Gone:
		answer, _ := in.acknowledge()
		return answer
	case first.Answer != nil:
		return first.Answer
	case first.Status != 0:
		return plainOK
	case first.Response != nil:
		return fromWorkflow(first.Response)
	case first.Ended != "":
		return ended(first.Execution, first.Ended)
	default:
		return nil
	}
}

// comeBack asks for a later retry, when there is an answer.
func comeBack(detail string) *verdict {
	answer := text(http.StatusConflict, "the same event is being worked on, try again later")
	answer.Headers["Retry-After"] = retryAfter
	return &verdict{outcome: hookflow.OutcomeDuplicate, detail: detail, answer: marked(answer)}
}

func marked(answer *hookflow.Response) *hookflow.Response {
	headers := maps.Clone(answer.Headers)
	if headers == nil {
		headers = map[string]string{}
	}
	headers[duplicateHeader] = strconv.FormatBool(true)
	return &hookflow.Response{Status: answer.Status, Headers: headers, Body: answer.Body}
}
