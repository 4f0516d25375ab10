"""Which language was spoken: the rules for insights are English; of other languages the words are all there is."""

import re
from collections.abc import Sequence
from typing import Final

from bot.engine.insights.common_words import FOREIGN_STOP_WORDS
from bot.engine.insights.sentences import Sentence
from bot.engine.insights.vocabulary import words
from bot.engine.records import Note

_TELLING: Final = words(
    """the and to of that it is you i we for this with have be on are so was not but they what just know can yeah at if
    do"""
)
_SHARE: Final = 0.18
"""In English speech at least so many of the words are among these; measured on meetings it is about a third."""

_FOREIGN_SHARE: Final = 0.3
"""In another language's speech at least so many of the words are among its small words, and of English many fewer."""

_ENOUGH: Final = 20
"""Of fewer words the language cannot be told: then it is what the caller says."""

_LETTERS: Final = re.compile(r"[^\W\d_]+")
_SCRIPTS: Final = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
_SAME_SCRIPT: Final = {
    "ru": words("uk bg sr mk be kk"),
    "ar": words("fa ur ps"),
    "hi": words("mr ne"),
    "zh": words("yue"),
}
"""Languages that are written with the letters of another one: the caller knows better which it is."""

_MOSTLY: Final = 0.5

_NAMES: Final = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "th": "Thai", "tr": "Turkish",
    "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip

TRANSCRIPT_ONLY: Final = "language-transcript-only"
DIFFERS: Final = "language-differs"


def spoken_language(sentences: Sequence[Sentence], said: str | None) -> str | None:
    """Return the language that most of the words are in.

    Args:
        sentences: The whole conversation.
        said: What the caller or the recogniser says it is: two letters, or None.

    Returns:
        Two letters. Where the words speak for no language, what is said; None when they speak for no English and nobody
        says anything.
    """
    tag = said[:2].lower() if said else None
    spoken = [word for sentence in sentences for word in _LETTERS.findall(sentence.plain)]
    script = _script("".join(spoken))
    if script:
        return tag if tag in _SAME_SCRIPT.get(script, ()) else script
    if len(spoken) < _ENOUGH:
        return tag or ("en" if _share(spoken, _TELLING) >= _SHARE else None)
    english = _share(spoken, _TELLING)
    shares = {code: _share(spoken, small) for code, small in FOREIGN_STOP_WORDS.items()}
    best = max(shares, key=lambda code: (shares[code], code == tag))
    if shares[best] >= _FOREIGN_SHARE and english < _SHARE:
        return tag if tag in shares and shares[tag] >= _FOREIGN_SHARE else best
    if english >= _SHARE:
        return "en"
    return None if tag == "en" else tag


def is_english(sentences: Sequence[Sentence], language: str | None) -> bool:
    """Tell whether the rules for English apply: by the words, and where they are few as the caller says."""
    return spoken_language(sentences, language) == "en"


def language_notes(spoken: str | None, said: str | None) -> tuple[Note, ...]:
    """Return what people should know about the language of a conversation.

    Args:
        spoken: What it is by its words: two letters, or None for some language that is no English.
        said: What the caller or the recogniser says.
    """
    notes: list[Note] = []
    name = _NAMES.get(spoken or "", "")
    told = said[:2].lower() if said else None
    if told and told != spoken:
        heard = name or "another language"
        text = f"This was marked as {_NAMES.get(told, told)}, but most of it is in {heard}: it was read as that."
        notes.append(Note(DIFFERS, text))
    if spoken != "en":
        heard = f"The recording is in {name}" if name else "The recording is not in English"
        text = f"{heard}: this engine gives its transcript, topics and summary; action items need a language model."
        notes.append(Note(TRANSCRIPT_ONLY, text))
    return tuple(notes)


def _share(spoken: Sequence[str], small: frozenset[str]) -> float:
    return sum(word in small for word in spoken) / len(spoken) if spoken else 0.0


def _script(letters: str) -> str | None:
    """Return the language that most letters' script is of, for scripts other than the Latin one."""
    for code, script in _SCRIPTS:
        least = _MOSTLY / 4 if code == "ja" else _MOSTLY  # kana stand among Chinese characters
        if letters and len(script.findall(letters)) >= least * len(letters):
            return code
    return None
