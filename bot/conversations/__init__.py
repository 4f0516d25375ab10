"""The client of the conversation API."""
