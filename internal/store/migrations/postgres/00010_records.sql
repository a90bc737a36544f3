-- +goose Up
-- Who wrote a record, and what it changed. An entry has its execution or its actor. That of a creation
-- has the record's id, so that entries are added at the right edge of their collection.
CREATE TABLE hf_record_history (
    collection_id BIGINT NOT NULL,
    record_id     BIGINT NOT NULL,
    id            BIGINT NOT NULL,
    at            BIGINT NOT NULL,
    action        TEXT NOT NULL, -- created, updated or deleted
    workflow_id   BIGINT,
    execution_id  BIGINT,
    node          TEXT,          -- key
    actor_type    TEXT,
    actor_id      BIGINT,
    actor_name    TEXT,
    changes       BYTEA,         -- JSON object of [before, after]
    PRIMARY KEY (collection_id, record_id, id)
);
CREATE INDEX hf_record_history_deleted ON hf_record_history (at) WHERE action = 'deleted';

-- Files whose rows become records.
CREATE TABLE hf_imports (
    id          BIGINT PRIMARY KEY,
    collection  TEXT NOT NULL,   -- name
    format      TEXT NOT NULL,
    upsert_by   TEXT NOT NULL,
    status      TEXT NOT NULL,
    total       BIGINT NOT NULL,
    done        BIGINT NOT NULL,
    failed      BIGINT NOT NULL,
    errors      BYTEA,           -- JSON list of the first ones
    owner       TEXT,            -- process that runs it
    actor_type  TEXT NOT NULL,
    actor_id    BIGINT,
    actor_name  TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX hf_imports_running ON hf_imports (id) WHERE status = 'running';

-- The files of those that run.
CREATE TABLE hf_import_data (
    import_id BIGINT PRIMARY KEY,
    data      BYTEA NOT NULL -- packed
);
