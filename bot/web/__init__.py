"""One ASGI app: Slack's requests, the job webhook, health."""
