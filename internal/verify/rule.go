package verify

import (
	"crypto/sha1" //nolint:gosec // some providers sign with HMAC-SHA1, which is not broken
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"strings"

	"github.com/hookflow/hookflow"
)

// Rule says how a sender signs with an HMAC: where the signature is, how it is written and what it
// is over. A provider's preset is a Rule in code, the scheme hmac has the user write one.
type Rule struct {
	Header            string `json:"header,omitempty" literal:"true" doc:"Header that holds the signature; default X-Signature-256" zh:"携带签名的请求头，默认 X-Signature-256"`
	Query             string `json:"query,omitempty" literal:"true" doc:"Query parameter that holds the signature" zh:"携带签名的查询参数"`
	Algorithm         string `json:"algorithm,omitempty" literal:"true" enum:"sha1,sha256,sha384,sha512" default:"sha256" doc:"Hash of the HMAC" zh:"HMAC 的哈希算法"`
	Encoding          string `json:"encoding,omitempty" literal:"true" enum:"hex,base64,base64url" default:"hex" doc:"How the signature is written" zh:"签名的编码"`
	HexCase           string `json:"hexCase,omitempty" literal:"true" enum:"lower,any" default:"lower" doc:"Whether a signature in hex may be in upper case" zh:"十六进制签名是否可为大写"`
	Prefix            string `json:"prefix,omitempty" literal:"true" doc:"What stands before the signature, such as sha256=" zh:"签名前缀，如 sha256="`
	ListSeparator     string `json:"listSeparator,omitempty" literal:"true" doc:"What divides several parts, such as a comma; any signature may match" zh:"多个部分的分隔符，如逗号；任一签名匹配即可"`
	KeyValueSeparator string `json:"keyValueSeparator,omitempty" literal:"true" doc:"What stands between a part's key and its value, such as =" zh:"键与值的分隔符，如 ="`
	Key               string `json:"key,omitempty" literal:"true" doc:"Key of the parts that are signatures, such as v1" zh:"签名部分的键，如 v1"`
	SecretEncoding    string `json:"secretEncoding,omitempty" literal:"true" enum:"utf8,hex,base64,base64url" default:"utf8" doc:"How the secret is written" zh:"密钥的编码"`
	SecretPrefix      string `json:"secretPrefix,omitempty" literal:"true" doc:"What stands before the secret and is no part of it, such as whsec_" zh:"密钥的前缀，如 whsec_"`
	Content           string `json:"content,omitempty" literal:"true" default:"{body}" doc:"What is signed: text with {body} {ts} {url} {method} {secret} {h:Header} {q:parameter} {json:path}" zh:"签名内容：可含 {body} {ts} {url} {method} {secret} {h:请求头} {q:参数} {json:路径}"`

	Timestamp *Timestamp `json:"timestamp,omitempty" doc:"When it was signed" zh:"签名时间"`
}

// Timestamp says where a sender tells when it signed.
type Timestamp struct {
	Header    string            `json:"header,omitempty" literal:"true" doc:"Header that holds it" zh:"携带时间戳的请求头"`
	Key       string            `json:"key,omitempty" literal:"true" doc:"Or the key of its part of the signature" zh:"或签名中时间戳部分的键"`
	Unit      string            `json:"unit,omitempty" literal:"true" enum:"s,ms,rfc3339" default:"s" doc:"Seconds, milliseconds or RFC 3339" zh:"秒、毫秒或 RFC 3339"`
	Tolerance hookflow.Duration `json:"tolerance,omitempty" literal:"true" default:"5m" doc:"Largest distance from now; 0 = not checked" zh:"与当前时间的最大差距；0 表示不检查"`
}

var hashes = map[string]func() hash.Hash{
	"sha1": sha1.New, "sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New,
}

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
