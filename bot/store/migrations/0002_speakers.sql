-- how many people speak, as the person who asked said; NULL when they did not
ALTER TABLE jobs ADD COLUMN speakers INTEGER;
