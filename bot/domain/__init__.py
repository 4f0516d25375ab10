"""What the product is about, in plain Python: no Slack, no HTTP, no SQL, no clock of its own."""
