"""Followthrough: a Slack app that turns a recorded conversation into work that gets done."""
