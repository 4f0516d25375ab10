"""Where weights come from, with their checksums and licences."""
