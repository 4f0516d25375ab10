"""The Slack adapter: listeners parse, call a flow and acknowledge; blocks show; the messenger speaks."""
