package notify

import (
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/channel"
	"github.com/hookflow/hookflow/internal/secret"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/value"
)

type replacer = func(pointer string, v value.Value) value.Value

// mapSecrets replaces what stands in the places of a config that are for
// secrets. Of a type that is not known any more that is everything.
func mapSecrets(typ string, config value.Value, replace replacer) value.Value {
	known := channel.Lookup(typ)
	if known == nil {
		return replace("", config)
	}
	return spec.MapSecrets(config, known.Config, replace)
}

// isLiteral tells a secret itself from a variable that stands for it.
func isLiteral(v value.Value) bool {
	tree, problems := value.Compile(v)
	return v.Text() != "" && (len(problems) > 0 || tree.IsStatic())
}

// masked shows where secrets stand in a config, and not what they are.
func masked(typ string, config value.Value) value.Value {
	return mapSecrets(typ, config, func(_ string, v value.Value) value.Value {
		if isLiteral(v) {
			return value.String(secret.Mask)
		}
		return v
	})
}

// restored puts back the secrets that a config shows masked, each from the same
// place of the one that is kept.
func restored(typ string, config, kept value.Value) (value.Value, []hookflow.Problem) {
	known := map[string]value.Value{}
	mapSecrets(typ, kept, func(pointer string, v value.Value) value.Value {
		known[pointer] = v
		return v
	})
	var problems []hookflow.Problem
	whole := mapSecrets(typ, config, func(pointer string, v value.Value) value.Value {
		if v.Text() != secret.Mask {
			return v
		}
		was, ok := known[pointer]
		if !ok {
			problems = append(problems, hookflow.Problem{Pointer: pointer, Detail: "is the mask of a secret, and none is kept for this place; give the secret itself"})
		}
		return was
	})
	return whole, problems
}

// longPiece is from how many bytes on a piece of an address may be a secret.
const longPiece = 16

// secretsIn lists the secrets that stand in a config, and of addresses the
// pieces that make them so: a provider may quote only its key.
func secretsIn(typ string, config value.Value) []string {
	var found []string
	mapSecrets(typ, config, func(_ string, v value.Value) value.Value {
		if !isLiteral(v) {
			return v
		}
		text := v.Text()
		found = append(found, text)
		if strings.Contains(text, "://") {
			for _, piece := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("/?&=#", r) }) {
				if len(piece) >= longPiece && !strings.Contains(piece, ".") {
					found = append(found, piece)
				}
			}
		}
		return v
	})
	return found
}
