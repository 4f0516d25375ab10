"""The highlighter: which words around a sentence tell what the work in it is about.

“I'll tell him tonight” is no use to anybody alone. A small language model, all-MiniLM-L6-v2 as the reader has it, has
learned from written meetings which of the words that are said around such a sentence somebody would write down. It
writes none itself. `bench/train_highlighter.py` makes its weights, `docs/models.md` is the card.
"""

from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime

from bot.engine.insights.passages import LongPassage, Origin

HIGHLIGHTER: Final = Path(__file__).parent / "minilm" / "highlighter.onnx"


class Highlighter:
    """The model in memory."""

    def __init__(self, session: onnxruntime.InferenceSession) -> None:
        self._session = session

    def read(self, long: LongPassage) -> dict[Origin, float]:
        """Return how likely each piece of a passage tells what its work is about, 0 to 1, by where it stands.

        One passage at a time: what is read beside another changes the last digits, and an item is to be told in the
        same words whatever else was found.
        """
        ids, types = (np.array([each], np.int64) for each in (long.passage.pieces, long.passage.types))
        told = {"input_ids": ids, "token_type_ids": types, "attention_mask": np.ones_like(ids)}
        (logits,) = self._session.run(None, told)
        chances = 1 / (1 + np.exp(-np.asarray(logits[0], np.float64)))
        pairs = zip(long.origins, chances, strict=True)
        return {origin: float(chance) for origin, chance in pairs if origin is not None}
