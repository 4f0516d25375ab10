"""Tests of the insights: what is understood of a conversation."""
