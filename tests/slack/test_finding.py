from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.recordings import Recording, RecordingKind
from bot.slack.finding import (
    asked_for,
    file_of_link,
    links_in,
    links_of_text,
    shared_files,
    shared_links,
    shared_notes,
    unknown_files,
    uploaded,
)

ONE = "https://files.example.test/one.mp4"
TWO = "https://zoom.us/rec/share/abc?pwd=1&x=2"


def rich(*elements: dict[str, Any], kind: str = "rich_text_section") -> list[dict[str, Any]]:
    return [{"type": "rich_text", "elements": [{"type": kind, "elements": list(elements)}]}]


def link(url: str, **style: bool) -> dict[str, Any]:
    return {"type": "link", "url": url, **({"style": style} if style else {})}


def urls(recordings: list[Recording]) -> list[str]:
    return [each.location for each in recordings]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"see <{ONE}>", [ONE]),
        (f"see <{ONE}|the call>", [ONE]),
        ("<https://zoom.us/rec/share/abc?pwd=1&amp;x=2>", [TWO]),
        ("https://zoom.us/rec/share/abc?pwd=1&amp;x=2", [TWO]),
        (f"({ONE}), and {ONE}!", [ONE, ONE]),
        ("https://en.wikipedia.org/wiki/A_(b)", ["https://en.wikipedia.org/wiki/A_(b)"]),
        (f"*{ONE}*", [ONE]),
        (f"run `curl {ONE}` or ```{ONE}```", []),
        (f"<mailto:a@b.example|a@b.example> <@U1> <#C1|x> <!here> {ONE}", [ONE]),
        ("no link", []),
        (None, []),
    ],
)
def test_links_are_found_in_slacks_markup(text: Any, found: list[str]) -> None:
    assert links_of_text(text) == found


def test_rich_text_wins_over_the_text_and_code_is_an_example() -> None:
    blocks = rich(link(ONE), link(TWO, code=True)) + rich(link(TWO), kind="rich_text_preformatted")
    assert links_in({"text": f"<{TWO}>", "blocks": blocks}) == [ONE]


def test_links_in_lists_and_quotes_count_once() -> None:
    inner = {"type": "rich_text_section", "elements": [link(ONE), link(ONE)]}
    blocks = rich(inner, kind="rich_text_list") + rich(link(TWO), kind="rich_text_quote")
    assert links_in({"blocks": blocks}) == [ONE, TWO]


def test_ordinary_links_and_invitations_are_no_recordings() -> None:
    text = f"<https://example.org/news> <https://zoom.us/j/123456> <{ONE}>"
    assert urls(shared_links({"text": text})) == [ONE]


def test_after_an_edit_only_new_links_count() -> None:
    assert urls(shared_links({"text": f"<{ONE}> <{TWO}>"}, {"text": f"<{ONE}>"})) == [TWO]


def test_one_message_starts_no_more_than_five() -> None:
    text = " ".join(f"<https://files.example.test/{number}.mp4>" for number in range(9))
    assert len(shared_links({"text": text})) == 5


def test_two_spellings_of_one_recording_are_one_of_the_five() -> None:
    text = " ".join(f"<https://zoom.us/rec/share/abc?pwd={number}>" for number in range(9)) + f" <{ONE}>"
    assert urls(shared_links({"text": text})) == ["https://zoom.us/rec/share/abc?pwd=0", ONE]


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("https://acme.slack.com/files/U1/F0CALL00001/call.mp4", "F0CALL00001"),
        ("https://acme.slack.com/docs/T1/F0CANVAS001", "F0CANVAS001"),
        ("https://files.slack.com/files-pri/T1-F0CALL00001/call.mp4", "F0CALL00001"),
        ("https://acme.slack.com/archives/C1/p1700000000000000", None),
        ("https://slack.com.evil.example/files/U1/F0CALL00001/call", None),
        (ONE, None),
    ],
)
def test_a_link_to_a_file_in_slack_names_the_file_and_is_no_recording_of_its_own(url: str, file: str | None) -> None:
    assert file_of_link(url) == file
    assert urls(shared_links({"text": f"<{url}>"})) == ([ONE] if url == ONE else [])


def a_file(name: str, mimetype: str = "application/octet-stream", **more: Any) -> dict[str, Any]:
    return {"id": "F1", "name": name, "mimetype": mimetype, "mode": "hosted", **more}


def a_canvas(title: str, **more: Any) -> dict[str, Any]:
    return a_file(title, "application/vnd.slack-docs", title=title, filetype="quip", **more)


