"""Tells what was heard from what the recogniser made up: Whisper fills noise and laughter with fluent text."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.engine.records import Utterance

# Invented words are improbable ones: on meeting recordings, segments of real speech average 0.3 and more.
LEAST_SCORE = 0.25
# The same short answer may be given twice; a third time in a row it has to be heard clearly.
MOST_REPEATS = 2
CLEAR_SCORE = 0.6
# In real speech, however excited, at least every fourth word of a longer stretch is a new one.
LOOP_WORDS = 12
LEAST_VARIETY = 0.25
# How likely speech is while something is said: 0.36 and more on average in meetings. What is heard over less than this
# has to be heard clearly.
LEAST_VOICE = 0.3
# Whoever thanks an audience has to be heard better than that.
LEAST_THANKING_VOICE = 0.45

# What stands under the films that Whisper learned from, and nobody says: its favourites for filling a silence.
CREDITS = re.compile(
    r"amara\. ?org|opensubtitles|(?:subtitles|captions) (?:created )?by the\b"
    r"|untertitel(?:ung)? (?:der|des|von|im auftrag)"
)
# The same, where it is all that is said.
THANKS = re.compile(
    r"(?:thank you|thanks)(?: so much| very much)? for (?:watching|listening|viewing)"
    r"|(?:please )?(?:like and )?subscribe(?: to (?:my|our|the) channel)?|see you (?:in the )?next (?:video|time)"
    r"|vielen dank fürs? (?:zuschauen|zuhören|zusehen)|merci d'avoir regardé(?: cette vidéo)?"
    r"|gracias por ver(?: el video)?"
    r"|obrigado por assistir|sous-titr\w+ .*|subtítulos .*|sottotitoli .*|legendas .*|ondertitel\w* .*|субтитры .*"
    r"|спасибо за просмотр|продолжение следует|.*字幕.*|ご視聴ありがとうございました|请不吝点赞.*"
    r"|시청해 ?주셔서 감사합니다"
)
# A recording's sounds as a subtitle describes them: [Music], (laughs), ♪.
SOUNDS = re.compile(r"(?:[\[(*♪♫][^\])*♪♫]*[\])*♪♫]*\W*)+")

Voice = Callable[[Utterance], float]
"""Says how likely speech was on average while something was said, 0 to 1."""


def credible(
    utterances: Iterable[Utterance], voice: Voice = lambda _: 1.0, vocabulary: Sequence[str] = ()
) -> Iterator[Utterance]:
    """Leave out utterances that nobody said.

    Args:
        utterances: As they were recognised, in order.
        voice: How likely speech was meanwhile.
        vocabulary: The words that the recogniser was prepared for: it recites them when it hears none.
    """
    last, repeats = "", 0
    entries = [_plain(entry) for entry in vocabulary]
    for utterance in utterances:
        score, said = mean_score(utterance), _plain(utterance.text)
        if not said or score < LEAST_SCORE or _loops(said) or _invented(utterance, score, voice):
            continue
        if _recited(said, entries):
            continue
        repeats = repeats + 1 if said == last else 1
        last = said
        if repeats <= MOST_REPEATS or score >= CLEAR_SCORE:
            yield utterance


def mean_score(utterance: Utterance) -> float:
    """Return how probable an utterance's words are on average; 1 where the source does not say."""
    scores = [word.score for word in utterance.words if word.score is not None]
    return sum(scores) / len(scores) if scores else 1.0


def _invented(utterance: Utterance, score: float, voice: Voice) -> bool:
    """Tell what fills a silence: words over no voice, thanks to an audience, credits, descriptions of sounds."""
    text = utterance.text.casefold().strip()
    if SOUNDS.fullmatch(text) or CREDITS.search(text):
        return True
    if score < CLEAR_SCORE and voice(utterance) < LEAST_VOICE:
        return True
    thanked = THANKS.fullmatch(text.rstrip(".!…。 "))
    return thanked is not None and (score < CLEAR_SCORE or voice(utterance) < LEAST_THANKING_VOICE)


def _recited(said: str, entries: Sequence[str]) -> bool:
    """Tell whether an utterance is nothing but neighbouring entries of the vocabulary, two or more, in its order."""
    for first, entry in enumerate(entries):
        recited = entry
        for other in entries[first + 1 :]:
            if not said.startswith(recited):
                break
            recited = f"{recited} {other}"
            if said == recited:
                return True
    return False


def _loops(said: str) -> bool:
    words = said.split()
    return len(words) >= LOOP_WORDS and len(set(words)) / len(words) < LEAST_VARIETY


def _plain(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text.casefold()).split())
