"""What people read, as sentences."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.assignments import ItemKind, ItemState, Refusal
from bot.domain.channels import ChannelMode
from bot.domain.conversation import Evidence, KeyMoment
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
from bot.playground.block_kit import check_message
from bot.slack.blocks.answers import (
    help_message,
    mode_message,
    none_found_message,
    offer_answered_message,
    passcode_trouble,
    status_message,
)
from bot.slack.blocks.cures import upload_message
from bot.slack.blocks.home import hello_message, home_view
from bot.slack.blocks.ids import Press
from bot.slack.blocks.kit import Message
from bot.slack.blocks.notes import message_of
from bot.slack.options import Signs
from tests.slack.samples import BO, a_decision, a_job, a_moment, a_question, an_item, an_overview

LINK = "https://playground.slack.com/archives/C1/p1"


def said(note: Note) -> str:
    return message_of(note, Signs()).text


def labels(message: Message) -> list[str]:
    rows = [block for block in message.blocks if block["type"] == "actions"]
    return [button["text"]["text"] for row in rows for button in row["elements"]]


def test_the_parent_says_what_it_was_about_in_the_speakers_own_words() -> None:
    assert said(ParentNote(a_job(), an_overview())).splitlines() == [
        "Spring catalogue planning · Tue 3 Mar 2026 · 42 min · Ines, Robert, Mei",
        "Key moments:",
        "“We go with the recycled paper.” Robert, 12:40 · decision",
        "“If the photos slip again we lose the March slot.” Ines, 18:05 · decision",
        "Topics: paper · photo shoot · print slot",
        "3 action items · 1 follow-up · 1 decision · 2 open questions",
        "Shared by <@U0ANA> · Found by a machine, which can be wrong: check the quotes.",
    ]


def test_a_summary_is_called_one_only_when_there_is_one() -> None:
    overview = an_overview(summary=("They chose the paper.", "The photos are late. Printing is in March."))
    lines = said(ParentNote(a_job(), overview)).splitlines()
    assert lines[1:3] == ["Summary:", "They chose the paper. The photos are late. Printing is in March."]


def test_a_summary_that_a_language_model_wrote_names_it() -> None:
    overview = an_overview(summary=("They chose the paper.",), author="qwen2.5:7b")
    assert "\nSummary by qwen2.5:7b:\nThey chose the paper.\n" in said(ParentNote(a_job(), overview))


def test_a_long_summary_ends_with_a_whole_sentence() -> None:
    sentence = "They talked for long about the paper, the photos and the printer, and what each of these costs them, "
    sentence += "which is more than it was a year ago. "
    lines = said(ParentNote(a_job(), an_overview(summary=(sentence * 20,)))).splitlines()
    assert lines[2] == (sentence * 3).strip()


def test_what_the_items_repeat_gives_way_to_what_only_the_parent_shows() -> None:
    promise = KeyMoment(Evidence("I'll book the studio before the weekend.", "Mei", 1150), "commitment")
    long = [a_moment(f"We go with number {place}, {'and ' * 20}so it is.", at=2000 + place) for place in range(3)]
    few = said(ParentNote(a_job(), an_overview(key_moments=(promise, a_moment())))).splitlines()
    assert few[2].endswith("commitment"), "in the order of the meeting, when there is room for all"
    many = said(ParentNote(a_job(), an_overview(key_moments=(promise, *long))))
    assert "commitment" not in many
    assert many.count("· decision") == 3


def test_who_sums_up_is_shown_whatever_else_is_and_in_full() -> None:
    long = [a_moment(f"We go with number {place}, {'and ' * 20}so it is.", at=place) for place in range(9)]
    words = "So that's the awning and the two new posts for Idris, Pia cleans the fan, and I print the menu with cones."
    recap = KeyMoment(Evidence(words, "Nora", 1150), "recap")
    told = said(ParentNote(a_job(), an_overview(key_moments=(*long, recap))))
    assert f"“{words}” Nora, 19:10 · recap" in told
    assert 0 < told.count("· decision") < len(long)


def test_what_limits_the_result_is_said_in_a_line_each() -> None:
    notes = ("Who spoke could not be told apart.", "The language model did not answer.")
    message = message_of(ParentNote(a_job(), an_overview(notes=notes)), Signs())
    assert message.text.splitlines()[-3:-1] == list(notes)
    assert [block["elements"][0]["text"] for block in message.blocks if block["type"] == "context"][:2] == list(notes)


def test_a_thread_without_action_items_says_so() -> None:
    overview = an_overview(action_items=0, follow_ups=0, questions=(), decisions=())
    assert "\nNo action items were found.\n" in said(ParentNote(a_job(), overview))
    assert "no action items were found in 42 min of talk" in said(ProgressNote(a_job(state=JobState.DONE), overview))


def test_another_language_is_named() -> None:
    text = said(ParentNote(a_job(), an_overview(language="de")))
    assert "· 42 min · German · Ines, Robert, Mei" in text


def test_unknown_speakers_are_not_made_up() -> None:
    text = said(ParentNote(a_job(), an_overview(speakers=())))
    assert "42 min · speakers unknown" in text


def test_voices_without_names_are_counted() -> None:
    text = said(ParentNote(a_job(), an_overview(speakers=("Speaker 1", "Speaker 2", "Speaker 3"))))
    assert "42 min · 3 unnamed speakers\n" in text
    assert "· Ana, Speaker 2\n" in said(ParentNote(a_job(), an_overview(speakers=("Ana", "Speaker 2"))))


@pytest.mark.parametrize("quote", ["Short.", "A sentence of some forty characters in all", "word " * 60])
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("summary", [(), ("A long sentence about everything that was said. " * 20,)])
@pytest.mark.parametrize("notes", [(), ("Who spoke could not be told apart.",), ("A long note, " * 20,) * 4])
def test_the_parent_takes_at_most_twelve_lines(
    quote: str, language: str, summary: tuple[str, ...], notes: tuple[str, ...]
) -> None:
    overview = an_overview(
        title="A title of a meeting " * 10,
        speakers=tuple(f"Person Number {number} of Many" for number in range(9)),
        key_moments=tuple(a_moment(quote, "Somebody with a long name indeed") for _ in range(9)),
        topics=tuple(f"topic number {number}" for number in range(9)),
        summary=summary,
        language=language,
        notes=notes,
    )
    message = message_of(ParentNote(a_job(), overview), Signs())
    assert sum(lines_of(block) for block in message.blocks) <= 12


def lines_of(block: dict[str, object]) -> int:
    """Return how many lines a block takes in a channel that shows 80 characters in one, 53 of a headline."""
    texts: list[str] = []

    def walk(part: object) -> None:
        if isinstance(part, dict):
            if part.get("type") == "rich_text_section":
                texts.append("".join(str(each.get("text", "@somebody")) for each in part["elements"]))
            elif isinstance(part.get("text"), str):
                texts.append(part["text"])
            else:
                for value in part.values():
                    walk(value)
        elif isinstance(part, list):
            for each in part:
                walk(each)

    walk(block)
    width = 53 if block["type"] == "header" else 80
    return sum(-(-len(line) // width) for text in texts for line in text.split("\n"))


def test_decisions_are_listed_with_the_words_that_settled_them() -> None:
    decisions = (a_decision(), a_decision("We drop the insert.", "We drop the insert"))
    assert said(DecisionsNote(decisions, 1, 2)).splitlines() == [
        "2 decisions:",
        "Recycled paper for the catalogue. “We go with the recycled paper.” Robert, 12:40",
        "“We drop the insert” Robert, 12:40",
    ]


def test_a_decision_that_its_words_say_as_shortly_is_not_said_twice() -> None:
    decision = a_decision("No more deploys today", "And no more deploys today, anybody.")
    assert said(DecisionsNote((decision,), 1, 1)) == "1 decision:\n“And no more deploys today, anybody.” Robert, 12:40"


def test_open_questions_are_listed_with_who_asked_and_what_to_do() -> None:
    assert said(QuestionsNote((a_question(),), 1)).splitlines() == [
        "1 open question:",
        "“Who calls the printer?” Mei, 20:00",
        "I heard no answer to this. Reply here.",
    ]


def test_the_next_ten_decisions_say_which_they_are() -> None:
    assert said(DecisionsNote((a_decision(),) * 10, 11, 40)).startswith("40 decisions, 11 to 20:\n")
    assert said(DecisionsNote((a_decision(),), 41, 41)).startswith("41 decisions, the last:\n")


def test_of_many_questions_it_says_how_many_are_shown() -> None:
    assert said(QuestionsNote((a_question(),) * 5, 18)).startswith("5 of 18 open questions:\n")


def test_ten_long_decisions_are_whole_messages() -> None:
    decision = a_decision("We settle it at last. " * 40, "We settle it at last, all of us. " * 40)
    message = message_of(DecisionsNote((decision,) * A_MESSAGE, 1, A_MESSAGE), Signs())
    assert not message.text.endswith("…"), "nothing of it is cut off"
    assert len(message.text.splitlines()) == 1 + A_MESSAGE
    assert check_message(message.blocks) == []


def test_an_open_item_says_what_who_by_when_and_why() -> None:
    message = message_of(ItemNote(an_item()), Signs())
    assert message.text.splitlines() == [
        "Action item: Book the studio for the second photo day.",
        "For Mei, as said in the meeting · unclaimed · by Fri 6 Mar.",
        "“I'll book the studio before the weekend.” Mei, 19:10",
    ]
    assert labels(message) == ["I’ll take it", "Done"]
    assert message.blocks[1]["elements"][0]["text"] == ":hand: claim · :white_check_mark: done"


def test_an_item_of_nobody_is_unclaimed_and_has_no_day() -> None:
    text = said(ItemNote(an_item(owner=None, due=None)))
    assert text.splitlines()[1] == "Unclaimed."


def test_a_claimed_item_names_who_has_it() -> None:
    message = message_of(ItemNote(an_item(state=ItemState.CLAIMED, claimed_by=BO)), Signs())
    assert message.text.splitlines()[1] == "<@U0BO> has it · by Fri 6 Mar."
    assert labels(message) == ["Done", "Release"]


def test_a_done_item_is_struck_through_and_can_be_reopened() -> None:
    message = message_of(ItemNote(an_item(state=ItemState.DONE, finished_by=BO)), Signs())
    assert message.text.startswith("Action item, done: Book the studio for the second photo day.\nDone by <@U0BO>")
    assert labels(message) == ["Reopen"]
    headline = message.blocks[0]["elements"][0]["elements"][1]
    assert headline["style"] == {"strike": True}


def test_a_follow_up_is_a_kind_of_its_own() -> None:
    message = message_of(ItemNote(an_item(kind=ItemKind.FOLLOW_UP, text="Call the translators")), Signs())
    assert message.text.startswith("Follow-up: Call the translators.")
    assert message.blocks[0]["elements"][0]["elements"][0]["text"] == "Follow-up: "


def test_a_day_in_another_year_says_the_year_and_an_hour_of_a_recording_its_hour() -> None:
    item = an_item(due=date(2027, 1, 4), evidence=Evidence("In January, then.", None, 3723))
    assert said(ItemNote(item)).endswith("by Mon 4 Jan 2027.\n“In January, then.” 1:02:03")


def test_the_hint_shows_the_emoji_that_count_here() -> None:
    message = message_of(ItemNote(an_item()), Signs(claim=("eyes",), finish=("tada",)))
    assert message.blocks[1]["elements"][0]["text"] == ":eyes: claim · :tada: done"


@pytest.mark.parametrize(
    ("state", "changes", "sentence"),
    [
        (JobState.RECEIVED, {}, "Spring catalogue planning: Fetching the recording\nStarted by <@U0ANA>"),
        (
            JobState.RECEIVED,
            {"stage": "Fetched 8 MB of 84 MB", "progress": 0.095},
            "Spring catalogue planning: Fetched 8 MB of 84 MB · 10 %\nStarted by <@U0ANA>",
        ),
        (
            JobState.SUBMITTED,
            {"stage": "Listening, about 3 min left", "progress": 0.41},
            "Spring catalogue planning: Listening, about 3 min left · 41 %\nStarted by <@U0ANA>",
        ),
        (
            JobState.NEEDS_YOU,
            {"reason": "The link needs a sign-in.", "cure": "Share it with anybody."},
            "Spring catalogue planning needs you, <@U0ANA>:\nThe link needs a sign-in.\nShare it with anybody.",
        ),
        (
            JobState.FAILED,
            {"reason": "The engine failed."},
            "Spring catalogue planning could not be done:\nThe engine failed.",
        ),
    ],
)
def test_progress_is_honest(state: JobState, changes: dict[str, object], sentence: str) -> None:
    assert said(ProgressNote(a_job(state=state, **changes))) == sentence


@pytest.mark.parametrize("state", [JobState.NEEDS_YOU, JobState.FAILED])
def test_what_stopped_can_be_tried_again(state: JobState) -> None:
    message = message_of(ProgressNote(a_job(state=state, reason="It broke.")), Signs())
    (row,) = (block for block in message.blocks if block["type"] == "actions")
    assert row["elements"][0]["action_id"] == Press.TRY_AGAIN
    assert row["elements"][0]["value"] == "a" * 32


def test_done_leads_to_the_thread() -> None:
    text = said(ProgressNote(a_job(state=JobState.DONE), an_overview(), LINK))
    outcome = "3 action items, 1 follow-up, 1 decision in 42 min of talk"
    assert text == f"Spring catalogue planning is done: {outcome}. <{LINK}|See the thread>."


def test_the_question_says_who_will_see_the_answer_and_how_to_stop_being_asked() -> None:
    message = message_of(OfferNote(a_job(title=None)), Signs(command="/minutes"))
    assert message.text.splitlines() == [
        "Shall I turn planning.mp4 into a thread of action items? Everybody in this channel will see it.",
        "Only you see this. `/minutes auto` has links here start at once, `/minutes off` has them left alone.",
    ]
    assert labels(message) == ["Process", "Not now"]


WHOLE = Preview("Zoom recording", "Weekly sync", MediaKind.VIDEO, 84_200_000, 2520.0)


@pytest.mark.parametrize(
    ("preview", "takes", "line"),
    [
        (WHOLE, Estimate(454), "Zoom recording · video · 84 MB · 42 min · takes about 8 min"),
        (
            replace(WHOLE, seconds=None),
            Estimate(454, guessed=True),
            "Zoom recording · video · 84 MB · may take about 8 min",
        ),
        (
            Preview("transcript", "a.vtt", MediaKind.TRANSCRIPT, 41_000),
            Estimate(5),
            "transcript · 41 kB · takes less than a minute",
        ),
        (Preview("Zoom recording", "Weekly sync"), None, "Zoom recording"),
    ],
)
def test_an_offer_says_in_one_line_what_a_look_told(preview: Preview, takes: Estimate | None, line: str) -> None:
    asked, about, hint = said(OfferNote(a_job(title=None, preview=preview), takes)).splitlines()
    assert asked.startswith(f"Shall I turn {preview.name} into a thread")
    assert about == line
    assert hint.startswith("Only you see this.")


def test_an_offer_that_knows_no_more_than_its_question_says_it_twice_nowhere() -> None:
    text = said(OfferNote(a_job(title=None, preview=Preview("Zoom recording", "Zoom recording"))))
    assert text.count("Zoom recording") == 1


def test_an_offer_that_cannot_be_had_is_its_cure() -> None:
    job = a_job(
        title=None,
        state=JobState.OFFERED,
        recording=Recording(RecordingKind.LINK, "https://zoom.us/rec/share/abc", "Zoom recording"),
        obstacle=Obstacle.PASSCODE,
        reason="It asks for a passcode.",
        cure="Enter the passcode that its host sees.",
    )
    message = message_of(OfferNote(job), Signs())
    assert message.text.splitlines() == [
        "I cannot open Zoom recording yet:",
        "It asks for a passcode.",
        "Enter the passcode that its host sees.",
        "Only you see this.",
    ]
    assert labels(message) == ["Enter passcode", "Upload the file instead", "Try again", "Not now"]


def test_a_thread_elsewhere_is_told_of_with_a_choice() -> None:
    message = message_of(ElsewhereNote(a_job(), "C0PRODUCT", LINK), Signs())
    assert message.text.splitlines() == [
        f"Spring catalogue planning is already here: <{LINK}|see its thread> in <#C0PRODUCT>.",
        "Shall I make a thread of it here too? Only you see this.",
    ]
    assert labels(message) == ["Process here too", "Not now"]
    without = message_of(ElsewhereNote(a_job(), "D0DIRECT", None), Signs())
    assert without.text.startswith("Spring catalogue planning is already here: its thread is in a direct message.")


def test_a_recording_that_is_here_already_leads_to_its_thread() -> None:
    note = ProgressNote(a_job(state=JobState.ALREADY_HERE), thread_link=LINK)
    assert said(note) == (
        f"Spring catalogue planning is already here, shared by another link or file. <{LINK}|See its thread>."
    )


@pytest.mark.parametrize(
    ("state", "here", "sentence"),
    [
        (
            JobState.NEEDS_YOU,
            True,
            "Reply in the thread of this message with the recording, or its transcript, attached. I go on from there.",
        ),
        (
            JobState.OFFERED,
            True,
            "Reply in the thread of your message with the recording, or its transcript, attached. I go on from there.",
        ),
        (JobState.NEEDS_YOU, False, "Drop the recording, or its transcript, in a channel that I am in."),
        (JobState.DONE, True, "This recording no longer needs a file."),
    ],
)
def test_where_to_drop_the_file_is_said_in_one_sentence(state: JobState, sentence: str, *, here: bool) -> None:
    assert upload_message(a_job(state=state), here=here).text == sentence


def test_a_passcode_that_comes_too_late_is_told_why() -> None:
    assert passcode_trouble(None) == "This recording is no longer known here."
    assert passcode_trouble(a_job(state=JobState.DONE)) == "Spring catalogue planning: done"
    assert not passcode_trouble(a_job(state=JobState.RECEIVED))


def test_people_are_told_truthfully_when_a_link_is_opened() -> None:
    hello = hello_message(Signs()).text
    assert "I look at a link once, to say what it is and how long it takes, and ask before I process it." in hello
    assert "A link is looked at once, to say what it is and how long it takes" in str(home_view(Signs()))


@pytest.mark.parametrize(
    ("state", "refusal", "sentence"),
    [
        (
            ItemState.CLAIMED,
            Refusal.TAKEN,
            "<@U0BO> was first and has this one (Book it). Ask them if you would rather do it.",
        ),
        (ItemState.DONE, Refusal.ALREADY_DONE, "This one is done already (Book it), by <@U0BO>."),
        (ItemState.CLAIMED, Refusal.NOT_YOURS, "Only <@U0BO> can release this one (Book it)."),
        (ItemState.DONE, Refusal.NOT_YOURS, "Only <@U0BO> can reopen this one (Book it)."),
        (ItemState.OPEN, Refusal.NOTHING_TO_DO, "It is so already (Book it)."),
    ],
)
def test_a_refusal_says_why(state: ItemState, refusal: Refusal, sentence: str) -> None:
    item = an_item(text="Book it", state=state, claimed_by=BO, finished_by=BO)
    assert said(RefusalNote(item, refusal)) == sentence


def test_what_is_here_already_is_linked() -> None:
    done = a_job(state=JobState.DONE)
    assert said(AlreadyHereNote(done, LINK)) == f"Spring catalogue planning is already here: <{LINK}|see its thread>."
    assert said(AlreadyHereNote(done, None)).endswith("is already here: look for its thread in this channel.")
    running = a_job(stage="Listening", progress=0.5)
    assert said(AlreadyHereNote(running, None)) == "Spring catalogue planning is already on its way: Listening · 50 %."


def test_trouble_names_the_channel_and_the_cure() -> None:
    note = TroubleNote(a_job(), "I am not in that channel.", "Type /invite @followthrough there, then try again.")
    assert said(note).splitlines() == [
        "I could not make a thread of Spring catalogue planning in <#C0PRODUCT>:",
        "I am not in that channel.",
        "Type /invite @followthrough there, then try again.",
    ]
    assert message_of(note, Signs()).blocks[-1]["elements"][0]["action_id"] == Press.TRY_AGAIN
    direct = TroubleNote(a_job(channel="D0ANABO"), "I cannot post there.", "")
    assert said(direct).startswith("I could not make a thread of Spring catalogue planning in that direct message:")


def test_help_names_everything_that_can_be_typed() -> None:
    text = help_message(Signs(command="/minutes")).text
    for word in ("/minutes &lt;link&gt;", "title=", "lang=", "date=", "speakers=", "status", "ask", "auto", "off"):
        assert word in text
    assert len(text.splitlines()) <= 6
    assert help_message(Signs(), "I did not understand “foo”.").text.startswith("I did not understand “foo”. I turn ")


def test_status_lists_what_each_recording_is_at() -> None:
    jobs = [a_job(stage="Listening", progress=0.2), a_job(title="Retro", state=JobState.DONE)]
    assert status_message(jobs, Signs()).text.splitlines() == [
        "1 on the way, the latest first:",
        "Spring catalogue planning: Listening · 20 %",
        "Retro: done",
    ]
    assert status_message([], Signs()).text == (
        "Nothing is on its way in this channel. Start with `/process &lt;link&gt;`, or drop a recording here."
    )


@pytest.mark.parametrize(
    ("mode", "words"),
    [(ChannelMode.AUTO, "now starts at once"), (ChannelMode.ASK, "ask them first"), (ChannelMode.OFF, "alone")],
)
def test_a_changed_setting_says_what_it_means(mode: ChannelMode, words: str) -> None:
    assert words in mode_message(mode, Signs()).text


def test_an_answered_question_is_replaced_by_what_came_of_it() -> None:
    signs = Signs()
    assert offer_answered_message(a_job(state=JobState.RECEIVED), accepted=True, signs=signs).text.startswith("On it")
    assert "leave Spring catalogue planning alone" in (
        offer_answered_message(a_job(state=JobState.DECLINED), accepted=False, signs=signs).text
    )
    assert offer_answered_message(None, accepted=True, signs=signs).text == (
        "This question is too old. Use /process with the link instead."
    )
    assert none_found_message(signs).text == (
        "I found no link and no recording in that message. Point me at one with `/process &lt;link&gt;`."
    )
