package secret

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestParseKey(t *testing.T) {
	t.Parallel()
	raw := bytes.Repeat([]byte{0xfb, 7}, 16)
	tests := map[string]struct {
		text string
		ok   bool
	}{
		"hex":               {hex.EncodeToString(raw), true},
		"base64":            {base64.StdEncoding.EncodeToString(raw), true},
		"base64 unpadded":   {base64.RawStdEncoding.EncodeToString(raw), true},
		"base64url":         {base64.URLEncoding.EncodeToString(raw), true},
		"with a line break": {hex.EncodeToString(raw) + "\n", true},
		"empty":             {"", false},
		"too short":         {hex.EncodeToString(raw[:31]), false},
		"too long":          {hex.EncodeToString(append(raw, 1)), false},
		"a password":        {"correct horse battery staple 1234", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			key, err := ParseKey(tt.text)
			if (err == nil) != tt.ok {
				t.Fatalf("ParseKey: %v", err)
			}
			if !tt.ok {
				return
			}
			want, err := newKey(raw)
			if err != nil {
				t.Fatal(err)
			}
			if plain, err := want.Open("n", key.Seal("n", []byte("x"))); err != nil || string(plain) != "x" {
				t.Errorf("another key was read: %q, %v", plain, err)
			}
		})
	}
}

func TestLoadKey(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	log := slog.New(slog.DiscardHandler)
	first, err := LoadKey("", dir, log)
	if err != nil {
		t.Fatal(err)
	}
	sealed := first.Seal("TOKEN", []byte("hush"))

	path := filepath.Join(dir, KeyFile)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("key file: %v, %v", info, err)
	}
	if left, err := filepath.Glob(path + ".*"); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	var warned bytes.Buffer
	second, err := LoadKey("", dir, slog.New(slog.NewTextHandler(&warned, nil)))
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := second.Open("TOKEN", sealed); err != nil || string(plain) != "hush" {
		t.Errorf("after a restart: %q, %v", plain, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 || !strings.Contains(warned.String(), path) {
		t.Errorf("an open key file: %v, %v, %q", info, err, warned.String())
	}

	if _, err := LoadKey("nonsense", dir, log); err == nil || !strings.Contains(err.Error(), "HOOKFLOW_SECRET_KEY") || strings.Contains(err.Error(), "nonsense") {
		t.Errorf("a bad setting: %v", err)
	}
	if err := os.WriteFile(path, []byte("cut off"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadKey("", dir, log); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("a bad key file: %v", err)
	}
}

func TestSeal(t *testing.T) {
	t.Parallel()
	key, err := ParseKey(strings.Repeat("07", keySize))
	if err != nil {
		t.Fatal(err)
	}
	other, err := ParseKey(strings.Repeat("08", keySize))
	if err != nil {
		t.Fatal(err)
	}
	sealed := key.Seal("TOKEN", []byte("hush"))
	if bytes.Contains(sealed, []byte("hush")) || bytes.Equal(sealed, key.Seal("TOKEN", []byte("hush"))) {
		t.Error("a sealed value shows something")
	}
	changed := bytes.Clone(sealed)
	changed[len(changed)-1] ^= 1
	newer := bytes.Clone(sealed)
	newer[0]++
	tests := map[string]struct {
		key    *Key
		name   string
		sealed []byte
		ok     bool
	}{
		"as sealed":    {key, "TOKEN", sealed, true},
		"another key":  {other, "TOKEN", sealed, false},
		"another name": {key, "OTHER", sealed, false},
		"changed":      {key, "TOKEN", changed, false},
		"newer form":   {key, "TOKEN", newer, false},
		"cut":          {key, "TOKEN", sealed[:20], false},
		"nothing":      {key, "TOKEN", nil, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plain, err := tt.key.Open(tt.name, tt.sealed)
			if tt.ok && (err != nil || string(plain) != "hush") || !tt.ok && !errors.Is(err, ErrSealed) {
				t.Errorf("Open = %q, %v", plain, err)
			}
		})
	}
}

func TestSecretDoesNotPrint(t *testing.T) {
	t.Parallel()
	key, err := ParseKey(strings.Repeat("61", keySize))
	if err != nil {
		t.Fatal(err)
	}
	type holder struct {
		S Secret
		P *Secret
		K *Key
		M map[string]Secret
	}
	s := Secret("hush")
	v := holder{s, &s, key, map[string]Secret{"k": s}}
	var printed bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
		fmt.Fprintf(&printed, verb+verb+verb+"\n", s, v, key)
	}
	encoded, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	printed.Write(encoded)
	for _, handler := range []slog.Handler{slog.NewTextHandler(&printed, nil), slog.NewJSONHandler(&printed, nil)} {
		slog.New(handler).Info("x", "secret", s, "key", key, "all", v)
	}
	for _, leak := range []string{"hush", "68757368", "61616161", "6161"} {
		if strings.Contains(strings.ToLower(printed.String()), leak) {
			t.Errorf("%q printed:\n%s", leak, printed.String())
		}
	}
	if s.Reveal() != "hush" {
		t.Error("Reveal does not")
	}
}
