"""Files: shared by people, uploaded by the app, and downloaded with its token only."""

import math
from pathlib import Path

import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground, running
from bot.playground.attachments import Canvas, Clip
from tests.playground.conftest import brisk

PRODUCT = "C0PRODUCT02"


async def fetch(url: str, token: str = "") -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with httpx.AsyncClient(trust_env=False) as http:
        return await http.get(url, headers=headers)


async def test_a_shared_file_comes_with_its_message_and_as_an_event_of_its_own(
    slack: Playground, tmp_path: Path
) -> None:
    recording = tmp_path / "stand-up.m4a"
    recording.write_bytes(b"sound")
    await slack.say("ana", "product", "today's", files=[recording, ("notes.vtt", b"WEBVTT")])
    message, *shared = [each.payload["event"] for each in slack.deliveries]
    assert (message["subtype"], message["text"]) == ("file_share", "today's")
    assert [(each["name"], each["mimetype"], each["size"]) for each in message["files"]] == [
        ("stand-up.m4a", "audio/mp4", 5),
        ("notes.vtt", "text/vtt", 6),
    ]
    assert [(each["type"], each["file_id"]) for each in shared] == [
        ("file_shared", each["id"]) for each in message["files"]
    ]


async def test_bytes_are_for_the_app_s_token_and_others_see_a_login_page(slack: Playground) -> None:
    await slack.say("ana", "product", "", files=[("a.wav", b"RIFF")])
    url = slack.deliveries[0].payload["event"]["files"][0]["url_private_download"]
    assert (await fetch(url, slack.bot_token)).content == b"RIFF"
    for token in ("", "xoxb-other"):
        login = await fetch(url, token)
        assert login.status_code == 200
        assert login.headers["content-type"].startswith("text/html")
        assert b"RIFF" not in login.content


async def test_without_its_scope_the_app_sees_the_login_page_too() -> None:
    manifest = {
        "oauth_config": {"scopes": {"bot": ["chat:write"]}},
        "settings": {"event_subscriptions": {"bot_events": ["message.channels"]}},
    }
    async with running(port=0, rules=brisk(), manifest=manifest) as slack:
        await slack.say("ana", "product", "", files=[("a.wav", b"RIFF")])
        url = slack.deliveries[0].payload["event"]["files"][0]["url_private_download"]
        assert b"Sign in" in (await fetch(url, slack.bot_token)).content


async def test_a_file_whose_details_are_withheld_can_be_asked_for(slack: Playground, client: AsyncWebClient) -> None:
    slack.rules.hide_files = True
    await slack.say("ana", "product", "", files=[("a.wav", b"RIFF")])
    (shown,) = slack.deliveries[0].payload["event"]["files"]
    assert shown["file_access"] == "check_file_info"
    assert "url_private_download" not in shown
    assert (await client.files_info(file=shown["id"]))["file"]["name"] == "a.wav"


async def test_slack_s_own_upload_arrives_as_a_message_a_moment_later(
    slack: Playground, client: AsyncWebClient
) -> None:
    parent = await slack.say("ana", "product", "the transcript, please")
    answer = await client.files_upload_v2(
        filename="transcript.txt",
        content="Ana: hello",
        title="Transcript",
        channel=PRODUCT,
        thread_ts=parent.ts,
        initial_comment="Here it is.",
    )
    assert answer["file"]["shares"] == {}
    (reply,) = await slack.wait_for(lambda: slack.thread("product", parent.ts))
    assert reply.text == "Here it is."
    file = slack.workspace.file(reply.files[0])
    assert (file.title, file.content) == ("Transcript", b"Ana: hello")
    info = (await client.files_info(file=file.id))["file"]
    assert info["shares"]["public"][PRODUCT][0]["ts"] == reply.ts


async def test_an_upload_that_does_not_hold_what_it_announced_is_refused(client: AsyncWebClient) -> None:
    begun = await client.files_getUploadURLExternal(filename="a.txt", length=10)
    async with httpx.AsyncClient(trust_env=False) as http:
        assert (await http.post(begun["upload_url"], content=b"short")).status_code == 400
        assert (await http.post(f"{begun['upload_url']}x", content=b"0123456789")).status_code == 404
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(files=[{"id": begun["file_id"]}])


async def test_an_upload_goes_only_where_the_app_may_post(slack: Playground, client: AsyncWebClient) -> None:
    begun = await client.files_getUploadURLExternal(filename="a.txt", length=1)
    async with httpx.AsyncClient(trust_env=False) as http:
        await http.post(begun["upload_url"], content=b"x")
    file = {"id": begun["file_id"]}
    with pytest.raises(SlackApiError, match="not_in_channel"):
        await client.files_completeUploadExternal(files=[file], channel_id="C0DESIGN003")
    with pytest.raises(SlackApiError, match="thread_not_found"):
        await client.files_completeUploadExternal(files=[file], channel_id=PRODUCT, thread_ts="1.000000")
    await client.files_completeUploadExternal(files=[file], channel_id=PRODUCT)
    await slack.wait_for(lambda: slack.messages("product"))


