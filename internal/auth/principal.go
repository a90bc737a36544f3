// Package auth says who calls and what they may do: users with sessions, API keys, roles, and the
// record of who changed what.
package auth

import (
	"context"
	"encoding/hex"
	"slices"

	"github.com/hookflow/hookflow"
)

// Role is what a principal may do; each may all that the ones before it may.
type Role string

// The roles, from the least.
const (
	Viewer Role = "viewer" // reads, but no secrets
	Editor Role = "editor" // changes workflows and data
	Admin  Role = "admin"  // everything
)

var roles = []Role{Viewer, Editor, Admin}

// Valid reports whether r is a role.
func (r Role) Valid() bool { return slices.Contains(roles, r) }

// Allows reports whether r may do what needs the role need.
func (r Role) Allows(need Role) bool {
	return r.Valid() && slices.Index(roles, r) >= slices.Index(roles, need)
}

// Kinds of principals.
const (
	TypeUser   = "user"
	TypeAPIKey = "api_key"
	TypeSystem = "system" // the program itself, and its command line
	TypeNobody = "nobody" // somebody who could not prove who it is
)

// Principal is who does something.
type Principal struct {
	Type string
	ID   hookflow.ID
	Name string // a user's e-mail address, a key's name
	Role Role
	IP   string // where the request came from
	// Session is the digest of the token of the session that a user came with, in hex; else "".
	Session string
}

// session is the digest as it is stored.
func (p Principal) session() []byte {
	digest, _ := hex.DecodeString(p.Session) // made by hex.EncodeToString
	return digest
}

// System is the program itself.
var System = Principal{Type: TypeSystem, Name: "system", Role: Admin}

type principalKey struct{}

// With returns a context in which p acts.
func With(ctx context.Context, p Principal) context.Context {
	return context.WithValue(ctx, principalKey{}, p)
}

// From returns who acts in ctx, the zero Principal when nobody was recognised.
func From(ctx context.Context) Principal {
	p, _ := ctx.Value(principalKey{}).(Principal)
	return p
}

// Actor returns who acts in ctx; nobody there is the program itself.
func Actor(ctx context.Context) Principal {
	if p := From(ctx); p.Type != "" {
		return p
	}
	return System
}
