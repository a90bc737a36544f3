-- +goose Up
-- Files that are kept for themselves, not in the body of a request.
CREATE TABLE hf_files (
    id           TEXT PRIMARY KEY, -- digest of the content
    filename     TEXT NOT NULL,
    content_type TEXT NOT NULL,
    size         BIGINT NOT NULL,
    uploaded_at  BIGINT,           -- when somebody uploaded it; NULL is kept for records only
    taken_at     BIGINT NOT NULL   -- when something last began to refer to it
) WITHOUT ROWID;
CREATE INDEX hf_files_idle ON hf_files (id) WHERE uploaded_at IS NULL;
CREATE INDEX hf_files_uploaded ON hf_files (uploaded_at) WHERE uploaded_at IS NOT NULL;

-- Beside them, so that no list reads it and taking a file does not write it again.
CREATE TABLE hf_file_data (
    id    TEXT PRIMARY KEY,
    codec INTEGER NOT NULL, -- 0 plain, 1 zstd
    data  BLOB NOT NULL
);
