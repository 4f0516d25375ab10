from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.recordings import Recording, RecordingKind, recording_key, recording_of_link
from bot.links.link import is_worth_offering, look_at, look_at_file
from bot.links.source import Source, Verdict
from bot.links.table import SOURCES

LOOM_ID = "0123456789abcdef0123456789abcdef"
DRIVE_ID = "1aBcDeFgHiJkLmNoPqRsTuVwXyZ"
S3 = "X-Amz-Algorithm=A&X-Amz-Credential=C&X-Amz-Date=20260304T100000Z&X-Amz-Expires=60&X-Amz-Signature=5"

OFFERED = [
    ("https://media.example/calls/planning.mp4", "recording"),
    ("https://media.example/planning.MP3?download=1", "recording"),
    ("http://127.0.0.1:8000/standup.wav", "recording"),
    ("https://media.example/planning.opus#t=10", "recording"),
    ("https://media.example/planning.vtt", "transcript"),
    ("https://media.example/planning.srt", "transcript"),
    ("https://media.example/planning.txt", "transcript"),
    ("https://media.example/meeting-2026-03-04.json", "transcript"),
    (f"https://bucket.s3.amazonaws.com/3f2a?{S3}", "private download link"),
    ("https://acme.blob.core.windows.net/calls/3f2a?sv=2024&sig=x", "private download link"),
    ("https://storage.googleapis.com/b/3f2a?X-Goog-Signature=x&X-Goog-Date=1", "private download link"),
    ("https://us02web.zoom.us/rec/share/abc-DEF_1.xyz?startTime=1", "Zoom recording"),
    ("https://zoom.us/rec/play/abc", "Zoom recording"),
    ("https://zoom.us/clips/share/abc", "Zoom clip"),
    (f"https://drive.google.com/file/d/{DRIVE_ID}/view", "Google Drive file"),
    (f"https://drive.google.com/open?usp=x&id={DRIVE_ID}", "Google Drive file"),
    ("https://www.dropbox.com/scl/fi/abc/planning.mp4?rlkey=1&dl=0", "Dropbox file"),
    ("https://www.dropbox.com/s/abc/planning.m4a", "Dropbox file"),
    ("https://www.dropbox.com/scl/fo/abc/def/planning.mp4?rlkey=1", "Dropbox file"),
    ("https://acme-my.sharepoint.com/:v:/g/personal/ana/EabcDEF?e=1", "SharePoint video"),
    (
        "https://acme.sharepoint.com/sites/a/_layouts/15/stream.aspx?id=%2Fsites%2Fa%2Fcall.mp4",
        "Microsoft Stream recording",
    ),
    ("https://teams.microsoft.com/l/meetingrecap?driveId=b&driveItemId=01AB&x=1", "Teams recording"),
    (f"https://www.loom.com/share/our-plan-{LOOM_ID}?sid=1", "Loom video"),
    (f"https://acme.webex.com/recordingservice/sites/acme/recording/playback/{LOOM_ID}", "Webex recording"),
    ("https://fathom.video/share/abc", "Fathom recording"),
    ("https://app.fireflies.ai/view/Weekly::abc", "Fireflies meeting"),
    ("https://otter.ai/u/abc", "Otter conversation"),
    ("https://files.slack.com/files-pri/T1-F2/call.mp4", "Slack file"),
]

NOT_OFFERED = [
    "https://example.com/",
    "https://example.com/2026/03/an-article-about-meetings",
    "https://github.com/acme/app/pull/12",
    "https://github.com/acme/app/blob/main/demo.mp4",
    "https://github.com/acme/app/blob/main/transcript.txt",
    "https://raw.githubusercontent.com/acme/app/main/README.md",
    "https://raw.githubusercontent.com/acme/app/main/notes.txt",
    "https://commons.wikimedia.org/wiki/File:Call.ogg",
    "https://example.com/robots.txt",
    "https://example.com/package.json",
    "https://example.com/report.pdf",
    f"https://bucket.s3.amazonaws.com/report.pdf?{S3}",
    "https://docs.google.com/spreadsheets/d/1aBcDeFgHiJkLmNoPqRsTuVwXyZ/edit",
    f"https://docs.google.com/document/d/{DRIVE_ID}/edit",
    "https://www.dropbox.com/scl/fi/abc/photo.jpg?rlkey=1",
    "https://acme.sharepoint.com/:x:/g/EabcDEF",
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "https://zoom.us/pricing",
    "https://www.loom.com/pricing",
    "https://notzoom.us.example/rec/share/abc",
    "https://acme.slack.com/archives/C1/p1700000000000000",
    "mailto:ines@example.com",
    "javascript:alert(1)",
    "",
]

