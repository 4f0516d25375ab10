"""Who speaks when: voices told apart in a recording, and the names that people give themselves."""