async def test_an_upload_may_be_a_form(slack: Playground, client: AsyncWebClient) -> None:
    begun = await client.files_getUploadURLExternal(filename="a.bin", length=4)
    async with httpx.AsyncClient(trust_env=False) as http:
        sent = await http.post(begun["upload_url"], files={"file": ("a.bin", b"\x00\r\n\xff")})
    assert sent.text == "OK - 4"
    await client.files_completeUploadExternal(files=[{"id": begun["file_id"]}])
    assert slack.workspace.file(begun["file_id"]).content == b"\x00\r\n\xff"


async def test_the_app_deletes_its_own_files_only(slack: Playground, client: AsyncWebClient) -> None:
    said = await slack.say("ana", "product", "", files=[("a.wav", b"RIFF")])
    with pytest.raises(SlackApiError, match="cant_delete_file"):
        await client.files_delete(file=said.files[0])
    uploaded = await client.files_upload_v2(filename="b.txt", content="b")
    await client.files_delete(file=uploaded["file"]["id"])
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_info(file=uploaded["file"]["id"])


async def test_a_file_s_own_event_may_come_first_or_alone_and_says_no_more_than_ids(slack: Playground) -> None:
    slack.rules.late = {"message": 0.05}
    await slack.say("ana", "product", "", files=[("a.wav", b"RIFF")])
    await slack.settled()
    assert [each.name for each in sorted(slack.deliveries, key=lambda each: each.attempts[0].started)] == [
        "file_shared",
        "message",
    ]
    slack.rules.late = {"message": math.inf}
    await slack.say("ana", "product", "", files=[("b.wav", b"RIFF")])
    await slack.settled()
    assert [each.name for each in slack.deliveries].count("message") == 1
    alone = slack.deliveries[-1].payload["event"]
    assert set(alone) == {"type", "event_ts", "channel_id", "user_id", "file_id", "file"}
    assert alone["file"] == {"id": alone["file_id"]}


async def test_an_app_that_does_not_subscribe_hears_nothing_of_files() -> None:
    manifest = {
        "oauth_config": {"scopes": {"bot": ["files:read"]}},
        "settings": {"event_subscriptions": {"bot_events": ["message.channels"]}},
    }
    async with running(port=0, rules=brisk(), manifest=manifest) as slack:
        await slack.say("ana", "product", "", files=[("a.wav", b"RIFF")])
        assert [each.name for each in slack.deliveries] == ["message"]


async def test_a_file_s_shares_name_the_message_and_its_thread(slack: Playground, client: AsyncWebClient) -> None:
    head = await slack.say("bo", "product", "how was it?")
    reply = await slack.say("ana", "product", "", thread_ts=head.ts, files=[("a.wav", b"RIFF")])
    (share,) = (await client.files_info(file=reply.files[0]))["file"]["shares"]["public"][PRODUCT]
    assert (share["ts"], share["thread_ts"], share["share_user_id"]) == (reply.ts, head.ts, reply.user)


async def test_a_file_that_another_workspace_keeps_to_itself_has_no_address(
    slack: Playground, client: AsyncWebClient
) -> None:
    slack.rules.keep_files = True
    said = await slack.say("ana", "product", "", files=[("a.wav", b"RIFF")])
    file = (await client.files_info(file=said.files[0]))["file"]
    assert file["file_access"] == "check_file_info"
    assert not [key for key in file if key.startswith("url_")]


async def test_a_clip_s_words_are_had_with_the_token_once_slack_has_understood_them(
    slack: Playground, client: AsyncWebClient
) -> None:
    words = "WEBVTT\n\n00:00.000 --> 00:02.000\nhello"
    clips = [Clip("audio_message.m4a", b"sound", words), Clip("clip.mp4", b"film", status="processing")]
    said = await slack.say("ana", "product", "", files=clips)
    heard, film = [(await client.files_info(file=each))["file"] for each in said.files]
    assert (heard["subtype"], heard["transcription"]["status"], heard["transcription"]["locale"]) == (
        "slack_audio",
        "complete",
        "en-US",
    )
    assert (film["subtype"], film["transcription"], "vtt" in film) == ("slack_video", {"status": "processing"}, False)
    assert (await fetch(heard["vtt"], slack.bot_token)).text == words
    assert "Sign in" in (await fetch(heard["vtt"])).text


async def test_a_canvas_is_read_as_markdown_and_with_its_scope_only(slack: Playground, client: AsyncWebClient) -> None:
    said = await slack.say("ana", "product", "", files=[Canvas("Plans", "# Plans\n* soon"), ("a.wav", b"RIFF")])
    file = (await client.files_info(file=said.files[0]))["file"]
    assert (file["mimetype"], file["filetype"]) == ("application/vnd.slack-docs", "quip")
    assert (await client.canvases_getContent(canvas_id=file["id"]))["content"] == "# Plans\n* soon"
    with pytest.raises(SlackApiError, match="canvas_not_found"):
        await client.canvases_getContent(canvas_id=said.files[1])
    manifest = {"oauth_config": {"scopes": {"bot": ["files:read"]}}}
    async with running(port=0, rules=brisk(), manifest=manifest) as poor:
        asking = AsyncWebClient(poor.bot_token, base_url=poor.url)
        with pytest.raises(SlackApiError, match="missing_scope"):
            await asking.canvases_getContent(canvas_id=file["id"])