INVITATIONS = [
    ("https://us02web.zoom.us/j/123456?pwd=x", "invitation to a Zoom meeting"),
    ("https://acme.zoom.us/my/ines", "invitation to a Zoom meeting"),
    ("https://meet.google.com/abc-defg-hij?authuser=0", "invitation to a Google Meet call"),
    ("https://teams.microsoft.com/l/meetup-join/19%3ameeting/0?context=1", "invitation to a Teams meeting"),
    ("https://teams.live.com/meet/9312345", "invitation to a Teams meeting"),
    ("https://acme.webex.com/meet/ines", "invitation to a Webex meeting"),
    ("https://drive.google.com/drive/u/0/folders/1aBcDeFgHiJkLmNoPqRs", "Google Drive folder"),
    ("https://www.dropbox.com/scl/fo/abc/def?rlkey=1&dl=0", "Dropbox folder"),
    ("https://www.dropbox.com/sh/abc/def?dl=0", "Dropbox folder"),
    ("https://acme.sharepoint.com/:f:/g/EabcDEF", "SharePoint folder"),
    ("https://acme.slack.com/archives/C0PRODUCT02/p1795371675673068?thread_ts=1", "message in Slack"),
]

SAME = [
    (f"https://media.example/a.mp4?v=2&{S3}", "https://media.example/a.mp4?X-Amz-Signature=9&X-Amz-Date=8&v=2"),
    ("https://media.example/a.mp4?utm_source=slack&fbclid=1", "http://media.example/a.mp4"),
    ("https://MEDIA.example:443/a.mp4#t=4", "https://media.example/a.mp4"),
    ("https://media.example/my%20call.mp4", "https://media.example/my call.mp4"),
    ("https://media.example/a.mp4?b=2&a=1", "https://media.example/a.mp4?a=1&b=2"),
    ("https://acme.blob.core.windows.net/a?sv=1&se=2&sp=r&sig=3", "https://acme.blob.core.windows.net/a?sv=4&sig=5"),
    ("https://d1.cloudfront.net/a.mp4?Expires=1&Signature=a&Key-Pair-Id=k", "https://d1.cloudfront.net/a.mp4"),
    ("https://zoom.us/rec/share/abc?pwd=1", "https://us02web.zoom.us/rec/share/abc?startTime=17"),
    (
        f"https://drive.google.com/file/d/{DRIVE_ID}/view?usp=sharing",
        f"https://drive.google.com/uc?export=download&id={DRIVE_ID}",
    ),
    ("https://www.dropbox.com/scl/fi/abc/a.mp4?rlkey=1&dl=0", "https://dropbox.com/scl/fi/abc/a.mp4?rlkey=2&dl=1"),
    (f"https://www.loom.com/share/{LOOM_ID}", f"https://www.loom.com/embed/the-plan-{LOOM_ID}?sid=9"),
    ("https://youtu.be/dQw4w9WgXcQ?t=10", "https://www.youtube.com/watch?list=1&v=dQw4w9WgXcQ"),
    ("https://files.slack.com/files-pri/T1-F2/download/call.mp4", "https://acme.slack.com/files/U1/F2/call.mp4"),
]

DIFFERENT = [
    ("https://media.example/a.mp4", "https://media.example/b.mp4"),
    ("https://media.example/a.mp4?id=1", "https://media.example/a.mp4?id=2"),
    ("https://media.example/a?token=1", "https://media.example/a?token=2"),
    (
        "https://media.example/a.mp4?expires=1",
        "https://media.example/a.mp4?expires=2",
    ),  # no signature: it may be anything
    ("https://media.example/A.mp4", "https://media.example/a.mp4"),
    ("https://media.example:8443/a.mp4", "https://media.example/a.mp4"),
    ("https://zoom.us/rec/share/abc", "https://zoom.us/rec/share/abd"),
    ("https://www.dropbox.com/scl/fo/abc/def/a.mp4", "https://www.dropbox.com/scl/fo/abc/def/b.mp4"),
]


@pytest.mark.parametrize(("url", "product"), OFFERED)
def test_a_link_to_a_recording_is_offered_under_its_products_name(url: str, product: str) -> None:
    assert is_worth_offering(url)
    assert look_at(url).product == product


@pytest.mark.parametrize("url", NOT_OFFERED)
def test_an_ordinary_link_is_left_alone(url: str) -> None:
    assert not is_worth_offering(url)


@pytest.mark.parametrize(("url", "what"), INVITATIONS)
def test_an_invitation_or_folder_is_never_offered_and_says_what_it_is(url: str, what: str) -> None:
    link = look_at(url)
    assert link.verdict is Verdict.NOT_RECORDING
    assert what in link.what
    assert link.cure.endswith(".")


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_recording_shared_again_is_recognised(one: str, other: str) -> None:
    assert recording_key(recording_of_link(one)) == recording_key(recording_of_link(other))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_recordings_are_never_taken_for_one(one: str, other: str) -> None:
    assert recording_key(recording_of_link(one)) != recording_key(recording_of_link(other))


