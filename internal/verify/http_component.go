package verify

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/dunglas/httpsfv"
)

const maxComponents = 50 // of one signature

// signatureBase is what an HTTP message signature is over, RFC 9421, section 2.5.
func signatureBase(req *Request, covered httpsfv.InnerList) (string, error) {
	if len(covered.Items) > maxComponents {
		return "", fmt.Errorf("more than %d components are signed", maxComponents)
	}
	var base strings.Builder
	seen := map[string]bool{}
	for _, item := range covered.Items {
		id, err := httpsfv.Marshal(item)
		if err != nil || seen[id] {
			return "", fmt.Errorf("the component %.80s stands twice or is malformed", id)
		}
		seen[id] = true
		text, err := component(req, item)
		if err != nil {
			return "", fmt.Errorf("the component %.80s %w", id, err)
		}
		base.WriteString(id + ": " + text + "\n")
	}
	parameters, err := httpsfv.Marshal(covered)
	if err != nil {
		return "", fmt.Errorf("the parameters of the signature are malformed: %w", err)
	}
	return base.String() + `"@signature-params": ` + parameters, nil
}

var (
	errComponentParameter = errors.New("has parameters that are not understood here")
	errComponentAbsent    = errors.New("is not in the request")
)

func component(req *Request, item httpsfv.Item) (string, error) {
	name, _ := item.Value.(string)
	parameters := item.Params.Names()
	switch {
	case name == "@query-param":
		return queryParameter(req, item)
	case len(parameters) == 0 && strings.HasPrefix(name, "@"):
		return derived(req, name)
	case len(parameters) == 0:
		return fieldText(req, name)
	case len(parameters) == 1 && parameters[0] == "key" && !strings.HasPrefix(name, "@"):
		return fieldMember(req, name, item)
	default:
		return "", errComponentParameter
	}
}

// derived is section 2.2, of the URL as the sender knew it.
func derived(req *Request, name string) (string, error) {
	scheme, rest, _ := strings.Cut(req.URL, "://")
	end := strings.IndexAny(rest, "/?")
	if end < 0 {
		end = len(rest)
	}
	authority, target := rest[:end], rest[end:]
	path, query, _ := strings.Cut(target, "?")
	if path == "" {
		path, target = "/", "/"+target
	}
	switch name {
	case "@method":
		return req.Method, nil
	case "@target-uri":
		return req.URL, nil
	case "@scheme":
		return strings.ToLower(scheme), nil
	case "@authority":
		port := map[string]string{"https": ":443", "http": ":80"}[strings.ToLower(scheme)]
		return strings.TrimSuffix(strings.ToLower(authority), port), nil
	case "@request-target":
		return target, nil
	case "@path":
		return path, nil
	case "@query":
		return "?" + query, nil
	default:
		return "", errors.New("is not known")
	}
}

// formEncoding turns what Go escapes in a query into what section 2.2.8 does.
var formEncoding = strings.NewReplacer("+", "%20", "%2A", "*", "~", "%7E")

func queryParameter(req *Request, item httpsfv.Item) (string, error) {
	wanted, _ := item.Params.Get("name")
	encoded, ok := wanted.(string)
	if !ok || len(item.Params.Names()) != 1 {
		return "", errComponentParameter
	}
	name, err := url.QueryUnescape(encoded)
	if err != nil {
		return "", errComponentParameter
	}
	values := req.query(name)
	if len(values) != 1 {
		return "", fmt.Errorf("is %d times in the request, not once", len(values))
	}
	return formEncoding.Replace(url.QueryEscape(values[0])), nil
}

// fieldText is section 2.1.
func fieldText(req *Request, name string) (string, error) {
	lines := req.header(name)
	if name == "host" && len(lines) == 0 {
		return derived(req, "@authority") // servers take it out of the headers
	}
	if len(lines) == 0 || name != strings.ToLower(name) {
		return "", errComponentAbsent
	}
	trimmed := make([]string, len(lines))
	for i, line := range lines {
		trimmed[i] = strings.TrimSpace(line)
	}
	return strings.Join(trimmed, ", "), nil
}

// fieldMember is section 2.1.2.
func fieldMember(req *Request, name string, item httpsfv.Item) (string, error) {
	wanted, _ := item.Params.Get("key")
	key, _ := wanted.(string)
	dictionary, err := httpsfv.UnmarshalDictionary(req.header(name))
	if err != nil {
		return "", errors.New("is of a field that is no dictionary")
	}
	member, ok := dictionary.Get(key)
	if !ok {
		return "", errComponentAbsent
	}
	return httpsfv.Marshal(member)
}

// judgeDigest compares Content-Digest, if there is one, with the body. Digests of unknown algorithms
// are passed over, one of the known ones must be there (RFC 9530, section 2).
func judgeDigest(req *Request, v *Verdict) {
	const check = "digest"
	lines := req.header("Content-Digest")
	if len(lines) == 0 {
		return
	}
	digests, err := httpsfv.UnmarshalDictionary(lines)
	if err != nil {
		v.failAs("malformed_digest", check, "Content-Digest is no structured field", "Compare with RFC 9530, section 2.")
		return
	}
	sum256, sum512 := sha256.Sum256(req.Body), sha512.Sum512(req.Body)
	matching := 0
	for name, sum := range map[string][]byte{"sha-256": sum256[:], "sha-512": sum512[:]} {
		found, given := digests.Get(name)
		if !given {
			continue
		}
		item, _ := found.(httpsfv.Item)
		digest, _ := item.Value.([]byte)
		if !bytes.Equal(digest, sum) {
			v.failAs("digest_mismatch", check, fmt.Sprintf("Content-Digest is not that of these %d bytes", len(req.Body)), "See that no proxy changes the body, and what over says of compressed bodies.")
			return
		}
		matching++
	}
	if matching == 0 {
		v.failAs("malformed_digest", check, "Content-Digest has neither sha-256 nor sha-512", "Have the sender use one of these.")
		return
	}
	v.pass(check, "Content-Digest is that of the body")
}
