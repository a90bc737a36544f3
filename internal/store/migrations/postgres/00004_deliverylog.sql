-- +goose Up
-- What the headers and the URL of a request show masked, encrypted.
ALTER TABLE hf_deliveries ADD COLUMN sealed BYTEA;

-- Only replays and retries pay for these.
CREATE INDEX hf_deliveries_replay ON hf_deliveries (replay_of) WHERE replay_of IS NOT NULL;
CREATE INDEX hf_executions_retry ON hf_executions (delivery_id) WHERE retry_of IS NOT NULL;

-- A replay of many deliveries, and how far it has come.
CREATE TABLE hf_replays (
    id          BIGINT PRIMARY KEY,
    filter      BYTEA NOT NULL,  -- JSON
    revision    TEXT NOT NULL,
    status      TEXT NOT NULL,
    total       BIGINT NOT NULL,
    done        BIGINT NOT NULL,
    failed      BIGINT NOT NULL,
    failures    BYTEA,           -- JSON list of the first ones
    until       BIGINT NOT NULL, -- only deliveries before it
    position    BIGINT NOT NULL, -- the last delivery dealt with
    owner       TEXT,            -- process that runs it
    created_at  BIGINT NOT NULL,
    created_by  TEXT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX hf_replays_running ON hf_replays (id) WHERE status = 'running';
