from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.typed import Ask, Typed, read_command

LINK = "https://files.example.test/a.mp4?x=1&y=2"


@pytest.mark.parametrize("typed", ["", "   ", "help", "HELP"])
def test_nothing_and_help_ask_for_help(typed: str) -> None:
    assert read_command(typed) == Typed(Ask.HELP)


@pytest.mark.parametrize(
    ("typed", "ask"), [("status", Ask.STATUS), ("Auto", Ask.AUTO), ("ask", Ask.CONFIRM), ("off", Ask.OFF)]
)
def test_single_words_are_understood_in_any_case(typed: str, ask: Ask) -> None:
    assert read_command(typed).ask is ask


@pytest.mark.parametrize(
    "typed", [LINK, f"<{LINK}>", f"<{LINK}|the call>", f"  {LINK}  ", "https://files.example.test/a.mp4?x=1&amp;y=2"]
)
def test_a_link_is_taken_however_slack_writes_it(typed: str) -> None:
    assert read_command(typed) == Typed(Ask.PROCESS, link=LINK)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ('title="Spring planning"', "Spring planning"),
        ("title=“Spring planning”", "Spring planning"),
        ("title=Spring planning", "Spring planning"),
        ("title=Spring", "Spring"),
        ('title = "Q3: plans = hopes"', "Q3: plans = hopes"),
        ("title=", None),
    ],
)
def test_a_title_may_have_several_words(typed: str, title: str | None) -> None:
    assert read_command(f"{LINK} {typed} lang=de").title == title
    assert read_command(f"{typed} {LINK}") == Typed(Ask.PROCESS, link=LINK, title=title)


def test_the_language_the_day_and_how_many_speak_are_read() -> None:
    typed = read_command(f"{LINK} lang=de-DE date=2026-03-02 speakers=3")
    assert (typed.language, typed.held_on, typed.speakers) == ("de-DE", date(2026, 3, 2), 3)


@pytest.mark.parametrize(
    ("typed", "trouble"),
    [
        ("transcribe", "I did not understand “transcribe”."),
        ("status now", "I did not understand “status”."),
        (f"{LINK} please", "I did not understand “please”."),
        (f"{LINK} people=3", "I do not know “people=”; there are title=, lang=, date=, speakers= and passcode=."),
        (f"{LINK} speakers=0", "“0” is no number from 1 to 20; write speakers=3, for example."),
        (f"{LINK} speakers=three", "“three” is no number from 1 to 20; write speakers=3, for example."),
        (
            f"{LINK} speakers=1{'0' * 5000}",
            f"“1{'0' * 5000}” is no number from 1 to 20; write speakers=3, for example.",
        ),
        (f"{LINK} lang=german!", "“german!” is no language code; write lang=en or lang=de-DE, for example."),
        (f"{LINK} date=yesterday", "“yesterday” is no date; write it as date=2026-03-02."),
        ("title=Planning", "There is no link in that; it begins with https://."),
        (f"{LINK} https://files.example.test/b.mp4", "Those are several links; give me one at a time."),
        ("ftp://files.example.test/a.mp4", "I did not understand “ftp://files.example.test/a.mp4”."),
    ],
)
def test_what_is_not_understood_is_named(typed: str, trouble: str) -> None:
    assert read_command(typed) == Typed(Ask.HELP, trouble=trouble)


@settings(deadline=None)
@given(
    st.text(max_size=80) | st.lists(st.sampled_from([LINK, "title=", '"', "lang=", "=", "<", ">", "off"])).map(" ".join)
)
def test_anything_that_is_typed_gets_an_answer(typed: str) -> None:
    read = read_command(typed)
    assert (read.ask is Ask.PROCESS) == bool(read.link)
    assert not read.link or read.link.startswith("http")


@pytest.mark.parametrize(
    "typed",
    [
        "https://zoom.us/rec/share/abc passcode=7*J?x@9L",
        "https://zoom.us/rec/share/abc Passcode: 7*J?x@9L",
        'passcode="7*J?x@9L" <https://zoom.us/rec/share/abc>',
    ],
)
def test_a_passcode_may_stand_beside_the_link_and_is_not_shown(typed: str) -> None:
    read = read_command(typed)
    assert (read.link, read.passcode) == ("https://zoom.us/rec/share/abc", "7*J?x@9L")
    assert "7*J" not in repr(read)


def test_a_passcode_of_letters_alone_counts_where_it_is_named() -> None:
    assert read_command("https://zoom.us/rec/share/abc passcode=sunshine").passcode == "sunshine"
