package workflow

import (
	"cmp"
	"context"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// Outline is what lists and searches need of a document.
type Outline struct {
	Title   string
	Tags    []string
	Options hookflow.Options
	Trigger TriggerOutline
	Nodes   []NodeOutline
	Uses    []Use // each once
}

// TriggerOutline is a trigger without its settings; of a webhook all members are filled in.
type TriggerOutline struct {
	Type    string
	Path    string
	Methods []string
	Mode    string
	Scheme  string
}

// NodeOutline is a node without its settings.
type NodeOutline struct{ Key, Type, Title string }

// Kinds of things that a document names.
const (
	UsesEnv        = "env"
	UsesChannel    = "channel"
	UsesCollection = "collection"
	UsesWorkflow   = "workflow"
)

// Use is something that a document names, and where it does so first. What a template or the text of
// an SQL statement names is not among them.
type Use struct{ Kind, Name, Pointer string }

// outlines keeps the outlines of revisions, which never change.
type outlines struct {
	mu   sync.Mutex
	kept map[hookflow.ID]*Outline
}

// maxOutlines bounds what is kept; past it everything is read again.
const maxOutlines = 10_000

// Outlines gives the outlines of the published revisions and drafts of workflows, by revision.
func (s *Service) Outlines(ctx context.Context, rows []Row) (map[hookflow.ID]*Outline, error) {
	found := map[hookflow.ID]*Outline{}
	var missing []hookflow.ID
	keys := map[hookflow.ID]string{}
	s.outlines.mu.Lock()
	for _, row := range rows {
		for _, id := range []hookflow.ID{row.Published, row.Draft} {
			if kept := s.outlines.kept[id]; kept != nil {
				found[id] = kept
			} else if id != 0 {
				missing, keys[id] = append(missing, id), row.Key
			}
		}
	}
	s.outlines.mu.Unlock()
	for part := range slices.Chunk(missing, store.MaxLimit) {
		documents, err := s.Store.Documents(ctx, part)
		if err != nil {
			return nil, err
		}
		for id, document := range documents {
			found[id] = s.outline(document, keys[id])
		}
	}
	s.keep(found, missing)
	return found, nil
}

func (s *Service) keep(found map[hookflow.ID]*Outline, added []hookflow.ID) {
	s.outlines.mu.Lock()
	defer s.outlines.mu.Unlock()
	if s.outlines.kept == nil || len(s.outlines.kept)+len(added) > maxOutlines {
		s.outlines.kept = map[hookflow.ID]*Outline{}
	}
	for _, id := range added {
		if found[id] != nil {
			s.outlines.kept[id] = found[id]
		}
	}
}

// outline reads a stored document. One that this version cannot read has a title only.
func (s *Service) outline(document value.Value, key string) *Outline {
	d, err := Decode(document, key)
	if err != nil {
		return &Outline{Title: document.Get("title").Text()}
	}
	w := &d.Workflow
	o := &Outline{Title: w.Title, Tags: w.Tags, Options: w.Options, Trigger: triggerOutline(w)}
	hookflow.WalkNodes(w.Nodes, "/nodes", func(_ string, _ int, n *hookflow.Node) {
		o.Nodes = append(o.Nodes, NodeOutline{n.Key, n.Type, n.Title})
	})
	o.Uses = s.uses(w)
	return o
}

func triggerOutline(w *hookflow.Workflow) TriggerOutline {
	out := TriggerOutline{Type: w.Trigger.Type}
	if out.Type != hookflow.TriggerWebhook {
		return out
	}
	config := value.Value(w.Trigger.Config)
	out.Path = cmp.Or(config.Get("path").Text(), w.Key)
	out.Mode = cmp.Or(config.Get("mode").Text(), hookflow.ModeAsync)
	out.Scheme = cmp.Or(config.Get("verification", "scheme").Text(), "none")
	for _, method := range config.Get("methods").Items() {
		out.Methods = append(out.Methods, method.Text())
	}
	if out.Methods == nil {
		out.Methods = []string{"POST"}
	}
	return out
}

// uses lists what a document names, each thing where it is first.
func (s *Service) uses(w *hookflow.Workflow) []Use {
	var all []Use
	trigger, _ := value.Compile(value.Value(w.Trigger.Config))
	for _, v := range node.Variables(trigger) {
		all = append(all, Use{UsesEnv, v.Name, "/trigger/config" + v.Pointer})
	}
	for _, v := range usesOf(w.Nodes) {
		all = append(all, Use{UsesEnv, v.Name, v.Pointer})
	}
	if w.Options.OnError != "" {
		all = append(all, Use{UsesWorkflow, w.Options.OnError, "/options/onError"})
	}
	hookflow.WalkNodes(w.Nodes, "/nodes", func(pointer string, _ int, n *hookflow.Node) {
		all = append(all, chosen(value.Value(n.Config), s.Types.Node(n.Type), pointer+"/config")...)
	})
	seen := map[Use]bool{}
	return slices.DeleteFunc(all, func(u Use) bool {
		u.Pointer = ""
		again := seen[u]
		seen[u] = true
		return again
	})
}

// chosen lists what the fields of a config name whose widget is a choice of such things.
func chosen(config value.Value, settings reflect.Type, pointer string) []Use {
	if settings == nil || settings.Kind() != reflect.Struct {
		return nil
	}
	var uses []Use
	for _, field := range reflect.VisibleFields(settings) {
		kind := field.Tag.Get("ui")
		if kind != UsesChannel && kind != UsesCollection && kind != UsesWorkflow {
			continue
		}
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if text, _ := config.Get(value.Segment(name)).Str(); text != "" && !strings.Contains(text, "{{") {
			uses = append(uses, Use{kind, text, pointer + "/" + name})
		}
	}
	return uses
}
