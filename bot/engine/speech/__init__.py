"""Sound to words: voice activity, recognition, sentences."""
