package verify

import (
	"context"
	"crypto"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/go-jose/go-jose/v4"
)

const (
	maxKeys     = 32 // of a set that are looked at
	keysAge     = time.Hour
	keysAgeMost = 24 * time.Hour // when they cannot be fetched
	keysRefresh = time.Minute    // for a key id that is not among them
)

var (
	errKeyUnknown    = errors.New("no key of the sender fits")
	errNothingRemote = errors.New("nothing can be fetched here")
)

// tokenKeys are what the signer of a token may have used.
type tokenKeys interface {
	// fitting returns the keys for a token of this header, at least one.
	fitting(ctx context.Context, req *Request, header jose.Header) ([]any, error)
}

// sharedKeys are secrets. Only HS algorithms can use them.
type sharedKeys []string

func (s sharedKeys) fitting(context.Context, *Request, jose.Header) ([]any, error) {
	var keys []any
	for _, secret := range s {
		if secret != "" {
			keys = append(keys, []byte(secret))
		}
	}
	if len(keys) == 0 {
		return nil, errors.New("no secret is set")
	}
	return keys, nil
}

// singleKey is the one public key of a sender, whatever it calls it.
type singleKey struct{ crypto.PublicKey }

func (k singleKey) fitting(context.Context, *Request, jose.Header) ([]any, error) {
	return []any{k.PublicKey}, nil
}

// keySet is a JWK Set (RFC 7517) without what it should not have: private and shared keys.
type keySet []jose.JSONWebKey

// parseKeySet skips the keys that it does not understand, as section 5 has it.
func parseKeySet(text []byte) (keySet, error) {
	var set struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if err := json.Unmarshal(text, &set); err != nil {
		return nil, fmt.Errorf("is no JWK Set: %w", err)
	}
	var keys keySet
	for _, raw := range set.Keys[:min(len(set.Keys), maxKeys)] {
		var key jose.JSONWebKey
		if key.UnmarshalJSON(raw) == nil && key.IsPublic() && key.Valid() && key.Use != "enc" {
			keys = append(keys, key)
		}
	}
	if len(keys) == 0 {
		return nil, errors.New("holds no public key for signatures")
	}
	return keys, nil
}

func (s keySet) fitting(_ context.Context, _ *Request, header jose.Header) ([]any, error) {
	var keys []any
	for _, k := range s {
		sameID := header.KeyID == "" || k.KeyID == "" || k.KeyID == header.KeyID
		if sameID && (k.Algorithm == "" || k.Algorithm == header.Algorithm) {
			keys = append(keys, k.Key)
		}
	}
	if len(keys) == 0 {
		return nil, errKeyUnknown
	}
	return keys, nil
}

// remoteKeys are at a URL. A key id that is new there is found within a minute; while the URL cannot
// be fetched the keys of the last day are good.
type remoteKeys string

func (r remoteKeys) fitting(ctx context.Context, req *Request, header jose.Header) ([]any, error) {
	keys, err := r.known(ctx, req, header, keysAge)
	switch {
	case err == nil:
		return keys, nil
	case errors.Is(err, errKeyUnknown):
		return r.known(ctx, req, header, keysRefresh)
	default:
		if older, olderErr := r.known(ctx, req, header, keysAgeMost); olderErr == nil {
			return older, nil
		}
		return nil, err
	}
}

func (r remoteKeys) known(ctx context.Context, req *Request, header jose.Header, age time.Duration) ([]any, error) {
	text, err := req.fetch(ctx, string(r), age)
	if err != nil {
		return nil, fmt.Errorf("the keys at %s could not be fetched: %w", string(r), err)
	}
	set, err := parseKeySet(text)
	if err != nil {
		return nil, fmt.Errorf("what is at %s %w", string(r), err)
	}
	return set.fitting(ctx, req, header)
}

func (r *Request) fetch(ctx context.Context, url string, age time.Duration) ([]byte, error) {
	if r.Remote == nil {
		return nil, errNothingRemote
	}
	return r.Remote.Get(ctx, url, age)
}

var (
	sharedAlgorithms = []string{"HS256", "HS384", "HS512"}
	publicAlgorithms = []string{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)

func isShared(algorithm string) bool { return slices.Contains(sharedAlgorithms, algorithm) }
