package workflow

import (
	"context"
	"reflect"
	"strconv"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/secret"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/value"
)

// Vault seals the secrets that stand in a document themselves instead of in $env.
type Vault interface {
	SealValue(plain value.Value) value.Value
	// OpenDocument gives a document back in which there are answers of SealValue.
	OpenDocument(sealed []byte) []byte
}

// place is a field of a document that is made for a secret.
type place struct {
	owner   string // the scheme, or the node with its type, in whose settings it is
	within  string // its pointer in the settings
	pointer string // in the document
}

// replacer gives what is to stand in a place instead.
type replacer func(place, value.Value) value.Value

// mapSecrets replaces every scalar in a field for secrets.
func (s *Service) mapSecrets(document value.Value, replace replacer) value.Value {
	return changed(document, changes{
		"nodes": func(nodes value.Value) value.Value { return s.mapNodes(nodes, "/nodes", replace) },
		"trigger": func(trigger value.Value) value.Value {
			return changed(trigger, changes{"config": func(config value.Value) value.Value {
				return changed(config, changes{"verification": func(settings value.Value) value.Value {
					scheme := settings.Get("scheme").Text()
					return mapSettings(settings, s.Types.Scheme(scheme), place{"scheme " + scheme, "", "/trigger/config/verification"}, replace)
				}})
			}})
		},
	})
}

func (s *Service) mapNodes(nodes value.Value, pointer string, replace replacer) value.Value {
	if nodes.Kind() != value.KindArray {
		return nodes
	}
	var out value.Array
	for i, n := range nodes.Items() {
		out.Append(s.mapNode(n, pointer+"/"+strconv.Itoa(i), replace))
	}
	return out.Value()
}

func (s *Service) mapNode(n value.Value, pointer string, replace replacer) value.Value {
	kind := n.Get("type").Text()
	return changed(n, changes{
		"config": func(config value.Value) value.Value {
			return mapSettings(config, s.Types.Node(kind), place{"node " + n.Get("key").Text() + " " + kind, "", pointer + "/config"}, replace)
		},
		"branches": func(branches value.Value) value.Value {
			if branches.Kind() != value.KindObject {
				return branches
			}
			var out value.Object
			for name, branch := range branches.Members() {
				out.Set(name, s.mapNodes(branch, pointer+"/branches/"+hookflow.EscapePointer(name), replace))
			}
			return out.Value()
		},
	})
}

func mapSettings(settings value.Value, t reflect.Type, at place, replace replacer) value.Value {
	if t == nil {
		return settings
	}
	return spec.MapSecrets(settings, t, func(within string, v value.Value) value.Value {
		return replace(place{at.owner, within, at.pointer + within}, v)
	})
}

// changes say what becomes of an object's members.
type changes map[string]func(value.Value) value.Value

func changed(v value.Value, by changes) value.Value {
	if v.Kind() != value.KindObject {
		return v
	}
	var out value.Object
	for name, member := range v.Members() {
		if change := by[name]; change != nil {
			member = change(member)
		}
		out.Set(name, member)
	}
	return out.Value()
}

// isLiteral tells a secret itself from a variable that stands for it.
func isLiteral(v value.Value) bool {
	text := v.Text()
	return text != "" && !strings.Contains(text, "{{")
}

// masked shows where secrets stand in a document, and not what they are.
func (s *Service) masked(document value.Value) value.Value {
	return s.mapSecrets(document, func(_ place, v value.Value) value.Value {
		if isLiteral(v) {
			return value.String(secret.Mask)
		}
		return v
	})
}

// sealed is a document as it is stored.
func (s *Service) sealed(document value.Value) value.Value {
	found := false
	out := s.mapSecrets(document, func(_ place, v value.Value) value.Value {
		if !isLiteral(v) {
			return v
		}
		found = true
		return s.Vault.SealValue(v)
	})
	if !found {
		return document // as it was written
	}
	return out
}

// restored puts back the secrets that a document shows masked, as GET has given it: each from the
// same field of the same scheme or node. It looks where GET has looked.
func (s *Service) restored(ctx context.Context, d *Document, draft bool) (*Document, error) {
	var masked []place
	s.mapSecrets(d.Text, func(at place, v value.Value) value.Value {
		if v.Text() == secret.Mask {
			masked = append(masked, at)
		}
		return v
	})
	if len(masked) == 0 {
		return d, nil
	}
	kept, err := s.secretsOf(ctx, d.Workflow.Key, draft)
	if err != nil {
		return nil, err
	}
	var problems []hookflow.Problem
	text := s.mapSecrets(d.Text, func(at place, v value.Value) value.Value {
		if v.Text() != secret.Mask {
			return v
		}
		was, ok := kept[place{owner: at.owner, within: at.within}]
		if !ok {
			problems = append(problems, hookflow.Problem{Pointer: at.pointer, Detail: "is the mask of a secret, and none is kept for this place; give the secret itself"})
		}
		return was
	})
	if len(problems) > 0 {
		return nil, hookflow.Invalid("the workflow cannot be saved", problems...)
	}
	whole, err := Decode(text, d.Workflow.Key)
	if err != nil {
		return nil, err
	}
	whole.Workflow.Enabled, whole.hasEnabled = d.Workflow.Enabled, d.hasEnabled
	for _, at := range masked {
		if strings.HasPrefix(at.owner, "node ") {
			whole.kept = append(whole.kept, hookflow.Problem{Pointer: at.pointer, Detail: "is a secret that is kept; give it again"})
		}
	}
	return whole, nil
}

// secretsOf are the secrets that stand in what is saved, by their places without pointers.
func (s *Service) secretsOf(ctx context.Context, key string, draft bool) (map[place]value.Value, error) {
	get := s.Get
	if draft {
		get = s.Draft
	}
	saved, err := get(ctx, key)
	if hookflow.CodeOf(err) == hookflow.CodeNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	kept := map[place]value.Value{}
	s.mapSecrets(saved.Revision.Document, func(at place, v value.Value) value.Value {
		if isLiteral(v) {
			kept[place{owner: at.owner, within: at.within}] = v
		}
		return v
	})
	return kept, nil
}
