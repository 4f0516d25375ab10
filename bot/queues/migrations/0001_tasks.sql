-- Runs on SQLite and on PostgreSQL. Moments are ISO 8601 text in UTC with microseconds: fixed width, so they sort as time.

CREATE TABLE tasks (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    payload TEXT NOT NULL,
    key TEXT,
    lock TEXT,
    -- its time, which orders the tasks of a lock; a task that waits to be tried again keeps it
    at TEXT NOT NULL,
    -- not before this moment; later than its time when it is to be tried again
    run_at TEXT NOT NULL,
    -- waiting or running
    state TEXT NOT NULL,
    -- how often it went wrong
    attempts INTEGER NOT NULL,
    -- how often something outside did not answer, and since when
    waits INTEGER NOT NULL,
    waits_since TEXT
);

CREATE UNIQUE INDEX tasks_waiting_with_key ON tasks (key) WHERE state = 'waiting';

CREATE INDEX tasks_due ON tasks (state, run_at, id);

CREATE INDEX tasks_of_lock ON tasks (lock, at, id);
