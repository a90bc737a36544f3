package collection

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

const maxChoices = 1000

// selectType is one of options.choices: 1 to 1,000 different texts of 1 to 255 characters.
var selectType = &fieldType{
	name: "select", class: textual, sqlite: "TEXT", postgres: `TEXT COLLATE "C"`, indexable: true,
	options: selectOptions,
	in: func(v value.Value, o hookflow.FieldOptions) (any, error) {
		text, err := textIn(v)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(o.Choices, text) {
			return nil, errors.New("must be one of the field's choices")
		}
		return text, nil
	},
	operand: textOperand,
	out:     textOut,
}

func selectOptions(o hookflow.FieldOptions) []hookflow.Problem {
	if len(o.Choices) == 0 || len(o.Choices) > maxChoices {
		return []hookflow.Problem{{Pointer: "/choices", Detail: fmt.Sprintf("must hold 1 to %d choices", maxChoices)}}
	}
	var problems []hookflow.Problem
	seen := map[string]bool{}
	for i, choice := range o.Choices {
		pointer := fmt.Sprintf("/choices/%d", i)
		switch {
		case choice == "" || within(choice, defaultLength) != nil || strings.ContainsRune(choice, 0):
			problems = append(problems, hookflow.Problem{Pointer: pointer, Detail: fmt.Sprintf("must be a text of 1 to %d characters", defaultLength)})
		case seen[choice]:
			problems = append(problems, hookflow.Problem{Pointer: pointer, Detail: "is there twice"})
		}
		seen[choice] = true
	}
	return problems
}
