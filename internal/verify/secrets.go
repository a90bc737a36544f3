package verify

import (
	"strconv"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// Secrets are shared with the sender; while they are rotated several are right at once.
type Secrets struct {
	Secret  string   `json:"secret,omitempty" secret:"true" doc:"Secret shared with the sender" zh:"与发送方共享的密钥"`
	Secrets []string `json:"secrets,omitempty" secret:"true" max:"5" doc:"Several secrets, valid at once while rotating" zh:"轮换期间同时有效的多个密钥"`
}

func (s Secrets) all() []string {
	if s.Secret == "" {
		return s.Secrets
	}
	return append([]string{s.Secret}, s.Secrets...)
}

// checkSecrets demands at least one secret under the two names, and none written as "".
func checkSecrets(tree *value.Tree, single, several string) []hookflow.Problem {
	var problems []hookflow.Problem
	count := 0
	for pointer, secret := range written(tree, single, several) {
		count++
		if secret.IsStatic() && secret.Source().Text() == "" {
			problems = append(problems, hookflow.Problem{Pointer: pointer, Detail: "must not be empty: anyone could forge requests"})
		}
	}
	if count == 0 {
		return []hookflow.Problem{{Pointer: "/" + single, Detail: "is required"}}
	}
	return problems
}

// checkPublicKeys demands at least one public key, and of those that are no variables that they
// are for the method.
func checkPublicKeys(tree *value.Tree, by method) []hookflow.Problem {
	problems := checkSecrets(tree, "publicKey", "publicKeys")
	for pointer, public := range written(tree, "publicKey", "publicKeys") {
		if !public.IsStatic() {
			continue
		}
		if _, err := by.key(public.Source().Text()); err != nil {
			problems = append(problems, hookflow.Problem{Pointer: pointer, Detail: err.Error()})
		}
	}
	return problems
}

// written yields what the settings have under the two names, by pointer.
func written(tree *value.Tree, single, several string) func(yield func(string, *value.Tree) bool) {
	return func(yield func(string, *value.Tree) bool) {
		for name, member := range tree.Members() {
			switch name {
			case single:
				if !yield("/"+single, member) {
					return
				}
			case several:
				for i, item := range member.Items() {
					if !yield("/"+several+"/"+strconv.Itoa(i), item) {
						return
					}
				}
			}
		}
	}
}

// secretVariable is the name of the variable of $env that is the setting secret, whole.
func secretVariable(tree *value.Tree) string {
	for _, secret := range written(tree, "secret", "") {
		if template, ok := secret.Template(); ok && template.IsWhole() {
			if path := template.Paths()[0]; path.Root == "$env" && len(path.Segments) == 1 {
				return string(path.Segments[0])
			}
		}
	}
	return ""
}
