"""Whatever was said, named or typed: our messages are valid, and nothing in them mentions, links or formats."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.assignments import ItemKind, ItemState, Refusal
from bot.domain.conversation import Decision, Evidence, KeyMoment, Question
from bot.domain.jobs import JobState
from bot.domain.posts import (
    A_MESSAGE,
    AlreadyHereNote,
    DecisionsNote,
    ElsewhereNote,
    ItemNote,
    Note,
    OfferNote,
    ParentNote,
    ProgressNote,
    QuestionsNote,
    RefusalNote,
    TroubleNote,
)
from bot.domain.previews import Preview
from bot.domain.recordings import MediaKind, Recording, RecordingKind
from bot.domain.timing import Estimate
from bot.errors import Obstacle
from bot.playground.block_kit import check_message, check_view, limits, message_size
from bot.slack.blocks.answers import help_message, receipt_message, sentence_message, status_message, trouble_answer
from bot.slack.blocks.cures import looking_again_message, passcode_view, upload_message
from bot.slack.blocks.form import form_view
from bot.slack.blocks.home import hello_message, home_view
from bot.slack.blocks.kit import Message
from bot.slack.blocks.notes import message_of
from bot.slack.blocks.words import clean, escape, fit, plain, shorten, size
from bot.slack.options import Signs
from tests.slack.samples import ANA, BO, a_job, an_item, an_overview

LINK = "https://playground.slack.com/archives/C1/p1"
_PARTS = st.sampled_from(
    [
        "<!channel>",
        "<@U0VICTIM>",
        "<#C0SECRET>",
        "<https://evil.example|safe.example>",
        "https://evil.example/x?a=1&b=2",
        "mailto:a@b.example",
        "*bold*",
        "_sly_",
        "~gone~",
        "`code`",
        "```pre```",
        "> quoted",
        ":tada:",
        ":+1:",
        "&amp;",
        "&lt;!here&gt;",
        "\n",
        "\u202e",
        "\x00",
        "\ud800",
        "👩‍👩‍👧‍👦",
        "12:40:05",
        "snake_case_name",
        " ",
    ]
)
any_text = st.one_of(
    st.text(max_size=60),
    st.lists(_PARTS | st.text(max_size=8), max_size=12).map("".join),
    st.builds(lambda part, times: part * times, _PARTS, st.integers(1, 1500)),
)
# what Slack reads in `text`: mentions and links, formatting marks at the edges of words, emoji codes, bare addresses
_ANGLES = re.compile(r"<[^>]*>")
_OURS = re.compile(r"<@(U0ANA|U0BO)>|<#C0PRODUCT>|<https://playground\.slack\.com/archives/C1/p1\|[^<>|]+>")
_FORMAT = re.compile(r"(?<![^\W_])([*_~])(?=\S)[^\n]*?(?<=\S)\1(?![^\W_])|`")
_EMOJI = re.compile(r"(?<!\d):(?!\d+:)[a-z0-9_+'-]+:")


@st.composite
def notes(draw: st.DrawFn) -> Note:
    """Any note that the bot can have to say, with any words in it."""
    text = any_text
    evidence = st.builds(Evidence, text, st.none() | text, st.floats(-1, 1e6))
    preview = st.builds(
        Preview,
        text,
        text,
        kind=st.none() | st.sampled_from(MediaKind),
        size=st.none() | st.integers(0, 10**12),
        seconds=st.none() | st.floats(0, 1e6),
        obstacle=st.none() | st.sampled_from(Obstacle),
        what=text,
        cure=text,
    )
    job = a_job(
        title=draw(st.none() | text),
        recording=Recording(RecordingKind.LINK, draw(text), draw(text)),
        state=draw(st.sampled_from(JobState)),
        stage=draw(text),
        progress=draw(st.none() | st.floats(-1, 2)),
        reason=draw(text),
        cure=draw(text),
        obstacle=draw(st.none() | st.sampled_from(Obstacle)),
        preview=draw(st.none() | preview),
    )
    takes = draw(st.none() | st.builds(Estimate, st.floats(0, 1e6), guessed=st.booleans()))
    overview = an_overview(
        title=draw(text),
        seconds=draw(st.floats(0, 1e6)),
        speakers=tuple(draw(st.lists(text, max_size=8))),
        summary=tuple(draw(st.lists(text, max_size=3))),
        key_moments=tuple(draw(st.lists(st.builds(KeyMoment, evidence, text), max_size=6))),
        topics=tuple(draw(st.lists(text, max_size=8))),
        notes=tuple(draw(st.lists(text, max_size=6))),
        author=draw(st.none() | text),
        language=draw(st.sampled_from([None, "en", "de", "zz"])),
    )
    item = an_item(
        text=draw(text),
        evidence=draw(evidence),
        owner=draw(st.none() | text),
        kind=draw(st.sampled_from(ItemKind)),
        state=draw(st.sampled_from(ItemState)),
        claimed_by=BO,
        finished_by=ANA,
    )
    decisions = tuple(draw(st.lists(st.builds(Decision, text, evidence, st.just(0.9)), min_size=1, max_size=A_MESSAGE)))
    questions = tuple(draw(st.lists(st.builds(Question, text, evidence, st.just(0.9)), min_size=1, max_size=A_MESSAGE)))
    every: list[Note] = [
        OfferNote(job, takes),
        ElsewhereNote(job, "C0PRODUCT", draw(st.sampled_from([None, LINK]))),
        ProgressNote(job, overview, LINK, takes),
        ParentNote(job, overview),
        DecisionsNote(decisions, 1, len(decisions)),
        QuestionsNote(questions, len(questions)),
        ItemNote(item),
        RefusalNote(item, draw(st.sampled_from(Refusal))),
        AlreadyHereNote(job, LINK),
        TroubleNote(job, draw(text), draw(text)),
    ]
    return draw(st.sampled_from(every))


def _walk(part: Any) -> list[dict[str, Any]]:
    if isinstance(part, dict):
        return [part, *(each for value in part.values() for each in _walk(value))]
    return [each for value in part for each in _walk(value)] if isinstance(part, list) else []


def assert_valid(message: Message) -> None:
    """Slack takes the message, also as an edit."""
    assert check_message(message.blocks) == []
    assert message_size(message.blocks) <= limits.MESSAGE_BLOCKS_TEXT
    assert message.text.strip()
    assert size(message.text) <= limits.UPDATE_TEXT
    message.text.encode()


def assert_inert(message: Message) -> None:
    """Nothing in the message mentions or links but what we put there ourselves."""
    marked_up = [message.text]
    for part in _walk(message.blocks):
        match part.get("type"):
            case "mrkdwn":
                marked_up.append(part["text"])
            case "user":
                assert part["user_id"] in {ANA, BO}
            case "channel":
                assert part["channel_id"] == "C0PRODUCT"
            case "link":
                assert part["url"] == LINK
            case "emoji":
                assert part["name"] in {"hand", "white_check_mark"}
            case "broadcast":
                pytest.fail("a broadcast")
            case "plain_text":
                assert part["emoji"] is False
    for text in marked_up:
        assert [each for each in _ANGLES.findall(text) if not _OURS.fullmatch(each)] == []
        assert re.sub(r"&(amp|lt|gt);", "", text).count("&") == 0


@settings(max_examples=150, deadline=None)
@given(notes())
def test_any_note_is_a_message_that_slack_takes_and_that_nothing_breaks_out_of(note: Note) -> None:
    message = message_of(note, Signs())
    assert_valid(message)
    assert_inert(message)
    assert check_message(message.marked("c" * 32).blocks) == []


@settings(max_examples=200, deadline=None)
@given(any_text)
def test_escaped_words_format_nothing_and_turn_into_no_emoji(text: str) -> None:
    shown = escape(clean(text))
    assert not re.search(r"[<>]", shown)
    assert not _FORMAT.search(shown)
    assert not _EMOJI.search(shown)
    assert "://" not in shown
    assert not shown.startswith("&gt;")


@settings(deadline=None)
@given(any_text, st.integers(2, 200))
def test_words_are_cut_to_what_there_is_room_for(text: str, room: int) -> None:
    short = shorten(text, room)
    assert size(short) <= room
    if size(clean(text)) <= room:
        assert short == clean(text)
    elif short:
        assert short.endswith("…")


@settings(deadline=None)
@given(any_text, st.integers(2, 60))
def test_markup_is_never_cut_within_an_escape_or_a_mention(text: str, room: int) -> None:
    markup = f"<@U0ANA> {escape(clean(text))} <@U0BO>"
    short = fit(markup, room)
    assert size(short) <= room
    assert short.count("<") == short.count(">")
    assert re.sub(r"&(amp|lt|gt);", "", short).count("&") == 0


@settings(deadline=None)
@given(st.text(alphabet="abc &<>*_~`:/", max_size=40))
def test_a_terminal_shows_the_words_as_they_were(text: str) -> None:
    assert plain(escape(text)) == text


def test_names_and_times_stay_as_they_are() -> None:
    assert escape("the snake_case name at 12:40:05, 2*3") == "the snake_case name at 12:40:05, 2*3"


@settings(deadline=None)
@given(any_text)
def test_answers_to_any_input_are_valid(text: str) -> None:
    signs = Signs()
    job = a_job(title=text, reason=text, cure=text)
    jobs = [a_job(title=text, state=state, reason=text, cure=text) for state in JobState]
    for message in (
        help_message(signs, text),
        receipt_message(job, already=False),
        receipt_message(job, already=True),
        status_message(jobs, signs),
        status_message([], signs),
        sentence_message(f"{text}.", text),
        trouble_answer(ValueError(text)),
        hello_message(signs),
        looking_again_message(job),
        *(upload_message(each, here=here) for each in jobs for here in (False, True)),
    ):
        assert_valid(message)
        assert_inert(message)


def test_home_and_form_are_valid() -> None:
    assert check_view(home_view(Signs())) == []
    assert check_view(form_view()) == []
    assert check_view(passcode_view("x" * 3000)) == []
