-- +goose Up
-- What a workflow is tried with.
CREATE TABLE hf_samples (
    workflow_id  BIGINT PRIMARY KEY,
    id           BIGINT NOT NULL,
    source       TEXT NOT NULL,    -- listen, delivery, execution or manual
    taken_at     BIGINT NOT NULL,
    taken_by     TEXT NOT NULL,
    execution_id BIGINT,           -- whose results belong to it
    request      BYTEA,            -- packed JSON; NULL is a context alone
    body         BYTEA,            -- packed
    context      BYTEA             -- packed JSON; NULL is that of the request
);

-- Who waits for the next request to a workflow.
CREATE TABLE hf_listeners (
    id          BIGINT PRIMARY KEY,
    workflow_id BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL    -- unless it is renewed before
);
