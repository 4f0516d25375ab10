"""Passcodes that people write beside a link: found, kept in memory for a few minutes, and forgotten."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from bot.links.address import Address

KEPT_FOR = timedelta(minutes=10)
"""So long a passcode is kept for the one use that it was given for."""

_MOST = 3
_MOST_KEPT = 500
_SHORTEST = 4
_IN_LINKS = ("pwd", "passcode", "password", "pw")

# what stands before a passcode in the invitations and share texts of the products, and in people's own words
_NAMES = (
    r"pass\s?code|pass\s?word|pwd|pw|pin|access\s?code"
    r"|kenn?code|kennwort|passwort|zugangscode|zugriffscode"
    r"|mot\s+de\s+passe|code\s+(?:secret|d[’']acc[eè]s)"
    r"|contrase[nñ]a|c[oó]digo\s+de\s+acceso|clave|senha|c[oó]digo\s+de\s+acesso"
    r"|codice\s+d[’']accesso|wachtwoord|toegangscode|has[lł]o|l[oö]senord|adgangskode|passord|salasana|parola|şifre"
    r"|пароль|код\s+доступа|パスコード|パスワード|密码|密碼|암호|비밀번호"
)
_WRITTEN = re.compile(
    # within a link such a word is part of its query, which `passcode_of_link` reads
    rf"(?<![^\W_])(?<![?&;#/.=-])(?:{_NAMES})[*_~`\")]{{0,3}}\s{{0,3}}(?:[:=：](?:[*_~]{{1,3}}(?=\s))?|\s(?:is|ist|est|es|è|é|[-–—])\s)\s{{0,3}}"
    r"(?P<opening>[*_~`\"“„«'‘]{0,3})(?P<code>[^\s<>|“”„«»`\"]{4,64})[“”»`\"]{0,3}",
    re.IGNORECASE,
)
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_MARKS = frozenset("*_~'‘")
_AFTER = ".,;:)]’'"


def passcodes_in(text: str) -> tuple[str, ...]:
    """Return what a message in Slack's markup gives as a passcode, at most three, in order.

    Only what stands after a word for it, and is no ordinary word, counts: “Passcode: required” gives none.

    >>> passcodes_in("Access Passcode: 7*J?x@9L, and bring the slides")
    ('7*J?x@9L',)
    """
    found = (_cleaned(match["opening"], match["code"]) for match in _WRITTEN.finditer(text))
    return tuple(dict.fromkeys(code for code in found if code))[:_MOST]


def without_passcodes(text: str) -> str:
    """Return a text without what it gives as passcodes, and the words before them."""
    return _WRITTEN.sub(lambda match: " " if _cleaned(match["opening"], match["code"]) else match[0], text)


def _cleaned(opening: str, code: str) -> str:
    """Return a passcode without the marks and the punctuation around it; empty when it is an ordinary word."""
    for mark in filter(_MARKS.__contains__, opening):
        closed = code.rstrip(_AFTER) if mark not in _AFTER else code
        code = closed.removesuffix("’" if mark == "‘" else mark)
    for entity, letter in _ENTITIES:
        code = code.replace(entity, letter)
    code = code.rstrip(_AFTER)
    ordinary = "://" in code or code.startswith(("@", "#")) or not (_has_digit(code) or _is_odd(code))
    return "" if ordinary or len(code) < _SHORTEST else code


def _has_digit(code: str) -> bool:
    return any(letter.isdigit() for letter in code)


def _is_odd(code: str) -> bool:
    """Tell what nobody writes as a word: signs within it, or capitals after small letters."""
    signs = any(not letter.isalnum() and letter not in "-–—'’./" for letter in code)
    return signs or any(one.islower() and two.isupper() for one, two in pairwise(code))


def passcode_of_link(url: str) -> str | None:
    """Return the passcode that a link carries in its query, as Zoom's do; None when it has none."""
    address = Address.of(url)
    query = address.query if address is not None else {}
    return next((query[name] for name in _IN_LINKS if query.get(name)), None)


@dataclass(frozen=True, slots=True)
class _Kept:
    codes: tuple[str, ...]
    until: datetime

    def __repr__(self) -> str:
        return "_Kept(…)"


class Passcodes:
    """What people gave to open recordings, in this process's memory only: by job, and by the thread it was said in."""

    def __init__(self) -> None:
        self._of: dict[str | tuple[str, str], _Kept] = {}

    def give(self, of: str | tuple[str, str], codes: Iterable[str], now: datetime) -> None:
        """Keep passcodes for a job, by its id, or for what is shared in a thread, by channel and ts; the last count."""
        given = tuple(codes)
        if not given:
            return
        self._of.pop(of, None)
        self._of = {each: kept for each, kept in self._of.items() if kept.until > now}
        while len(self._of) >= _MOST_KEPT:
            del self._of[next(iter(self._of))]
        self._of[of] = _Kept(given, now + KEPT_FOR)

    def of(self, of: str | tuple[str, str], now: datetime) -> tuple[str, ...]:
        """Return what was given for a job or a thread and is not too old."""
        kept = self._of.get(of)
        return kept.codes if kept is not None and kept.until > now else ()

    def forget(self, *of: str | tuple[str, str]) -> None:
        """Forget what was given for these jobs and threads."""
        for each in of:
            self._of.pop(each, None)