@pytest.mark.parametrize(
    ("canvas", "called"),
    [
        (a_canvas(":headphones: Huddle notes: 3/3/26 in <#C0STUB|product>"), "Huddle notes: 3-3-26 in #product"),
        (a_canvas("huddle notes &amp; more with <@U1>"), "huddle notes & more"),
        (a_canvas("Notizen vom 3.3.", is_huddle_canvas=True), "Notizen vom 3.3."),
    ],
)
def test_the_notes_of_a_huddle_are_asked_about(canvas: dict[str, Any], called: str) -> None:
    assert [each.name for each in shared_notes({"files": [canvas]})] == [called]
    assert [via for _, via in uploaded({"files": [canvas]})] == ["message"]


def test_any_other_canvas_is_left_alone_until_somebody_points_at_it() -> None:
    canvas = a_canvas("Meeting plans.txt")
    assert uploaded({"files": [canvas]}) == []
    assert asked_for({"files": [canvas]}) == [Recording(RecordingKind.SLACK_FILE, "F1", "Meeting plans.txt")]
    assert urls(asked_for({"text": f"<{ONE}>", "files": [canvas]})) == [ONE], "beside a recording it is only its agenda"


def test_who_points_at_a_message_means_a_file_once_though_its_link_is_there_too() -> None:
    link_to_it = "https://acme.slack.com/files/U1/F1/planning.vtt"
    message = {"text": f"<{link_to_it}>", "files": [a_file("planning.vtt")]}
    assert [each.location for each in asked_for(message)] == ["F1"]


@pytest.mark.parametrize(
    "file",
    [
        a_file("standup.m4a", "audio/mp4"),
        a_file("meeting.mov", "video/quicktime"),
        a_file("GMT20260303.transcript.vtt"),
        a_file("planning.srt"),
        a_file("clip", "video/mp4"),
        a_file("planning.txt", "text/plain"),
        a_file("planning.txt", "text/plain", preview="Ines: Hello everybody.\nMei: I'll book the studio."),
        a_file("planning.md", "text/markdown", preview="**Intro**\n00:01 Ines hello\n00:07 Mei hi"),
    ],
)
def test_recordings_and_transcripts_are_taken(file: dict[str, Any]) -> None:
    assert shared_files({"files": [file]}) == [Recording(RecordingKind.SLACK_FILE, "F1", file["name"])]


@pytest.mark.parametrize(
    "file",
    [
        a_file("photo.png", "image/png"),
        a_file("report.pdf", "application/pdf"),
        a_file("server.txt", "text/plain", preview="error at line 4\ntraceback follows"),
        a_file("-.txt", "text/plain", mode="snippet"),
        a_file("data.json", "application/json"),
        a_file("gone.mp4", "video/mp4", mode="tombstone"),
        a_file("old.mp4", "video/mp4", mode="hidden_by_limit"),
        {"mode": "hosted", "name": "x.mp4"},
    ],
)
def test_other_files_are_left_alone(file: dict[str, Any]) -> None:
    assert shared_files({"files": [file]}) == []


def test_a_file_from_a_drive_is_a_link() -> None:
    url = "https://drive.google.com/file/d/1234567890abcdefghijk/view"
    file = a_file("call.mp4", "video/mp4", is_external=True, external_url=url)
    ((recording, via),) = uploaded({"files": [file]})
    assert (recording.kind, recording.location, via) == (RecordingKind.LINK, url, "message")


def test_a_file_of_another_workspace_has_to_be_asked_about() -> None:
    message = {"files": [{"id": "F7", "file_access": "check_file_info"}, a_file("a.mp4", "video/mp4")]}
    assert unknown_files(message) == ["F7"]
    assert len(shared_files(message)) == 1


def test_who_points_at_a_message_of_an_app_means_the_link_in_it() -> None:
    message = {
        "text": "Your recording is ready",
        "bot_id": "B1",
        "attachments": [{"title_link": TWO, "fallback": "x"}],
        "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "<https://zoom.us/j/123|Join>"}}],
    }
    assert urls(asked_for(message)) == [TWO]


def test_who_points_at_a_message_means_its_only_link_even_if_it_looks_like_none() -> None:
    assert urls(asked_for({"text": "<https://intranet.example/meeting/7>"})) == ["https://intranet.example/meeting/7"]
    assert asked_for({"text": "nothing here"}) == []


def test_who_points_at_a_message_means_its_text_file_too() -> None:
    file = a_file("server.txt", "text/plain", preview="nothing spoken")
    assert [each.location for each in asked_for({"files": [file]})] == ["F1"]


@settings(deadline=None)
@given(st.text(max_size=100) | st.lists(st.sampled_from([ONE, "<", ">", "|", "`", "```", "&amp;", ")"])).map("".join))
def test_any_text_is_read_and_gives_web_addresses_only(text: str) -> None:
    assert all(url.lower().startswith(("http://", "https://")) for url in links_of_text(text))
