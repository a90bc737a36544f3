-- +goose Up
-- Whether a request came to the test URL.
ALTER TABLE hf_deliveries ADD COLUMN test BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX hf_deliveries_test ON hf_deliveries (id) WHERE test;

-- Until when somebody has opened the test URL of a workflow.
CREATE TABLE hf_tests (
    workflow_id INTEGER PRIMARY KEY,
    open_until  BIGINT NOT NULL
);
