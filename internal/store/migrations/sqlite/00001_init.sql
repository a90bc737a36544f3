-- +goose Up
-- Ids are made in the process and ascend, so rows are added at the right edge.
-- Times are microseconds since 1970, UTC.
-- Packed means a codec byte (0 plain, 1 zstd) and then the content.

CREATE TABLE hf_meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- A deleted workflow keeps its row: executions and deliveries tell its key.
CREATE TABLE hf_workflows (
    id         INTEGER PRIMARY KEY,
    key        TEXT NOT NULL,
    title      TEXT NOT NULL,
    enabled    BOOLEAN NOT NULL,
    published  BIGINT, -- revision
    draft      BIGINT, -- revision
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted    BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX hf_workflows_key ON hf_workflows (key) WHERE NOT deleted;

CREATE TABLE hf_revisions (
    id          INTEGER PRIMARY KEY,
    workflow_id BIGINT NOT NULL,
    number      BIGINT, -- NULL while it is a draft
    document    BLOB NOT NULL,
    created_at  BIGINT NOT NULL,
    created_by  TEXT NOT NULL
);
CREATE UNIQUE INDEX hf_revisions_number ON hf_revisions (workflow_id, number);

CREATE TABLE hf_endpoints (
    method      TEXT NOT NULL,
    pattern     TEXT NOT NULL,
    workflow_id BIGINT NOT NULL,
    PRIMARY KEY (method, pattern)
) WITHOUT ROWID;

CREATE TABLE hf_deliveries (
    id           INTEGER PRIMARY KEY,
    workflow_id  BIGINT,
    received_at  BIGINT NOT NULL,
    method       TEXT NOT NULL,
    url          TEXT NOT NULL,
    path         TEXT NOT NULL,
    pattern      TEXT NOT NULL,
    ip           TEXT NOT NULL,
    headers      BLOB NOT NULL, -- JSON list of names and values by turns
    body_size    BIGINT NOT NULL,
    outcome      TEXT NOT NULL,
    reason       TEXT NOT NULL,
    detail       TEXT NOT NULL,
    status       BIGINT NOT NULL,
    execution_id BIGINT,
    replay_of    BIGINT,
    report       BLOB, -- JSON
    answer       BLOB  -- JSON
);
CREATE INDEX hf_deliveries_workflow ON hf_deliveries (workflow_id);
CREATE INDEX hf_deliveries_outcome ON hf_deliveries (outcome) WHERE outcome <> 'accepted';

-- Bodies stand beside their rows, so that lists never read them.
CREATE TABLE hf_bodies (
    delivery_id INTEGER PRIMARY KEY,
    codec       BIGINT NOT NULL, -- 0 plain, 1 zstd
    size        BIGINT NOT NULL, -- plain
    data        BLOB NOT NULL
);

CREATE TABLE hf_executions (
    id          INTEGER PRIMARY KEY,
    workflow_id BIGINT NOT NULL,
    revision_id BIGINT NOT NULL,
    delivery_id BIGINT,
    started_by  TEXT NOT NULL,
    retry_of    BIGINT,
    status      TEXT NOT NULL,
    error       TEXT NOT NULL,
    epoch       BIGINT NOT NULL,
    concurrency BIGINT NOT NULL,
    owner       TEXT, -- process that runs it (hf_processes.id)
    created_at  BIGINT NOT NULL,
    due_at      BIGINT,
    started_at  BIGINT,
    finished_at BIGINT,
    input       BLOB, -- packed
    state       BLOB, -- packed
    response    BLOB, -- packed
    output      BLOB, -- packed
    steps       BLOB  -- packed JSON list: those of the commit that ended it
);
CREATE INDEX hf_executions_workflow ON hf_executions (workflow_id);
CREATE INDEX hf_executions_queued ON hf_executions (status, workflow_id) WHERE status = 'queued';
CREATE INDEX hf_executions_waiting ON hf_executions (status, workflow_id, due_at) WHERE status = 'waiting';
CREATE INDEX hf_executions_running ON hf_executions (status) WHERE status = 'running';
CREATE INDEX hf_executions_bad ON hf_executions (status) WHERE status IN ('failed', 'error', 'aborted', 'cancelled', 'rejected');

-- A row for every commit of an execution but the last, with the steps that ended
-- since the one before.
CREATE TABLE hf_journal (
    execution_id BIGINT NOT NULL,
    seq          BIGINT NOT NULL,
    steps        BLOB NOT NULL -- packed JSON list
);
CREATE UNIQUE INDEX hf_journal_key ON hf_journal (execution_id, seq);

CREATE TABLE hf_env (
    name       TEXT PRIMARY KEY,
    value      BLOB NOT NULL, -- sealed when secret
    secret     BOOLEAN NOT NULL,
    updated_at BIGINT NOT NULL
) WITHOUT ROWID;

CREATE TABLE hf_users (
    id            INTEGER PRIMARY KEY,
    email         TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    role          TEXT NOT NULL,
    created_at    BIGINT NOT NULL
);

CREATE TABLE hf_sessions (
    hash       BLOB PRIMARY KEY,
    user_id    BIGINT NOT NULL REFERENCES hf_users (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX hf_sessions_user ON hf_sessions (user_id);

CREATE TABLE hf_api_keys (
    id           INTEGER PRIMARY KEY,
    name         TEXT NOT NULL,
    role         TEXT NOT NULL,
    hash         BLOB NOT NULL UNIQUE,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT,
    last_used_at BIGINT,
    revoked_at   BIGINT
);

CREATE TABLE hf_audit (
    id          INTEGER PRIMARY KEY,
    at          BIGINT NOT NULL,
    actor_type  TEXT NOT NULL,
    actor_id    TEXT NOT NULL,
    actor_name  TEXT NOT NULL,
    action      TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id   TEXT NOT NULL,
    before      BLOB, -- JSON
    after       BLOB, -- JSON
    ip          TEXT NOT NULL
);

CREATE TABLE hf_collections (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,
    document   TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE hf_fields (
    id            INTEGER PRIMARY KEY,
    collection_id BIGINT NOT NULL REFERENCES hf_collections (id) ON DELETE CASCADE,
    name          TEXT NOT NULL,
    physical      TEXT NOT NULL,
    position      BIGINT NOT NULL,
    document      TEXT NOT NULL,
    UNIQUE (collection_id, name)
);
