"""Conclusions by a language model of the operator's choice, held to the same evidence as the engine's own."""
