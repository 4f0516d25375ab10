-- Runs on SQLite and on PostgreSQL. Moments are ISO 8601 text in UTC with microseconds: fixed width, so they sort as time.
-- A statement ends with a semicolon at the end of its line.

CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    team TEXT NOT NULL,
    channel TEXT NOT NULL,
    user_id TEXT NOT NULL,
    message_ts TEXT,
    thread_ts TEXT,
    via TEXT NOT NULL,
    recording_key TEXT NOT NULL,
    recording_kind TEXT NOT NULL,
    recording_location TEXT NOT NULL,
    recording_name TEXT NOT NULL,
    title TEXT,
    language TEXT,
    held_on TEXT,
    state TEXT NOT NULL,
    stage TEXT NOT NULL,
    progress DOUBLE PRECISION,
    seconds DOUBLE PRECISION,
    reason TEXT NOT NULL,
    cure TEXT NOT NULL,
    media_path TEXT,
    media_kind TEXT,
    sha256 TEXT,
    conversation_id TEXT,
    engine_job_id TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);

CREATE INDEX jobs_of_channel ON jobs (team, channel, created_at);

CREATE INDEX jobs_of_recording ON jobs (team, channel, recording_key, created_at);

CREATE INDEX jobs_in_state ON jobs (state, created_at);

-- what the thread's parent shows, as JSON: it is read and written whole
CREATE TABLE overviews (
    job_id TEXT PRIMARY KEY REFERENCES jobs (id),
    body TEXT NOT NULL
);

CREATE TABLE items (
    id TEXT PRIMARY KEY,
    job_id TEXT NOT NULL REFERENCES jobs (id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    quote TEXT NOT NULL,
    quote_speaker TEXT,
    quote_at DOUBLE PRECISION NOT NULL,
    owner TEXT,
    due TEXT,
    score DOUBLE PRECISION NOT NULL,
    state TEXT NOT NULL,
    claimed_by TEXT,
    finished_by TEXT,
    version INTEGER NOT NULL,
    changed_at TEXT NOT NULL
);

CREATE TABLE posts (
    id TEXT PRIMARY KEY,
    job_id TEXT NOT NULL REFERENCES jobs (id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    item_id TEXT REFERENCES items (id),
    state TEXT NOT NULL,
    channel TEXT,
    ts TEXT,
    claimed_at TEXT
);

CREATE INDEX posts_of_job ON posts (job_id, position);

CREATE INDEX posts_of_item ON posts (item_id);

CREATE INDEX posts_in_slack ON posts (channel, ts);

-- events and interactions that were received, so that Slack's repetitions are recognised
CREATE TABLE events (
    id TEXT PRIMARY KEY,
    received_at TEXT NOT NULL
);

CREATE INDEX events_by_age ON events (received_at);

CREATE TABLE channels (
    team TEXT NOT NULL,
    channel TEXT NOT NULL,
    mode TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL,
    PRIMARY KEY (team, channel)
);
