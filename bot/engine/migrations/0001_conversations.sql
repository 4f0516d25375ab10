-- Times are ISO 8601 in UTC, as text: they compare as they sort. JSON is text too: one SQL for SQLite and PostgreSQL.

CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    started_at TEXT NOT NULL,
    parameters TEXT NOT NULL,
    metadata TEXT NOT NULL,
    language TEXT,
    insights TEXT
);

CREATE INDEX conversations_by_start ON conversations (started_at);

CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    status TEXT NOT NULL,
    progress DOUBLE PRECISION NOT NULL,
    seconds DOUBLE PRECISION,
    message TEXT NOT NULL,
    bad_input INTEGER NOT NULL,
    webhook_url TEXT,
    submitted_at TEXT NOT NULL
);

-- What was sent with a job that has not ended: apart from it, since it is large and jobs are asked for often.
CREATE TABLE job_sources (
    job_id TEXT PRIMARY KEY,
    source TEXT NOT NULL
);

CREATE INDEX jobs_by_conversation ON jobs (conversation_id);
CREATE INDEX jobs_by_status ON jobs (status);

CREATE TABLE members (
    id TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    same_as TEXT
);

CREATE INDEX members_by_conversation ON members (conversation_id, position);

CREATE TABLE messages (
    id TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    job_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    member_id TEXT,
    text TEXT NOT NULL,
    started DOUBLE PRECISION NOT NULL,
    ended DOUBLE PRECISION NOT NULL,
    words TEXT
);

CREATE INDEX messages_by_conversation ON messages (conversation_id, position);
CREATE INDEX messages_by_job ON messages (job_id);
