-- Whose conversation it is: the id of an app. What was there before belongs to the first app, which takes it at its start.
ALTER TABLE conversations ADD COLUMN app_id TEXT NOT NULL DEFAULT '';

DROP INDEX conversations_by_start;
CREATE INDEX conversations_by_app ON conversations (app_id, started_at);
