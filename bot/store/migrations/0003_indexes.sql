-- Somebody waits for the rows of a new recording, and each index is a write more: a post gets its places in these two
-- when it has an item or stands in Slack, and old events are few enough to be looked through once an hour.

DROP INDEX posts_of_item;
CREATE INDEX posts_of_item ON posts (item_id) WHERE item_id IS NOT NULL;

DROP INDEX posts_in_slack;
CREATE INDEX posts_in_slack ON posts (channel, ts) WHERE ts IS NOT NULL;

DROP INDEX events_by_age;
