import logging
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.passcodes import KEPT_FOR, Passcodes, passcode_of_link, passcodes_in, without_passcodes

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Passcode: 7*J?x@9L", ("7*J?x@9L",)),
        ("<https://zoom.us/rec/share/abc> (Access Passcode: 7*J?x@9L)", ("7*J?x@9L",)),
        ("recording <https://zoom.us/rec/share/abc?pwd=9>\nPasscode:\n123456", ("123456",)),
        ("*Passcode:* `123456`", ("123456",)),
        ("passcode: *123456*.", ("123456",)),
        ("pw: Sommer2026, viel Spaß", ("Sommer2026",)),
        ("PW=a1b2c3", ("a1b2c3",)),
        ("the password is hunter22, don't tell", ("hunter22",)),
        ("Password - 'ab#cd'", ("ab#cd",)),
        ("Passcode: a&amp;b&lt;c1", ("a&b<c1",)),
        ("Kenncode: 998877", ("998877",)),
        ("Kennwort ist tr1nkgeld", ("tr1nkgeld",)),
        ("Mot de passe : soleil42", ("soleil42",)),
        ("Code d’accès : 4711ab", ("4711ab",)),
        ("contraseña: Verano26", ("Verano26",)),
        ("senha: praia77", ("praia77",)),
        ("パスコード：123456", ("123456",)),
        ("密码: x8Kd2", ("x8Kd2",)),
        ("пароль: zima2026", ("zima2026",)),
        ("Passcode: 1111a\nPasscode: 2222b\nPasscode: 1111a", ("1111a", "2222b")),
    ],
)
def test_a_passcode_is_found_as_people_write_it(text: str, codes: tuple[str, ...]) -> None:
    assert passcodes_in(text) == codes


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Passcode: required",
        "Passcode: see below",
        "Password: none.",
        "the password is wrong",
        "Passcode: ask <@U0ANA> 4711",
        "passcode: <https://vault.example/4711>",
        "passcode: https://vault.example/4711",
        "Who has the passcode? 123456 people asked",
        "I forgot my password in 2026",
        "our PIN: board",
        "spin: 123456",
        "Meeting ID: 823 4567 8901",
        "pw: #general1",
        "<https://zoom.us/rec/share/abc?pwd=Xy1abcd>",
        "https://zoom.us/rec/share/abc?a=1&amp;pwd=Xy1abcd",
        "https://files.example/x?password=Xy1abcd",
        "Passcode: 12",
    ],
)
def test_ordinary_words_are_no_passcode(text: str) -> None:
    assert passcodes_in(text) == ()


_PIECES = st.sampled_from(
    [
        "Passcode",
        "password",
        "pw",
        ":",
        "=",
        " is ",
        " ",
        "\n",
        "*",
        "`",
        "<",
        ">",
        "|",
        "a1",
        "x",
        "&amp;",
        "://",
        "密码",
    ]
)


@settings(deadline=None, max_examples=200)
@given(st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=30).map("".join)))
def test_what_is_left_of_a_text_gives_no_passcode(text: str) -> None:
    left = without_passcodes(text)
    assert len(left) <= len(text)
    if not passcodes_in(text):
        assert left == text


def test_a_text_without_its_passcode_keeps_the_rest() -> None:
    assert without_passcodes("see https://a.test/x Passcode: 7*J?x@9L title=A").split() == [
        "see",
        "https://a.test/x",
        "title=A",
    ]


@settings(deadline=None, max_examples=200)
@given(st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=30).map("".join)))
def test_whatever_was_written_a_passcode_is_a_short_piece_of_it(text: str) -> None:
    plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    codes = passcodes_in(text)
    assert len(codes) <= 3
    for code in codes:
        assert 4 <= len(code) <= 64
        assert not any(letter.isspace() for letter in code)
        assert code in plain


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(["Passcode", "password is", "our", "the", "call", "needed", "Monday", ":", "-"])))
def test_words_of_letters_alone_never_are_one(words: list[str]) -> None:
    assert passcodes_in(" ".join(words)) == ()


@pytest.mark.parametrize("piece", ["passcode ", "passcode: ", "code d’accès", "pw: *", "mot  de  passe ", " is is is "])
def test_a_longer_message_takes_longer_only_in_proportion(piece: str) -> None:
    def taken(size: int) -> float:
        text = piece * (size // len(piece))
        started = time.process_time()
        passcodes_in(text)
        return time.process_time() - started

    assert taken(400_000) < 40 * max(taken(40_000), 0.002)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://zoom.us/rec/share/abc?pwd=Xy1", "Xy1"),
        ("https://vimeo.com/1?password=sun", "sun"),
        ("https://zoom.us/rec/share/abc", None),
        ("https://zoom.us/rec/share/abc?pwd=", None),
        ("no link at all", None),
        ("https://[", None),
    ],
)
def test_a_link_may_carry_its_passcode(url: str, code: str | None) -> None:
    assert passcode_of_link(url) == code


def test_what_was_given_is_kept_for_a_while_and_then_gone() -> None:
    kept = Passcodes()
    kept.give("job", ["1234"], NOW)
    kept.give(("C1", "1.0"), ["a1b2", "c3d4"], NOW)
    assert kept.of("job", NOW) == ("1234",)
    assert kept.of(("C1", "1.0"), NOW + KEPT_FOR - timedelta(seconds=1)) == ("a1b2", "c3d4")
    assert kept.of("job", NOW + KEPT_FOR) == ()
    kept.forget("job", ("C1", "1.0"))
    assert kept.of(("C1", "1.0"), NOW) == ()


def test_however_much_is_given_little_is_kept_and_nothing_is_shown(caplog: pytest.LogCaptureFixture) -> None:
    kept = Passcodes()
    for number in range(2_000):
        kept.give(str(number), ["s3cret"], NOW)
    assert sum(bool(kept.of(str(number), NOW)) for number in range(2_000)) == 500
    assert kept.of("1999", NOW) == ("s3cret",)
    with caplog.at_level(logging.INFO):
        logging.getLogger("t").info("%r %s", kept, vars(kept))
    assert "s3cret" not in caplog.text
