package verify

import (
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"github.com/hookflow/hookflow"
)

// Rule says where a sender puts its signature, how it writes it and what it signs. A provider's
// preset is a Rule in code; the schemes hmac and public_key have the user write one.
type Rule struct {
	Header            string `json:"header,omitempty" literal:"true" doc:"Header that holds the signature; several with commas between, and {n} for any number" zh:"携带签名的请求头；可用逗号分隔多个，{n} 表示任意数字"`
	Query             string `json:"query,omitempty" literal:"true" doc:"Or the query parameter that holds it" zh:"或携带签名的查询参数"`
	JSON              string `json:"json,omitempty" literal:"true" doc:"Or the path in the JSON body, such as signature.value" zh:"或 JSON 请求体中的路径，如 signature.value"`
	Form              string `json:"form,omitempty" literal:"true" doc:"Or the field of the form that holds it" zh:"或携带签名的表单字段"`
	Encoding          string `json:"encoding,omitempty" literal:"true" enum:"hex,base64,base64url" default:"hex" doc:"How the signature is written" zh:"签名的编码"`
	HexCase           string `json:"hexCase,omitempty" literal:"true" enum:"lower,any" default:"lower" doc:"Whether a signature in hex may be in upper case" zh:"十六进制签名是否可为大写"`
	URLEncoded        bool   `json:"urlEncoded,omitempty" literal:"true" doc:"Whether the signature may be percent-encoded" zh:"签名是否可能经过百分号编码"`
	Prefix            string `json:"prefix,omitempty" literal:"true" doc:"What stands before the signature, such as sha256=" zh:"签名前缀，如 sha256="`
	ListSeparator     string `json:"listSeparator,omitempty" literal:"true" doc:"What divides several parts, such as a comma; any signature may match" zh:"多个部分的分隔符，如逗号；任一签名匹配即可"`
	KeyValueSeparator string `json:"keyValueSeparator,omitempty" literal:"true" doc:"What stands between a part's key and its value, such as =" zh:"键与值的分隔符，如 ="`
	Key               string `json:"key,omitempty" literal:"true" doc:"Key of the parts that are signatures, such as v1" zh:"签名部分的键，如 v1"`
	Content           string `json:"content,omitempty" literal:"true" default:"{body}" doc:"What is signed: text with {body} {ts} {url} {method} {secret} {crc32} {h:Header} {q:parameter} {json:path} {form:field}" zh:"签名内容：可含 {body} {ts} {url} {method} {secret} {crc32} {h:请求头} {q:参数} {json:路径} {form:字段}"`

	Timestamp *Timestamp `json:"timestamp,omitempty" doc:"When it was signed" zh:"签名时间"`
}

// Timestamp says where a sender tells when it signed.
type Timestamp struct {
	Header    string            `json:"header,omitempty" literal:"true" doc:"Header that holds it" zh:"携带时间戳的请求头"`
	Key       string            `json:"key,omitempty" literal:"true" doc:"Or the key of its part of the signature" zh:"或签名中时间戳部分的键"`
	Query     string            `json:"query,omitempty" literal:"true" doc:"Or the query parameter" zh:"或查询参数"`
	JSON      string            `json:"json,omitempty" literal:"true" doc:"Or the path in the JSON body" zh:"或 JSON 请求体中的路径"`
	Unit      string            `json:"unit,omitempty" literal:"true" enum:"s,ms,rfc3339" default:"s" doc:"Seconds, milliseconds or RFC 3339" zh:"秒、毫秒或 RFC 3339"`
	Tolerance hookflow.Duration `json:"tolerance,omitempty" literal:"true" default:"5m" doc:"Largest distance from now; 0 = not checked" zh:"与当前时间的最大差距；0 表示不检查"`
	Future    hookflow.Duration `json:"future,omitempty" literal:"true" doc:"Largest distance into the future; 0 = that of tolerance" zh:"允许超前当前时间的最大差距；0 表示与 tolerance 相同"`
}

// complete puts in what a user's Rule has by default.
func (r Rule) complete() Rule {
	r.Encoding = cmp.Or(r.Encoding, "hex")
	r.HexCase = cmp.Or(r.HexCase, "lower")
	r.Content = cmp.Or(r.Content, "{body}")
	if r.Timestamp != nil {
		timestamp := *r.Timestamp
		timestamp.Unit = cmp.Or(timestamp.Unit, "s")
		timestamp.Tolerance = cmp.Or(timestamp.Tolerance, fiveMinutes)
		r.Timestamp = &timestamp
	}
	return r
}

// within is the Rule with another tolerance, if one is given.
func (r Rule) within(tolerance *hookflow.Duration) Rule {
	if tolerance != nil && r.Timestamp != nil {
		timestamp := *r.Timestamp
		timestamp.Tolerance = *tolerance
		r.Timestamp = &timestamp
	}
	return r
}

// signature is where the signature stands.
func (r *Rule) signature() place {
	return place{header: r.Header, query: r.Query, json: r.JSON, form: r.Form}
}

// place is where the timestamp stands; none when it is a part of the signature.
func (t *Timestamp) place() place { return place{header: t.Header, query: t.Query, json: t.JSON} }

var decodings = map[string]func(string) ([]byte, error){
	"utf8":      func(text string) ([]byte, error) { return []byte(text), nil },
	"hex":       hex.DecodeString, // of either case
	"base64":    unpadded(base64.RawStdEncoding),
	"base64url": unpadded(base64.RawURLEncoding),
}

// unpadded decodes base64 with or without its padding.
func unpadded(encoding *base64.Encoding) func(string) ([]byte, error) {
	return func(text string) ([]byte, error) { return encoding.DecodeString(strings.TrimRight(text, "=")) }
}
