package spec_test

import (
	"reflect"
	"testing"

	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/value"
)

func TestMapSecrets(t *testing.T) {
	t.Parallel()
	type login struct {
		User     string `json:"user"`
		Password string `json:"password" secret:"true"`
	}
	type settings struct {
		Key    string            `json:"key" secret:"true"`
		Keys   []string          `json:"keys" secret:"true"`
		Named  map[string]string `json:"named" secret:"true"`
		Any    value.Value       `json:"any"`
		Login  *login            `json:"login"`
		Logins []login           `json:"logins"`
		By     map[string]login  `json:"by"`
	}
	for source, want := range map[string]string{
		`{"key":"a","other":"b"}`:                                     `{"key":"/key=a","other":"b"}`,
		`{"key":null,"keys":["a",null,1.10]}`:                         `{"key":null,"keys":["/keys/0=a",null,"/keys/2=1.10"]}`,
		`{"key":{"deep":["a"]}}`:                                      `{"key":{"deep":["/key/deep/0=a"]}}`,
		`{"named":{"x/y":"a"},"any":{"key":"b"}}`:                     `{"named":{"x/y":"/named/x~1y=a"},"any":{"key":"b"}}`,
		`{"login":{"user":"a","password":"b"}}`:                       `{"login":{"user":"a","password":"/login/password=b"}}`,
		`{"logins":[{"password":"b"}],"by":{"a":{"password":1}}}`:     `{"logins":[{"password":"/logins/0/password=b"}],"by":{"a":{"password":"/by/a/password=1"}}}`,
		`{"login":"{{$env.LOGIN}}","logins":{"password":"b"},"x":[]}`: `{"login":"{{$env.LOGIN}}","logins":{"password":"b"},"x":[]}`,
		`[1]`: `[1]`,
	} {
		got := spec.MapSecrets(value.Raw(source), reflect.TypeFor[settings](), func(pointer string, v value.Value) value.Value {
			return value.String(pointer + "=" + v.Text())
		})
		if string(got) != want {
			t.Errorf("%s:\n got %s\nwant %s", source, got, want)
		}
	}
}
