"""Transcripts as people have them: captions, plain text, JSON, Word documents, canvases."""
