-- How far a recording was heard while its job runs, in seconds from its start: what was before that is stored.
-- `began` is its place in the conversation; `language` what was heard or given.
CREATE TABLE hearings (
    job_id TEXT PRIMARY KEY,
    began DOUBLE PRECISION NOT NULL,
    heard DOUBLE PRECISION NOT NULL,
    language TEXT
);

-- Whose voice is whose, while a job runs.
CREATE TABLE voices (
    job_id TEXT NOT NULL,
    voice TEXT NOT NULL,
    member_id TEXT NOT NULL,
    PRIMARY KEY (job_id, voice)
);

-- What people should know about how a recording was heard.
CREATE TABLE notes (
    conversation_id TEXT NOT NULL,
    job_id TEXT NOT NULL,
    code TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (job_id, code)
);

CREATE INDEX notes_by_conversation ON notes (conversation_id);

ALTER TABLE messages ADD COLUMN speaker_score DOUBLE PRECISION;
