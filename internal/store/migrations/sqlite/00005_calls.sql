-- +goose Up
-- The execution that waits for the end of this one, and how many stand above it.
ALTER TABLE hf_executions ADD COLUMN parent_id BIGINT;
ALTER TABLE hf_executions ADD COLUMN depth BIGINT NOT NULL DEFAULT 0;

-- Only called executions pay for it.
CREATE INDEX hf_executions_parent ON hf_executions (parent_id) WHERE parent_id IS NOT NULL;
