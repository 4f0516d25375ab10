"""Where the weights come from, their checksums and licences."""
