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

func (s *Secrets) all() []string {
	if s.Secret == "" {
		return s.Secrets
	}
	return append([]string{s.Secret}, s.Secrets...)
}

// checkSecrets demands at least one secret under the two names, and none written as "".
func checkSecrets(tree *value.Tree, single, several string) []hookflow.Problem {
	var problems []hookflow.Problem
	count := 0
	check := func(pointer string, t *value.Tree) {
		count++
		if t.IsStatic() && t.Source().Text() == "" {
			problems = append(problems, hookflow.Problem{Pointer: pointer, Detail: "must not be empty: anyone could forge requests"})
		}
	}
	for name, member := range tree.Members() {
		switch name {
		case single:
			check("/"+single, member)
		case several:
			for i, item := range member.Items() {
				check("/"+several+"/"+strconv.Itoa(i), item)
			}
		}
	}
	if count == 0 {
		return []hookflow.Problem{{Pointer: "/" + single, Detail: "is required"}}
	}
	return problems
}
