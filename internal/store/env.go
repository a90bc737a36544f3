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
	UpdatedAt time.Time
}

const selectEnv = "SELECT name, value, secret, updated_at FROM hf_env"

func scanEnv(row Row) (v EnvVar, err error) {
	err = row.Scan(&v.Name, &v.Value, &v.Secret, (*stamp)(&v.UpdatedAt))
	return v, err
}

// EnvVars returns all variables by name.
func (s *Store) EnvVars(ctx context.Context) ([]EnvVar, error) {
	return collect(s.backend.reader(ctx), scanEnv, selectEnv+" ORDER BY name")
}

// EnvVar returns one variable, or CodeNotFound.
func (s *Store) EnvVar(ctx context.Context, name string) (EnvVar, error) {
	return one(s.backend.reader(ctx), scanEnv, "variable", selectEnv+" WHERE name = ?", name)
}

// PutEnvVar adds a variable or replaces it.
func (tx *Tx) PutEnvVar(v EnvVar) error {
	return tx.put(`
		INSERT INTO hf_env (name, value, secret, updated_at) VALUES (?, ?, ?, ?)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value, secret = excluded.secret, updated_at = excluded.updated_at`,
		v.Name, filled(v.Value), v.Secret, micros(v.UpdatedAt))
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
