-- The message in which somebody said their own name, when that is where the name comes from.
ALTER TABLE members ADD COLUMN named_in TEXT;
