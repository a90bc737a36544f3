package collection

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

var namePattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{0,62}$`)

// reserved are the fields that every record has.
var reserved = []string{idField, createdAtField, updatedAtField}

const badName = "must begin with a letter and hold at most 63 letters, digits and _"

// check says what is wrong with a collection by itself.
func check(c *hookflow.Collection) []hookflow.Problem {
	var problems []hookflow.Problem
	if !namePattern.MatchString(c.Name) {
		problems = append(problems, hookflow.Problem{Pointer: "/name", Detail: badName})
	}
	problems = append(problems, checkTitle(c.Title, "/title")...)
	if len(c.Fields) > MaxFields {
		return append(problems, hookflow.Problem{Pointer: "/fields", Detail: fmt.Sprintf("must hold at most %d fields", MaxFields)})
	}
	seen := map[string]bool{}
	for i := range c.Fields {
		field, at := &c.Fields[i], "/fields"+item(i)
		if folded := strings.ToLower(field.Name); seen[folded] {
			problems = append(problems, hookflow.Problem{Pointer: at + "/name", Detail: "is the name of another field (case does not count)"})
		} else {
			seen[folded] = true
		}
		problems = append(problems, checkField(field, at)...)
	}
	return problems
}

func checkTitle(title, at string) []hookflow.Problem {
	if err := within(title, defaultLength); err != nil {
		return []hookflow.Problem{{Pointer: at, Detail: err.Error()}}
	}
	if strings.ContainsRune(title, 0) {
		return []hookflow.Problem{{Pointer: at, Detail: errNUL.Error()}}
	}
	return nil
}

func checkField(f *hookflow.Field, at string) []hookflow.Problem {
	problems := checkTitle(f.Title, at+"/title")
	refuse := func(member, format string, args ...any) {
		problems = append(problems, hookflow.Problem{Pointer: at + member, Detail: fmt.Sprintf(format, args...)})
	}
	isReserved := slices.ContainsFunc(reserved, func(name string) bool { return strings.EqualFold(name, f.Name) })
	switch {
	case !namePattern.MatchString(f.Name):
		refuse("/name", badName)
	case isReserved:
		refuse("/name", "is a name that every record has already")
	}
	typ := types[f.Type]
	switch {
	case typ == nil:
		refuse("/type", "must be one of %s", typeNames())
		return problems
	case (f.Unique || f.Index) && !typ.indexable:
		refuse("", "%s fields cannot be unique or indexed", f.Type)
	}
	wrong := checkOptions(typ, f)
	for _, p := range wrong {
		refuse("/options"+p.Pointer, "%s", p.Detail)
	}
	if err := checkDefault(typ, f); err != nil && len(wrong) == 0 {
		refuse("/default", "%s", err)
	}
	return problems
}

func checkDefault(typ *fieldType, f *hookflow.Field) error {
	if len(f.Default) == 0 {
		return nil
	}
	parsed, err := value.Parse(f.Default)
	if err != nil {
		return err
	}
	column := column{Field: *f, typ: typ}
	_, err = column.accept(parsed)
	return err
}

// checkOptions also refuses the settings that belong to another type.
func checkOptions(typ *fieldType, f *hookflow.Field) []hookflow.Problem {
	column := column{Field: *f}
	o := column.options()
	var problems []hookflow.Problem
	if len(o.Choices) > 0 && typ != selectType {
		problems = append(problems, hookflow.Problem{Pointer: "/choices", Detail: "is a setting of select fields only"})
	}
	if o.MaxLength != 0 && typ != stringType {
		problems = append(problems, hookflow.Problem{Pointer: "/maxLength", Detail: "is a setting of string fields only"})
	}
	problems = append(problems, checkRelation(f, o)...)
	if typ.options != nil {
		problems = append(problems, typ.options(o)...)
	}
	return problems
}
