"""Deferred work: rows are the truth, a scheduler keeps the time."""
