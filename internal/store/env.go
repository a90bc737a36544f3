package store

import (
	"context"
	"time"
)

// EnvVar is a named value; a secret one is sealed before it comes here.
type EnvVar struct {
	Name      string
	Value     []byte
	Secret    bool
	Previous  []byte // the secret value before this one, sealed; nil when there was none
	UpdatedAt time.Time
}

const selectEnv = "SELECT name, value, secret, previous, updated_at FROM hf_env"

func scanEnv(row Row) (v EnvVar, err error) {
	err = row.Scan(&v.Name, &v.Value, &v.Secret, &v.Previous, (*stamp)(&v.UpdatedAt))
	return v, err
}

// EnvVars returns all variables by name.
func (s *Store) EnvVars(ctx context.Context) ([]EnvVar, error) {
	return collect(s.backend.reader(ctx), scanEnv, selectEnv+" ORDER BY name")
}

// EnvVars returns all variables by name.
func (tx *Tx) EnvVars() ([]EnvVar, error) { return collect(tx, scanEnv, selectEnv+" ORDER BY name") }

// EnvVar returns one variable, or CodeNotFound.
func (s *Store) EnvVar(ctx context.Context, name string) (EnvVar, error) {
	return envVar(s.backend.reader(ctx), name)
}

// EnvVar returns one variable, or CodeNotFound.
func (tx *Tx) EnvVar(name string) (EnvVar, error) { return envVar(tx, name) }

func envVar(r Reader, name string) (EnvVar, error) {
	return one(r, scanEnv, "variable", selectEnv+" WHERE name = ?", name)
}

// PutEnvVar adds a variable or replaces it.
func (tx *Tx) PutEnvVar(v EnvVar) error {
	return tx.put(`
		INSERT INTO hf_env (name, value, secret, previous, updated_at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (name) DO UPDATE SET
			value = excluded.value, secret = excluded.secret, previous = excluded.previous, updated_at = excluded.updated_at`,
		v.Name, filled(v.Value), v.Secret, v.Previous, micros(v.UpdatedAt))
}

// filled makes nil bytes empty ones, for columns that are never NULL.
func filled(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// DeleteEnvVar removes a variable; CodeNotFound when there is none.
func (tx *Tx) DeleteEnvVar(name string) error {
	return tx.putOne(notFound("variable"), "DELETE FROM hf_env WHERE name = ?", name)
}
