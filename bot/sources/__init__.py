"""From a link or a Slack file to bytes or a transcript; `fetch.py` is the only door to the outside."""
