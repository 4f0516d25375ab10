-- What one look at a recording told, and what keeps it from us; whose understanding a job shares, and whose thread it
-- leads to; how long the understanding took, from which the next recording's time is told.

ALTER TABLE jobs ADD COLUMN obstacle TEXT;
ALTER TABLE jobs ADD COLUMN preview TEXT;
ALTER TABLE jobs ADD COLUMN understood_by TEXT;
ALTER TABLE jobs ADD COLUMN same_as TEXT;
ALTER TABLE jobs ADD COLUMN listening_since TEXT;
ALTER TABLE jobs ADD COLUMN listened DOUBLE PRECISION;

-- the same index finds a recording in its channel and in others
DROP INDEX jobs_of_recording;
CREATE INDEX jobs_of_recording ON jobs (team, recording_key, channel, created_at);

-- both grow when a job is well on its way: nobody waits for these writes
CREATE INDEX jobs_of_bytes ON jobs (sha256) WHERE sha256 IS NOT NULL;

CREATE INDEX jobs_listened ON jobs (created_at) WHERE listened IS NOT NULL;
