package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// The cost of a password: the first of the settings that OWASP's password storage cheat sheet
// recommends for Argon2id.
const (
	argonMemory  = 19 << 10 // KiB
	argonTime    = 2
	argonThreads = 1
	saltSize     = 16
	hashSize     = 32

	minPassword = 10   // characters
	maxPassword = 1024 // bytes
	// maxHashing bounds the memory that log-ins take together.
	maxHashing = 4
)

// hasher computes password hashes, a few at a time. Its strings are in the PHC form.
type hasher struct {
	slots chan struct{}
	dummy string // checked for users that do not exist, so that they take as long
}

func newHasher() *hasher {
	h := &hasher{slots: make(chan struct{}, maxHashing)}
	h.dummy = encodeHash(randomBytes(saltSize), randomBytes(hashSize))
	return h
}

func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	salt := randomBytes(saltSize)
	sum, err := h.sum(ctx, password, salt, argonMemory, argonTime, argonThreads)
	if err != nil {
		return "", err
	}
	return encodeHash(salt, sum), nil
}

func encodeHash(salt, sum []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version,
		argonMemory, argonTime, argonThreads, b64.EncodeToString(salt), b64.EncodeToString(sum))
}

// verify compares in constant time; it takes the costs from the hash, so that they may change.
func (h *hasher) verify(ctx context.Context, password, phc string) (bool, error) {
	var version, memory, time, threads int
	parts := strings.Split(phc, "$")
	if len(parts) != 6 {
		return false, fmt.Errorf("malformed password hash")
	}
	_, err1 := fmt.Sscanf(parts[2], "v=%d", &version)
	_, err2 := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &time, &threads)
	salt, err3 := base64.RawStdEncoding.DecodeString(parts[4])
	want, err4 := base64.RawStdEncoding.DecodeString(parts[5])
	for _, err := range []error{err1, err2, err3, err4} {
		if err != nil {
			return false, fmt.Errorf("malformed password hash: %w", err)
		}
	}
	if parts[1] != "argon2id" || version != argon2.Version || len(want) != hashSize {
		return false, fmt.Errorf("password hash of an unknown kind")
	}
	got, err := h.sum(ctx, password, salt, memory, time, threads)
	return subtle.ConstantTimeCompare(got, want) == 1, err
}

func (h *hasher) sum(ctx context.Context, password string, salt []byte, memory, time, threads int) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	//nolint:gosec // the costs are our own, small numbers
	return argon2.IDKey([]byte(password), salt, uint32(time), uint32(memory), uint8(threads), hashSize), nil
}

func passwordProblem(password string) string {
	switch {
	case !utf8.ValidString(password):
		return "must be text"
	case utf8.RuneCountInString(password) < minPassword:
		return fmt.Sprintf("must have at least %d characters", minPassword)
	case len(password) > maxPassword:
		return fmt.Sprintf("must have at most %d bytes", maxPassword)
	}
	return ""
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}
