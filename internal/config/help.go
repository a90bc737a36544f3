package config

import (
	"fmt"
	"io"
)

// WriteHelp writes every setting with its three names, its default and its
// meaning.
func WriteHelp(w io.Writer) error {
	const columns = "%-20s  %-26s  %-18s  %s\n"
	if _, err := fmt.Fprintf(w, columns, "FLAG", "VARIABLE", "IN THE FILE", "DEFAULT"); err != nil {
		return err
	}
	for _, s := range Settings() {
		if _, err := fmt.Fprintf(w, columns, s.Flag(), s.Variable(), s.Name, s.DefaultText()); err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "    %s\n    Expects %s.\n", s.Doc, s.Expects()); err != nil {
			return err
		}
	}
	return nil
}

// DefaultText says what holds when nothing is set.
func (s Setting) DefaultText() string {
	if s.Default != "" {
		return s.Default
	}
	return s.Shown
}