def test_a_file_in_slack_and_a_link_to_it_are_one_recording() -> None:
    file = Recording(RecordingKind.SLACK_FILE, "F2", "call.mp4")
    assert recording_key(file) == recording_key(recording_of_link("https://acme.slack.com/files/U1/F2/call.mp4"))
    assert recording_key(file) != recording_key(Recording(RecordingKind.LOCAL_FILE, "F2", "F2"))


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://media.example/calls/Spring%20planning.mp4?x=1", "Spring planning.mp4"),
        ("https://media.example/", "media.example"),
        ("https://zoom.us/rec/share/abc", "Zoom recording"),
        ("https://www.dropbox.com/s/abc/planning.m4a?dl=0", "planning.m4a"),
        ("https://files.slack.com/files-pri/T1-F2/call.mp4", "call.mp4"),
    ],
)
def test_a_recording_is_called_by_its_own_name_or_its_products(url: str, name: str) -> None:
    assert recording_of_link(url).name == name


@pytest.mark.parametrize(
    ("name", "mimetype", "verdict"),
    [
        ("call.m4a", "audio/mp4", Verdict.RECORDING),
        ("call", "video/quicktime", Verdict.RECORDING),
        ("call.mkv", "application/octet-stream", Verdict.RECORDING),
        ("call.vtt", "text/vtt", Verdict.RECORDING),
        ("call.srt", "text/plain", Verdict.RECORDING),
        ("Planning transcript.txt", "text/plain", Verdict.RECORDING),
        ("GMT20260304-100000_Recording.transcript.json", "application/json", Verdict.RECORDING),
        ("todo.txt", "text/plain", Verdict.UNKNOWN),
        ("README.md", "text/markdown", Verdict.UNKNOWN),
        ("photo.png", "image/png", Verdict.NOT_RECORDING),
        ("report.pdf", "application/pdf", Verdict.NOT_RECORDING),
        ("", "", Verdict.NOT_RECORDING),
    ],
)
def test_an_uploaded_file_is_told_by_its_name_and_type(name: str, mimetype: str, verdict: Verdict) -> None:
    assert look_at_file(name, mimetype) is verdict


@given(st.text(max_size=200))
@example(".")
def test_any_text_gets_an_answer(text: str) -> None:
    for url in (
        text,
        f"https://{text}",
        f"https://zoom.us/rec/share/{text}",
        f"https://media.example/{text}.mp4?{text}",
    ):
        link = look_at(url)
        assert link.name
        assert link.key
        assert link.what.endswith(".")
    assert link.cure.endswith(".")
    assert bool(link.request) == (link.verdict is not Verdict.NOT_RECORDING)


SEGMENT = st.text(st.characters(categories=["L", "N"], include_characters="-_. "), min_size=1, max_size=12)


@given(
    SEGMENT,
    st.dictionaries(st.sampled_from(["utm_source", "utm_campaign", "gclid", "mc_cid", "pwd"]), SEGMENT),
    SEGMENT,
)
def test_tracking_and_passcodes_change_no_identity(name: str, added: dict[str, str], fragment: str) -> None:
    url = f"https://media.example/{quote(name)}.mp4"
    query = "&".join(f"{key}={quote(value)}" for key, value in added.items())
    assert recording_key(recording_of_link(f"{url}?{query}#{quote(fragment)}")) == recording_key(recording_of_link(url))


@given(SEGMENT, SEGMENT)
def test_presigned_links_are_one_recording_exactly_when_their_paths_are(one: str, other: str) -> None:
    keys = [recording_key(recording_of_link(f"https://b.s3.example/{quote(part)}.wav?{S3}")) for part in (one, other)]
    assert (keys[0] == keys[1]) == (one == other)


@given(st.text("abcdef.-/?=&:@", max_size=400))
def test_a_long_odd_link_takes_no_time(text: str) -> None:
    look_at("https://zoom.us/" + text * 20)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_the_example_of_each_source_is_recognised_as_its_own(source: Source) -> None:
    assert look_at(source.example).source is source


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_each_source_says_in_one_sentence_what_a_refusal_means_and_what_to_do(source: Source) -> None:
    assert source.denied.endswith(".")
    assert source.cure.endswith(".")
    assert all(cure.endswith(".") for cure in source.cures.values())


PIECES = (
    "https://|HTTP://|http://u:p@|www.|zoom.us|us02web.zoom.us.|media.example|:8443|[::1]|/|//|rec/share/|abc|?|&|#|=|"
    "sig|sv|%2E|.|.mp4|.VTT|.docx|;|é|X-Amz-Signature|transcript|1aBcDeFgHiJkLmNoPqRs|drive.google.com|file/d/| |\t"
)


@given(st.lists(st.sampled_from(PIECES.split("|")), max_size=14).map("".join))
def test_the_quick_look_never_passes_over_a_recording(url: str) -> None:
    assert is_worth_offering(url) == (look_at(url).verdict is Verdict.RECORDING)
