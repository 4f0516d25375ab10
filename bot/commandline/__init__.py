"""What `python -m bot …` does, a module a command; `bot/__main__.py` reads the words and calls one of these."""
