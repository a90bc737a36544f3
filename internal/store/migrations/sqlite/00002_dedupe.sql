-- +goose Up
-- The events that were accepted, so that each is accepted once until its key
-- expires. The first delivery that has a key keeps it.
CREATE TABLE hf_dedupe (
    workflow_id BIGINT NOT NULL,
    hash        BLOB NOT NULL, -- SHA-256 of the key
    delivery_id BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    PRIMARY KEY (workflow_id, hash)
) WITHOUT ROWID;
CREATE INDEX hf_dedupe_expires ON hf_dedupe (expires_at);

-- Named sets of addresses for allow and deny lists.
CREATE TABLE hf_ip_sets (
    name       TEXT PRIMARY KEY,
    ranges     TEXT NOT NULL, -- one a line
    updated_at BIGINT NOT NULL
) WITHOUT ROWID;
