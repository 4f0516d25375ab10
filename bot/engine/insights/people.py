"""Who is who: the names of those who speak, and of those who are spoken of."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.engine.insights.names import GIVEN_NAMES
from bot.engine.insights.sentences import Sentence, plain
from bot.engine.insights.vocabulary import CALENDAR_WORDS, STOP_WORDS, TASK_VERBS, words
from bot.engine.records import Person

SHORTEST: Final = 3
"""A short form of a name, as Rob for Robert, has at least so many letters."""

LONGEST: Final = 20
"""And fewer than so many."""

_ANONYMOUS: Final = re.compile(
    r"^\W*(?:speaker|spk|spkr|participant|person|user|voice|channel|unknown|guest|caller|attendee|host|track|phone)?"
    r"(?:\s+speaker)?[\s_#:-]*(?:\d+|[a-z])?\W*$",
    re.IGNORECASE,
)
_CAPITALISED: Final = re.compile(r"(?<![\w'’.@/-])[^\W\d_a-zà-ÿ][^\W\d_]+(?:[-'’][^\W\d_a-zà-ÿ][^\W\d_]+)?(?![\w@])")
_PERSON_BEFORE: Final = re.compile(
    r"\b(?:ask|asked|tell|told|remind|thanks|thank|hi|hey|hello|introduce"
    r"|congratulate"
    r"|bye|welcome|dear)[,]?\s+$|\b(?:thank you),?\s+$"
)
_PERSON_AFTER: Final = re.compile(
    r"^(?:,?\s+(?:can|could|would|will)\s+you\b|,?\s+please\b|\s+(?:said|says|thinks|thought|mentioned|agreed|promised"
    r"|asked|told|knows|wants|offered|suggested|volunteered|is on (?:holiday|vacation|leave)|and i\b)|,\s+(?:you"
    r"|did you"
    r"|do you|are you|have you|what do you)\b)"
)
_LOWER_WORD: Final = re.compile(r"(?<![\w'’-])[^\W\d_]{3,}(?![\w-])")
_ASKED_AFTER: Final = re.compile(r"\s+(?:(?:can|could|would|will) you|will|has to|needs to|is going to|please)\b")
_NO_NAMES: Final = words(
    """god jesus internet english german french spanish european american british christmas easter monday slack google
    zoom jira figma github gitlab amazon apple microsoft excel powerpoint word teams drive linux windows python java
    trello notion dropbox outlook gmail salesforce hubspot stripe twilio europe america france germany spain italy india
    china japan london paris berlin york everybody anyone team folks guys all marketing sales legal finance engineering
    support design product management operations security procurement accounting"""
)
AMBIGUOUS: Final = words("will mark may bill rob art sue frank hope joy drew chase rich pat sky grace rose faith dawn")


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of a conversation.

    Attributes:
        speakers: Those who speak under a name, in order of their first words.
        others: First names of those who are addressed or spoken of, as written.
    """

    speakers: tuple[Person, ...]
    others: frozenset[str]
    # by what may be meant: asked for every capitalised word, and a conversation can have thousands of speakers
    _called: dict[str, list[Person]] = field(init=False, compare=False, repr=False)
    _words: frozenset[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Note under which names each speaker is known."""
        called: dict[str, list[Person]] = {}
        for person in self.speakers:
            for name in _names(plain(person.name)):
                called.setdefault(name, []).append(person)
        object.__setattr__(self, "_called", called)
        object.__setattr__(self, "_words", frozenset(word for one in self.speakers for word in plain(one.name).split()))

    def named(self, name: str) -> Person | None:
        """Return whom a name means: a speaker when exactly one fits, somebody else without an id, or None."""
        fitting = self._called.get(plain(name))
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
        return Person("", name) if name in self.others else None

    def mentions(self, text: str) -> Iterator[tuple[str, int, Person]]:
        """Find the people that a text names: the name as written, its offset, and who it is."""
        if text.islower():
            yield from self._uncapitalised(text)
            return
        end = 0
        for match in _CAPITALISED.finditer(text):
            if match.start() < end:
                continue
            stop = _surname(text, match.end())
            full, first = text[match.start() : stop], match[0]
            for name in dict.fromkeys((full, first)):
                person = self.named(name)
                if person is None and name != first and (known := self.named(first)) is not None and not known.id:
                    person = Person("", name)
                if person is not None and not _only_a_word(text, match):
                    end = match.start() + len(name)
                    yield name, match.start(), person
                    break

    def _uncapitalised(self, text: str) -> Iterator[tuple[str, int, Person]]:
        """Find names in speech that was written down in lower case: those of speakers, and who is asked or assigned."""
        for match in _LOWER_WORD.finditer(text):
            word = match[0]
            if word in STOP_WORDS or word in CALENDAR_WORDS or word in TASK_VERBS or word in AMBIGUOUS:
                continue
            person = self.named(word) if word in self._words else None
            if person is None and word in GIVEN_NAMES and _ASKED_AFTER.match(text, match.end()):
                person = Person("", word.title())
            if person is not None:
                yield word, match.start(), person


def is_named(person: Person | None) -> bool:
    """Tell whether a speaker's label is a name; "Speaker 2" is a voice, not somebody."""
    return person is not None and bool(person.name.strip()) and not _ANONYMOUS.match(person.name.strip())


def roster(sentences: Sequence[Sentence]) -> Roster:
    """Return who speaks and who is spoken of."""
    speakers = {s.speaker.id or s.speaker.name: s.speaker for s in sentences if s.speaker and is_named(s.speaker)}
    return Roster(tuple(speakers.values()), frozenset(_spoken_of(sentences)))


def _spoken_of(sentences: Iterable[Sentence]) -> Iterator[str]:
    lower: Counter[str] = Counter()
    capital: dict[str, bool] = {}
    for sentence in sentences:
        shouting = sentence.text.isupper()
        lower.update(word for word in re.findall(r"[^\W\d_]+", sentence.text) if word.islower())
        if shouting:
            continue
        for match in _CAPITALISED.finditer(sentence.text):
            name, flat = match[0], plain(match[0])
            if flat in _NO_NAMES or flat in STOP_WORDS - AMBIGUOUS or flat in CALENDAR_WORDS - AMBIGUOUS:
                continue
            if name.isupper() and len(name) > 1:
                continue  # an abbreviation
            evidence = _evidence(sentence, match, flat)
            capital[name] = capital.get(name, False) or evidence
    for name, sure in capital.items():
        if sure and (not lower[plain(name)] or plain(name) in GIVEN_NAMES):
            yield name


def _evidence(sentence: Sentence, match: re.Match[str], flat: str) -> bool:
    before, after = sentence.plain[: match.start()], sentence.plain[match.end() :]
    opens = not re.search(r"\w", before)
    if flat in GIVEN_NAMES and flat not in AMBIGUOUS:
        return True
    if flat in TASK_VERBS and opens:
        return False
    if _PERSON_AFTER.match(after):
        return not opens or flat not in TASK_VERBS
    return bool(_PERSON_BEFORE.search(before)) or (
        flat in GIVEN_NAMES and not opens and bool(re.match(r"\s+(?:will|can|should|has|needs|is)\b|'s\b|,", after))
    )


def _surname(text: str, start: int) -> int:
    match = re.match(r"\s[^\W\d_a-zà-ÿ][^\W\d_]+(?:-[^\W\d_]+)?", text[start:])
    if match is None or plain(match[0].strip()) in STOP_WORDS | CALENDAR_WORDS | _NO_NAMES:
        return start
    return start + match.end()


def _only_a_word(text: str, match: re.Match[str]) -> bool:
    """Tell a sentence's first word ("Will you…", "May I…") from a name."""
    opens = not re.search(r"\w", text[: match.start()])
    if plain(match[0]) not in AMBIGUOUS or not opens:
        return False
    return not re.match(r",|\s+(?:will|can|could|should|has|needs|said)\b", text[match.end() :])


def _names(name: str) -> set[str]:
    """Return what means somebody called `name`: all of it, a part, or a short form of the first name."""
    parts = re.split(r"[\s._-]+", name)
    return {
        name,
        *parts,
        *name.split(),
        *(parts[0][:length] for length in range(SHORTEST, min(len(parts[0]), LONGEST))),
    }
