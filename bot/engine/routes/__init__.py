"""The conversation API's endpoints."""
