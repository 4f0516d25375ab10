"""Where one sentence ends and the next begins, in typed and in recognised text."""

import re

_TITLES = ("mr", "mrs", "ms", "dr", "prof", "st", "sr", "jr", "rev", "gen", "col", "sgt", "capt", "lt", "hon")
_BEFORE_SOMETHING = ("vs", "e.g", "i.e", "cf", "fig", "figs", "approx", "nos", "vol", "dept", "est", "ref")
_NEVER_LAST = frozenset({*_TITLES, *_BEFORE_SOMETHING})
"""Abbreviations that something always follows."""

_SOMETIMES_LAST = frozenset(
    ("etc", "inc", "ltd", "corp", "co", "a.m", "p.m", "u.s", "u.k", "e.u", "ph.d", "b.sc", "m.sc", "al")
)
"""Abbreviations that end a sentence only when a capital letter follows."""

LONGEST_ABBREVIATION = 24
"""Characters before a stop that are looked at; a text without real sentences must not be copied again and again."""

LONGEST = 2_000
"""Characters: a line that goes on for longer without a stop is cut between words, or in the middle of one."""

# never begun in the middle of a run of stops, nor gone back over: a line of 100,000 dots is read in one pass
_END = re.compile(
    r"""(?<![.!?…])(?P<stop>[.!?…]++)["'”’»)\]]*+(?=\s|$)   # Latin: a stop, what closes it, and then a space
      | [。！？]+["”’」』）]*                     # Chinese and Japanese: no space follows
      | \n+                                    # a line of its own is a sentence of its own
    """,
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"[\w.]+$")
_NEXT = re.compile(r"\s*(.{0,2})", re.DOTALL)
_LIST_NUMBER = re.compile(r"\s*\(?\d{1,3}$")


def split(text: str) -> list[tuple[int, int]]:
    """Cut a text into sentences.

    Args:
        text: What was typed or recognised.

    Returns:
        Start and end of each sentence in `text`, without the spaces around it, in order; empty for a blank text. None
        is longer than `LONGEST`.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for found in _END.finditer(text):
        stop = found.group("stop")
        if stop is not None and not _ends(text, start, found.start("stop"), stop, _following(text, found.end())):
            continue
        _add(spans, text, start, found.end())
        start = found.end()
    _add(spans, text, start, len(text))
    return spans


def _following(text: str, at: int) -> str:
    """Return the first two characters after `at` and after blanks, fewer at the end."""
    found = _NEXT.match(text, at)
    return found[1] if found else ""


def _ends(text: str, start: int, at: int, stop: str, following: str) -> bool:
    """Tell whether the stop at `at` ends the sentence that began at `start`."""
    if not following or "!" in stop or "?" in stop:
        return True
    if stop != ".":
        return following[0].isupper() and following not in {"I", "I ", "I'"}
    found = _LAST_WORD.search(text[max(start, at - LONGEST_ABBREVIATION) : at])
    last = found.group() if found else ""
    word = last.lower()
    if word == "no":
        # "No. 5" is a number; "No. Let us wait." is an answer.
        return not following[0].isdigit()
    if word in _SOMETIMES_LAST:
        return following[0].isupper()
    initial = len(last) == 1 and last.isupper() and last != "I"
    numbers_a_list = at - start <= LONGEST_ABBREVIATION and _LIST_NUMBER.fullmatch(text[start:at])
    return word not in _NEVER_LAST and not initial and not numbers_a_list


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Add a sentence unless it is blank or nothing but marks that belong to the one before it."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    if left == len(piece):
        return
    begin, finish = start + left, start + len(piece.rstrip())
    while finish - begin > LONGEST:
        blank = max(text.rfind(" ", begin, begin + LONGEST), text.rfind("\t", begin, begin + LONGEST))
        stop = blank if blank > begin else begin + LONGEST
        spans.append((begin, begin + len(text[begin:stop].rstrip())))
        begin = stop
        while text[begin].isspace():
            begin += 1
    marks_only = not any(letter.isalnum() for letter in text[begin:finish])
    if spans and marks_only and finish - spans[-1][0] <= LONGEST:
        spans[-1] = (spans[-1][0], finish)
        return
    spans.append((begin, finish))
