package config

// Source is where a setting was found.
type Source string

// The sources, strongest first.
const (
	FromFlag    Source = "flag"
	FromEnv     Source = "env"
	FromFile    Source = "file"
	FromDefault Source = "default"
)

// Effective is a setting with what it is now.
type Effective struct {
	Setting
	Text   string // as written; "" when nobody set it and its default is in words, and of a secret
	IsSet  bool   // by somebody
	Source Source
}

// Effective returns every setting as Load has found it. Secrets are left out.
func (f *Flags) Effective() []Effective {
	all := Settings()
	effective := make([]Effective, len(all))
	for i, s := range all {
		e := Effective{Setting: s, Source: FromDefault}
		if found, ok := f.found[s.Name]; ok {
			e.Text, e.Source = found.text, found.from
		}
		e.IsSet = e.Source != FromDefault
		if s.Secret {
			e.Text = ""
		}
		effective[i] = e
	}
	return effective
}
