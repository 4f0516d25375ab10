"""Tests of the evaluation: measures on cases worked out by hand."""
