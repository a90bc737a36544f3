package config

import (
	"bytes"
	"flag"
	"io"
	"io/fs"
	"log/slog"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/hookflow/hookflow/internal/network"
)

// load runs the loader over a command line, an environment and a set of files.
func load(t *testing.T, args, env []string, files map[string]string) (Config, []string, error) {
	t.Helper()
	set := flag.NewFlagSet("test", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	flags := Bind(set)
	if err := set.Parse(args); err != nil {
		t.Fatal(err)
	}
	return flags.Load(env, func(name string) ([]byte, error) {
		text, ok := files[name]
		if !ok {
			return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
		}
		return []byte(text), nil
	})
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	got, warnings, err := load(t, nil, nil, nil)
	if err != nil || len(warnings) != 0 {
		t.Fatalf("warnings %v, error %v", warnings, err)
	}
	want := Config{
		Addr: "127.0.0.1:8080", DataDir: "./data", MaxBodyBytes: 16 << 20, MaxQueued: 1_000_000,
		ShutdownTimeout: 20 * time.Second, LogLevel: slog.LevelInfo, LogFormat: "text",
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(Config{}, "Workers")); diff != "" {
		t.Error(diff)
	}
	if got.Workers < 4 || got.Workers%4 != 0 {
		t.Errorf("Workers = %d, want 4 × CPUs", got.Workers)
	}
}

func TestOrder(t *testing.T) {
	t.Parallel()
	file := map[string]string{"hookflow.yaml": "addr: :1\n"}
	for name, test := range map[string]struct {
		args, env []string
		files     map[string]string
		want      string
	}{
		"flag over variable":       {[]string{"--addr", ":3"}, []string{"HOOKFLOW_ADDR=:2"}, file, ":3"},
		"variable over file":       {nil, []string{"HOOKFLOW_ADDR=:2"}, file, ":2"},
		"file over default":        {nil, nil, file, ":1"},
		"empty variable":           {nil, []string{"HOOKFLOW_ADDR="}, file, ":1"},
		"empty file entry":         {nil, nil, map[string]string{"hookflow.yaml": "addr:\n"}, "127.0.0.1:8080"},
		"empty file":               {nil, nil, map[string]string{"hookflow.yaml": ""}, "127.0.0.1:8080"},
		"named file":               {[]string{"--config=x.yaml"}, nil, map[string]string{"x.yaml": "addr: :4", "hookflow.yaml": "addr: :1"}, ":4"},
		"named file by a variable": {nil, []string{"HOOKFLOW_CONFIG=x.yaml"}, map[string]string{"x.yaml": "addr: :4"}, ":4"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, _, err := load(t, test.args, test.env, test.files)
			if err != nil || got.Addr != test.want {
				t.Errorf("Addr = %q, error %v; want %q", got.Addr, err, test.want)
			}
		})
	}
}

func TestEveryKindFromTheFile(t *testing.T) {
	t.Parallel()
	got, _, err := load(t, nil, nil, map[string]string{"hookflow.yaml": `
addr: "[::1]:0"
data-dir: /var/lib/hookflow
database-url: postgres://u:p@db/hookflow
secret-key: 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f
public-url: https://hooks.example.com/base/
trusted-proxies: [10.1.2.3/8, "::1"]
max-body-bytes: 1024
workers: 7
max-queued: 50
tls-cert: cert.pem
tls-key: key.pem
tls-client-ca: clients.pem
acme-email: ops@example.com
acme-ca: https://acme.example.com/directory
acme-ca-root: root.pem
http-addr: :80
egress-allow: 127.0.0.1
egress-deny: [private, 198.51.100.7/24]
shutdown-timeout: 1m30s
log-level: WARN
log-format: json
`})
	if err != nil {
		t.Fatal(err)
	}
	want := Config{
		Addr: "[::1]:0", DataDir: "/var/lib/hookflow", DatabaseURL: "postgres://u:p@db/hookflow",
		SecretKey:      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
		PublicURL:      "https://hooks.example.com/base",
		TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")},
		MaxBodyBytes:   1024, Workers: 7, MaxQueued: 50,
		TLSCert: "cert.pem", TLSKey: "key.pem", TLSClientCA: "clients.pem", HTTPAddr: ":80",
		ACMEEmail: "ops@example.com", ACMECA: "https://acme.example.com/directory", ACMECARoot: "root.pem",
		EgressAllow:     []network.Set{network.Of(netip.MustParsePrefix("127.0.0.1/32"))},
		EgressDeny:      []network.Set{network.In(network.Private), network.Of(netip.MustParsePrefix("198.51.100.0/24"))},
		ShutdownTimeout: 90 * time.Second, LogLevel: slog.LevelWarn, LogFormat: "json",
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateComparable(netip.Prefix{}, network.Set{})); diff != "" {
		t.Error(diff)
	}
}

