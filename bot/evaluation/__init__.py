"""How well the engine understands, measured against what people wrote down: `python -m bot eval`."""
