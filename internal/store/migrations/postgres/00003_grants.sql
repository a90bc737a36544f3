-- +goose Up

-- The secrets of $env that the nodes may read, one name a line. NULL is a
-- revision that was saved before there were grants: it may read them all.
ALTER TABLE hf_revisions ADD COLUMN grants TEXT;

-- The value before the last change of a secret, sealed: executions may still
-- hold it, so it stays masked.
ALTER TABLE hf_env ADD COLUMN previous BYTEA;

ALTER TABLE hf_sessions ADD COLUMN last_used_at BIGINT;
ALTER TABLE hf_sessions ADD COLUMN ip TEXT NOT NULL DEFAULT '';
ALTER TABLE hf_sessions ADD COLUMN user_agent TEXT NOT NULL DEFAULT '';

-- Wrong log-ins of accounts and addresses, by a digest of who it was.
CREATE TABLE hf_login_attempts (
    who      TEXT PRIMARY KEY,
    ends_at  BIGINT NOT NULL,
    attempts BIGINT NOT NULL
);
CREATE INDEX hf_login_attempts_ends ON hf_login_attempts (ends_at);
