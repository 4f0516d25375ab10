"""Structured logs: one line of JSON an event, with one id from Slack's event to the last post."""
