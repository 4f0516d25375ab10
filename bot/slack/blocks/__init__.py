"""How what the bot says looks in Slack: pure functions from notes to text and blocks."""