func TestBadValues(t *testing.T) {
	t.Parallel()
	for name, bad := range map[string][]string{
		"addr":             {"8080", "localhost", ":99999", ":http"},
		"database-url":     {"mysql://hunter2@db/x", "hunter2"},
		"secret-key":       {"hunter2", strings.Repeat("ab", 31)},
		"public-url":       {"hooks.example.com", "ftp://x", "https://", "https://u:p@x", "https://x?a=1"},
		"trusted-proxies":  {"10.0.0.0/33", "any", "10.0.0.1,,::1"},
		"acme-domains":     {"localhost", "192.0.2.1", "a b.example", "*.example.com", "a.example,,b.example", "https://a.example"},
		"acme-email":       {"ops", "Ops <ops@example.com>"},
		"acme-ca":          {"http://acme.example.com", "acme.example.com", "https://"},
		"http-addr":        {"80"},
		"max-body-bytes":   {"0", "-1", "2GiB", "much"},
		"workers":          {"0", "-4", "10001", "1.5", "many"},
		"max-queued":       {"0", "100000001"},
		"egress-allow":     {"example.com"},
		"egress-deny":      {"10", "intranet", "private,"},
		"shutdown-timeout": {"20", "-1s", "soon"},
		"log-level":        {"verbose", "info+1"},
		"log-format":       {"xml", "JSON"},
	} {
		for _, value := range bad {
			for source, try := range map[string]func() error{
				"--" + name: func() error {
					_, _, err := load(t, []string{"--" + name + "=" + value}, nil, nil)
					return err
				},
				variable(name): func() error {
					_, _, err := load(t, nil, []string{variable(name) + "=" + value}, nil)
					return err
				},
				"hookflow.yaml:2: " + name: func() error {
					_, _, err := load(t, nil, nil, map[string]string{"hookflow.yaml": "# settings\n" + name + ": '" + value + "'\n"})
					return err
				},
			} {
				err := try()
				if err == nil {
					t.Errorf("%s=%q was accepted", source, value)
					continue
				}
				text := err.Error()
				if !strings.HasPrefix(text, source+": ") || !strings.Contains(text, " is not ") || strings.Contains(text, "\n") {
					t.Errorf("%s=%q: error %q", source, value, text)
				}
				if strings.Contains(text, "hunter2") {
					t.Errorf("%s: error repeats a secret: %q", source, text)
				}
			}
		}
	}
}

// TestHTTPS: settings that need or exclude each other.
func TestHTTPS(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"":                         "",
		"--tls-cert=c --tls-key=k": "",
		"--acme-domains=Bücher.Example,b.example":                    "",
		"--acme-domains=a.example --http-addr=:80 --tls-client-ca=x": "",
		"--tls-cert=c": "tls-cert and tls-key belong together",
		"--tls-key=k":  "tls-cert and tls-key belong together",
		"--tls-cert=c --tls-key=k --acme-domains=a.example": "certificates come from tls-cert or from acme-domains",
		"--tls-client-ca=x": "tls-client-ca needs https",
		"--http-addr=:80":   "http-addr leads to https",
	} {
		cfg, _, err := load(t, strings.Fields(line), nil, nil)
		switch {
		case want == "" && err != nil:
			t.Errorf("%s: %v", line, err)
		case want != "" && (err == nil || !strings.HasPrefix(err.Error(), want)):
			t.Errorf("%s: error %v, want %s", line, err, want)
		case want == "" && cfg.HTTPS() != (line != ""):
			t.Errorf("%s: https is %t", line, cfg.HTTPS())
		case len(cfg.ACMEDomains) == 2 && cfg.ACMEDomains[0] != "xn--bcher-kva.example":
			t.Errorf("%s: the domains are %q", line, cfg.ACMEDomains)
		}
	}
}

func variable(name string) string {
	return "HOOKFLOW_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
}

func TestBadFiles(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ text, want string }{
		"unknown name":   {"\nadr: :1", `hookflow.yaml:2: unknown setting "adr"; did you mean "addr"?`},
		"nothing near":   {"frobnicate: 1", `hookflow.yaml:1: unknown setting "frobnicate"`},
		"set twice":      {"addr: :1\naddr: :2", "hookflow.yaml:2: addr is set twice"},
		"no mapping":     {"- addr", "hookflow.yaml:1: expected lines of the form name: value"},
		"nested":         {"addr: {host: x}", "hookflow.yaml:1: addr: expected one value or a list of values"},
		"nested in list": {"egress-deny: [[1]]", "hookflow.yaml:1: egress-deny: expected one value or a list of values"},
		"not YAML":       {"addr: [", "hookflow.yaml: not valid YAML: "},
		"too large":      {strings.Repeat("#", maxFile+1), "hookflow.yaml: larger than 1048576 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := load(t, nil, nil, map[string]string{"hookflow.yaml": test.text})
			if err == nil || !strings.HasPrefix(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("error %v, want %s", err, test.want)
			}
		})
	}
}

func TestMissingNamedFile(t *testing.T) {
	t.Parallel()
	_, _, err := load(t, []string{"--config", "x.yaml"}, nil, nil)
	if err == nil || !strings.Contains(err.Error(), "--config: cannot read the settings file: open x.yaml") {
		t.Errorf("error %v", err)
	}
}

func TestUnknownVariablesWarn(t *testing.T) {
	t.Parallel()
	_, warnings, err := load(t, nil, []string{"HOOKFLOW_ADR=:1", "HOOKFLOW_SERVICE_HOST=10.0.0.1", "HOOKFLOW_ADDR=:2", "ADDR=:3"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`HOOKFLOW_ADR is no setting and is ignored; did you mean "HOOKFLOW_ADDR"?`,
		`HOOKFLOW_SERVICE_HOST is no setting and is ignored`,
	}
	if diff := cmp.Diff(want, warnings); diff != "" {
		t.Error(diff)
	}
}

func TestHelpNamesEverySetting(t *testing.T) {
	t.Parallel()
	var help bytes.Buffer
	if err := WriteHelp(&help); err != nil {
		t.Fatal(err)
	}
	for _, s := range Settings() {
		for _, part := range []string{s.Flag(), s.Variable(), s.Name, s.DefaultText(), s.Doc, s.Expects()} {
			if part == "" || !strings.Contains(help.String(), part) {
				t.Errorf("%s: help lacks %q", s.Name, part)
			}
		}
		if s.Zh == "" || s.ExpectsZh() == "" {
			t.Errorf("%s: no Chinese text", s.Name)
		}
	}
}
