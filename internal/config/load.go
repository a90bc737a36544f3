package config

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"reflect"
	"runtime"
	"slices"
	"strings"
)

const (
	variablePrefix = "HOOKFLOW_"
	defaultFile    = "hookflow.yaml"
)

// ReadFile reads one file, as os.ReadFile does.
type ReadFile func(name string) ([]byte, error)

// Flags holds what the command line said.
type Flags struct {
	file  string
	given map[string]string
	found map[string]candidate // what Load took, by setting
}

// Bind registers a flag for every setting, and --config, in set.
func Bind(set *flag.FlagSet) *Flags {
	flags := &Flags{given: map[string]string{}, found: map[string]candidate{}}
	set.StringVar(&flags.file, "config", "", "")
	for _, s := range Settings() {
		set.Func(s.Name, "", func(text string) error {
			flags.given[s.Name] = text
			return nil
		})
	}
	return flags
}

// Load returns the settings of the flags that were parsed, of env (as
// os.Environ gives it) and of the file, in this order. An empty variable counts
// as not set. The warnings name variables that look like settings and are none.
func (f *Flags) Load(env []string, read ReadFile) (Config, []string, error) {
	variables := prefixed(env)
	file, err := f.readFile(variables, read)
	if err != nil {
		return Config{}, nil, err
	}
	var cfg Config
	var problems []error
	for _, s := range Settings() {
		found := f.candidates(s, variables, file)
		if len(found) > 0 {
			f.found[s.Name] = found[0]
		}
		problems = append(problems, s.set(&cfg, found))
	}
	if cfg.Workers == 0 {
		cfg.Workers = 4 * runtime.GOMAXPROCS(0)
	}
	problems = append(problems, cfg.checkTLS())
	return cfg, unknownVariables(variables), errors.Join(problems...)
}

// HTTPS reports whether the server speaks https.
func (c *Config) HTTPS() bool { return c.TLSCert != "" || len(c.ACMEDomains) > 0 }

// checkTLS refuses settings that need or exclude each other.
func (c *Config) checkTLS() error {
	switch {
	case (c.TLSCert == "") != (c.TLSKey == ""):
		return errors.New("tls-cert and tls-key belong together: set both or none")
	case c.TLSCert != "" && len(c.ACMEDomains) > 0:
		return errors.New("certificates come from tls-cert or from acme-domains: set one of them")
	case c.HTTPS():
		return nil
	case c.TLSClientCA != "":
		return errors.New("tls-client-ca needs https: set tls-cert and tls-key, or acme-domains")
	case c.HTTPAddr != "":
		return errors.New("http-addr leads to https: set tls-cert and tls-key, or acme-domains; without https, set addr alone")
	default:
		return nil
	}
}

// candidate is one text for a setting and where it was found.
type candidate struct {
	text, source string
	from         Source
}

// candidates returns what the sources say, strongest first.
func (f *Flags) candidates(s Setting, variables map[string]string, file fileSettings) []candidate {
	var found []candidate
	if text, ok := f.given[s.Name]; ok {
		found = append(found, candidate{text, s.Flag(), FromFlag})
	}
	if text := variables[s.Variable()]; text != "" {
		found = append(found, candidate{text, s.Variable(), FromEnv})
	}
	if entry, ok := file.entries[s.Name]; ok {
		found = append(found, candidate{entry.text, fmt.Sprintf("%s:%d: %s", file.name, entry.line, s.Name), FromFile})
	}
	if s.Default != "" {
		found = append(found, candidate{s.Default, "default of " + s.Name, FromDefault})
	}
	return found
}

func (s Setting) set(cfg *Config, found []candidate) error {
	if len(found) == 0 {
		return nil
	}
	parsed, err := s.kind.parse(found[0].text)
	if err != nil {
		return s.refuse(found[0])
	}
	reflect.ValueOf(cfg).Elem().Field(s.field).Set(reflect.ValueOf(parsed))
	return nil
}

func (s Setting) refuse(c candidate) error {
	if s.Secret {
		return fmt.Errorf("%s: the value is not %s", c.source, s.kind.expects)
	}
	return fmt.Errorf("%s: %q is not %s", c.source, c.text, s.kind.expects)
}

// readFile reads the named settings file, or hookflow.yaml when there is one.
func (f *Flags) readFile(variables map[string]string, read ReadFile) (fileSettings, error) {
	name, source := f.file, "--config"
	if name == "" {
		name, source = variables[variablePrefix+"CONFIG"], variablePrefix+"CONFIG"
	}
	named := name != ""
	if !named {
		name = defaultFile
	}
	text, err := read(name)
	switch {
	case err == nil:
		return parseFile(name, text)
	case !named && errors.Is(err, fs.ErrNotExist):
		return fileSettings{}, nil
	case named:
		return fileSettings{}, fmt.Errorf("%s: cannot read the settings file: %w", source, err)
	default:
		return fileSettings{}, fmt.Errorf("cannot read the settings file: %w", err)
	}
}

func prefixed(env []string) map[string]string {
	variables := map[string]string{}
	for _, entry := range env {
		name, text, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(name, variablePrefix) {
			variables[name] = text
		}
	}
	return variables
}

// unknownVariables warns instead of refusing: container platforms put
// variables of this form (HOOKFLOW_SERVICE_HOST) into every process.
func unknownVariables(variables map[string]string) []string {
	known := []string{variablePrefix + "CONFIG"}
	for _, s := range Settings() {
		known = append(known, s.Variable())
	}
	var warnings []string
	for name := range variables {
		if !slices.Contains(known, name) {
			warnings = append(warnings, fmt.Sprintf("%s is no setting and is ignored%s", name, DidYouMean(name, known)))
		}
	}
	slices.Sort(warnings)
	return warnings
}
