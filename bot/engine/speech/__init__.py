"""From sound to words: voice activity, chunks, recognition."""
