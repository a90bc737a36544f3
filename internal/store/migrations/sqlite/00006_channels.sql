-- +goose Up
-- What messages can be sent through.
CREATE TABLE hf_channels (
    key        TEXT PRIMARY KEY,
    title      TEXT NOT NULL,
    type       TEXT NOT NULL,
    config     BLOB NOT NULL, -- JSON, encrypted as a whole
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
) WITHOUT ROWID;
