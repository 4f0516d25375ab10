"""Pages are read by the real yt-dlp in its own process; a local server plays each source as its reader expects it."""

import asyncio
import contextlib
import html
import json
import os
import ssl
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from bot.domain.recordings import MediaKind, recording_of_link
from bot.errors import FollowthroughError, NoAccess, Obstacle, Unavailable
from bot.links.link import look_at
from bot.links.source import Source
from bot.links.switches import Switches
from bot.links.table import SOURCES
from bot.ports import Fetched, Preview
from bot.sources.downloads import Limits
from bot.sources.fetch import RecordingFetcher
from bot.sources.resolver.resolver import YtDlp, is_installed
from tests.clocks import SettableClock
from tests.sources.internet import GuardedInternet, certificate
from tests.sources.servers import Answer, Asked, LocalServer, Raw, page, redirect

pytestmark = pytest.mark.skipif(not is_installed(), reason="yt-dlp is not installed: pip install .[sources]")

HOSTS = [
    "fathom.video",
    "*.zoom.us",
    "*.wistia.net",
    "*.wistia.com",
    "*.loom.com",
    "*.webex.com",
    "*.streamable.com",
    "streamable.com",
    "media.example",
]
LIMITS = Limits(connect_seconds=5, idle_seconds=5)
VTT = b"WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\nInes Vega: We go with the recycled paper.\n"
SHARE = "https://us02web.zoom.us/rec/share/Ab3dEf6hIj.Kl9"
PLAY = "/rec/play/Zy8xW.play"
ZOOM_MP4 = "https://ssrweb.zoom.us/cmr/replay/2026/meeting_1280x720.mp4"


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("tls"), HOSTS)


@pytest.fixture
async def server(trusted: Path) -> AsyncIterator[LocalServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trusted)
    async with LocalServer(context) as each:
        yield each


@pytest.fixture
def fetcher(server: LocalServer, trusted: Path) -> RecordingFetcher:
    internet = GuardedInternet(server, trusted)
    resolver = YtDlp(internet, LIMITS, dial=internet.dial, certificates=trusted)
    return RecordingFetcher(internet, SettableClock(), limits=LIMITS, resolver=resolver)


async def no_progress(_: int, __: int | None) -> None: ...


async def fetch(fetcher: RecordingFetcher, folder: Path, url: str, passcode: str | None = None) -> Fetched:
    return await fetcher.fetch(recording_of_link(url), folder, no_progress, passcode)


def left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def refusal(fetcher: RecordingFetcher, folder: Path, url: str, passcode: str | None = None) -> FollowthroughError:
    with pytest.raises(FollowthroughError) as caught:
        await fetch(fetcher, folder, url, passcode)
    assert left_in(folder) == []
    return caught.value


@pytest.mark.parametrize("source", [source for source in SOURCES if source.extractors], ids=lambda source: source.id)
def test_the_reader_that_a_row_names_knows_the_rows_links(source: Source) -> None:
    extractors = pytest.importorskip("yt_dlp.extractor")
    request = look_at(source.example).request
    assert any(extractors.get_info_extractor(name).suitable(request) for name in source.extractors)


# ---------------------------------------------------------------------------------------------------------------- zoom


def zoom_page(**data: str) -> Answer:
    return page(f"<script>window.__data__ = {json.dumps(data)};</script>")


def zoom(server: LocalServer, **info: object) -> None:
    """Play Zoom: the shared page leads to the play page, and that to what the recording consists of."""
    told = {"viewMp4Url": ZOOM_MP4, "meet": {"topic": "Spring catalogue"}, "duration": 2520} | info
    server.routes |= {
        "/rec/share/Ab3dEf6hIj.Kl9": zoom_page(meetingId="m1"),
        "/nws/recording/1.0/play/share-info/m1": Answer(json.dumps({"result": {"redirectUrl": PLAY}}).encode()),
        PLAY: Answer(zoom_page(fileId="f1").body, headers={"Set-Cookie": "_zm_ssid=c1; Domain=zoom.us; Path=/"}),
        "/nws/recording/1.0/play/info/f1": Answer(json.dumps({"result": told}).encode()),
    }


async def test_zooms_own_transcript_is_taken_before_its_sound(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path
) -> None:
    zoom(server, transcriptUrl="/rec/play/vtt?type=transcript", chapterUrl="/rec/play/vtt?type=chapter")
    server.routes["/rec/play/vtt"] = Answer(VTT)
    got = await fetch(fetcher, tmp_path, SHARE)
    assert (got.kind, got.name) == (MediaKind.TRANSCRIPT, "Spring catalogue.txt")
    asked = server.asked[-1]
    assert asked.target == "/rec/play/vtt?type=transcript"
    assert asked.headers["referer"] == "https://us02web.zoom.us/"
    assert "_zm_ssid=c1" in asked.headers["cookie"]


async def test_without_a_transcript_zooms_film_is_taken_with_its_cookies(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    zoom(server, transcriptUrl="/rec/play/gone")
    server.routes["/cmr/replay/2026/meeting_1280x720.mp4"] = Answer(tone)
    got = await fetch(fetcher, tmp_path, SHARE)
    assert (got.kind, got.size) == (MediaKind.AUDIO, len(tone))
    assert "_zm_ssid=c1" in server.asked[-1].headers["cookie"]


async def test_a_look_tells_title_and_length_and_fetches_nothing(
    fetcher: RecordingFetcher, server: LocalServer
) -> None:
    zoom(server, transcriptUrl="/rec/play/vtt")
    seen = await fetcher.look(recording_of_link(SHARE))
    assert seen == Preview("Zoom recording", "Spring catalogue", MediaKind.TRANSCRIPT, None, 2520.0, url=SHARE)
    assert all("vtt" not in asked.target for asked in server.asked)


def locked(server: LocalServer) -> None:
    """Put a passcode on it, as Zoom does: a form, and a cookie for whoever passes it."""
    form = '<form id="password_form"><input type="hidden" name="useWhichPasswd" value="meeting">'
    form += '<input type="hidden" name="meetId" value="m1"><input type="hidden" name="action" value="viewdetailpage">'
    form += '<input type="password" name="passwd"></form>'
    opened = server.routes["/rec/share/Ab3dEf6hIj.Kl9"]
    assert isinstance(opened, Answer)

    def shared(asked: Asked) -> Answer:
        return opened if "pass=ok" in asked.headers.get("cookie", "") else page(form)

    def validated(asked: Asked) -> Answer:
        said = parse_qs(asked.body.decode())
        if said == {"id": ["m1"], "passwd": ["Hunter2!"], "action": ["viewdetailpage"]}:
            return Answer(b'{"status": true}', headers={"Set-Cookie": "pass=ok; Path=/"})
        return Answer(b'{"status": false, "errorMessage": "Incorrect passcode"}')

    server.routes["/rec/share/Ab3dEf6hIj.Kl9"] = shared
    server.routes["/rec/validate_meet_passwd"] = validated


async def test_a_passcode_opens_a_zoom_recording(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path
) -> None:
    zoom(server, transcriptUrl="/rec/play/vtt")
    server.routes["/rec/play/vtt"] = Answer(VTT)
    locked(server)
    assert (await fetch(fetcher, tmp_path, SHARE, "Hunter2!")).kind is MediaKind.TRANSCRIPT


def readers() -> list[Path]:
    """The processes that read pages for us."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            ours = f"PPid:\t{os.getpid()}\n" in (process / "status").read_text()
            found += [process] if ours and b"resolver/child.py" in (process / "cmdline").read_bytes() else []
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
async def test_nothing_is_left_of_a_reading_that_nobody_waits_for(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path
) -> None:
    asked = asyncio.Event()

    async def hang(_: asyncio.StreamWriter) -> None:
        asked.set()
        await asyncio.sleep(30)

    server.routes["/rec/share/Ab3dEf6hIj.Kl9"] = Raw(hang)
    reading = asyncio.create_task(fetch(fetcher, tmp_path, SHARE))
    async with asyncio.timeout(20):
        await asked.wait()
    assert len(readers()) == 1
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert readers() == []
    assert left_in(tmp_path) == []


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
async def test_a_passcode_is_in_no_list_of_processes_and_in_no_log(
    server: LocalServer, trusted: Path, caplog: pytest.LogCaptureFixture
) -> None:
    internet = GuardedInternet(server, trusted)
    seen: list[bytes] = []

    def look_around(asked: Asked) -> Answer:
        for name in ("cmdline", "environ"):
            for process in Path("/proc").glob("[0-9]*"):
                with contextlib.suppress(OSError):
                    seen.append((process / name).read_bytes())
        return page(f"no such thing: {asked.target} Hunter2!")

    server.routes["/rec/share/Ab3dEf6hIj.Kl9"] = look_around
    resolver = YtDlp(internet, LIMITS, dial=internet.dial, certificates=trusted)
    with caplog.at_level("DEBUG"), pytest.raises(FollowthroughError) as caught:
        async with resolver.open(look_at(SHARE), None, "Hunter2!"):
            pass
    assert "Hunter2!" not in caplog.text + str(caught.value)
    assert any(b"resolver/child.py" in each for each in seen)
    assert not any(b"Hunter2!" in each for each in seen)


@pytest.mark.parametrize(
    ("passcode", "what"),
    [(None, "The Zoom recording asks for a passcode."), ("guess", "That passcode does not open it.")],
)
async def test_a_missing_passcode_is_told_from_a_wrong_one(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path, passcode: str | None, what: str
) -> None:
    zoom(server)
    locked(server)
    error = await refusal(fetcher, tmp_path, SHARE, passcode)
    assert (error.obstacle, error.what) == (Obstacle.PASSCODE, what)
    assert error.cure == "Enter the passcode that Zoom shows its host beside the share link."


async def test_an_expired_zoom_link_is_told_by_its_pages_words(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path
) -> None:
    server.routes["/rec/share/Ab3dEf6hIj.Kl9"] = page("<p>This recording link has expired.</p>")
    error = await refusal(fetcher, tmp_path, SHARE)
    assert error.obstacle is Obstacle.EXPIRED
    assert "later expiry date" in error.cure


async def test_a_page_that_changed_beyond_reading_gives_the_steps_for_a_person(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path
) -> None:
    server.routes["/rec/share/Ab3dEf6hIj.Kl9"] = page("<p>Welcome to the new Zoom</p>")
    error = await refusal(fetcher, tmp_path, SHARE)
    assert isinstance(error, NoAccess)
    assert "press Download" in error.cure


@pytest.mark.parametrize("host", ["169.254.169.254", "127.0.0.1", "[::1]", "10.0.0.8"])
async def test_media_on_a_private_address_is_refused(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path, host: str
) -> None:
    zoom(server, viewMp4Url=f"https://{host}/latest/meta-data/call.mp4")
    error = await refusal(fetcher, tmp_path, SHARE)
    assert error.obstacle is Obstacle.BLOCKED
    assert "private network" in error.what
    assert not any("meta-data" in asked.target for asked in server.asked)


@pytest.mark.parametrize("host", ["169.254.169.254", "127.0.0.1:22", "metadata.example:80"])
async def test_a_page_cannot_send_its_reader_into_a_private_network(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path, host: str
) -> None:
    scheme = "http" if host.endswith(":80") else "https"
    server.routes["/rec/share/Ab3dEf6hIj.Kl9"] = redirect(f"{scheme}://{host}/latest/meta-data")
    error = await refusal(fetcher, tmp_path, SHARE)
    assert error.obstacle is Obstacle.BLOCKED
    assert not any("meta-data" in asked.target for asked in server.asked)


# ---------------------------------------------------------------------------------------------------------------- loom

LOOM = "https://www.loom.com/share/our-plan-0123456789abcdef0123456789abcdef?sid=1"


def loom(server: LocalServer, *, password: str | None = None) -> None:
    """Play Loom: GraphQL tells what a video is, two addresses lead to its film, one to its words."""
    video = {"__typename": "RegularUserVideo", "name": "Our plan", "video_properties": {"duration": 93}}
    words = {"captions_source_url": "https://cdn.loom.com/captions/1.vtt"}

    def graphql(asked: Asked) -> Answer:
        said = json.loads(asked.body)
        if password is not None and said["variables"]["password"] != password:
            return data(getVideo={"__typename": "VideoPasswordMissingOrIncorrect"})
        match said["operationName"]:
            case "GetVideoSSR":
                return data(getVideo=video)
            case "FetchVideoTranscript":
                return data(fetchVideoTranscript=words)
        return data()

    def data(**said: object) -> Answer:
        return Answer(json.dumps({"data": said}).encode())

    film = Answer(json.dumps({"url": "https://cdn.loom.com/sessions/1.mp4?Policy=p"}).encode())
    server.routes |= {
        "/graphql": graphql,
        "/api/campaigns/sessions/0123456789abcdef0123456789abcdef/transcoded-url": film,
        "/api/campaigns/sessions/0123456789abcdef0123456789abcdef/raw-url": Answer(status=204),
        "/captions/1.vtt": Answer(VTT),
    }


async def test_looms_captions_are_taken(fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path) -> None:
    loom(server)
    got = await fetch(fetcher, tmp_path, LOOM)
    assert (got.kind, got.name) == (MediaKind.TRANSCRIPT, "Our plan.txt")


async def test_a_loom_with_a_password_opens_with_it(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path
) -> None:
    loom(server, password="open sesame")
    assert (await refusal(fetcher, tmp_path, LOOM)).obstacle is Obstacle.PASSCODE
    wrong = await refusal(fetcher, tmp_path, LOOM, "sesame")
    assert wrong.what == "That passcode does not open it."
    assert (await fetch(fetcher, tmp_path, LOOM, "open sesame")).kind is MediaKind.TRANSCRIPT


# --------------------------------------------------------------------------------------------------------------- webex

WEBEX_ID = "0123456789abcdef0123456789abcdef"
WEBEX = f"https://acme.webex.com/recordingservice/sites/acme/recording/playback/{WEBEX_ID}"


def webex(server: LocalServer, answer: Answer) -> None:
    server.routes |= {
        f"/recordingservice/sites/acme/recording/playback/{WEBEX_ID}": page("Webex"),
        f"/webappng/api/v1/recordings/{WEBEX_ID}/stream": answer,
    }


async def test_webex_sound_is_taken_before_its_film(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    files = {"mp4URL": "https://media.example/call.mp4", "audioURL": "https://media.example/call.mp3"}
    told = {
        "recordName": "Weekly",
        "duration": 60000,
        "fallbackPlaySrc": "https://media.example/play.mp4",
        "preventDownload": False,
        "downloadRecordingInfo": {"downloadInfo": files},
    }
    webex(server, Answer(json.dumps(told).encode()))
    server.routes["media.example/call.mp3"] = Answer(tone)
    got = await fetch(fetcher, tmp_path, WEBEX)
    assert (got.kind, got.name) == (MediaKind.AUDIO, "Weekly.wav")


@pytest.mark.parametrize(
    ("answer", "obstacle"),
    [((403, 53004), Obstacle.SIGN_IN), ((403, 53005), Obstacle.PASSCODE), ((429, 0), Obstacle.BLOCKED)],
)
async def test_webex_says_why_it_keeps_a_recording(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path, answer: tuple[int, int], obstacle: Obstacle
) -> None:
    status, code = answer
    webex(server, Answer(json.dumps({"code": code, "message": "no"}).encode(), status))
    assert (await refusal(fetcher, tmp_path, WEBEX)).obstacle is obstacle


# -------------------------------------------------------------------------------------------------------------- wistia


async def test_what_a_page_names_without_encryption_is_asked_for_with_it(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    sound = {"type": "mp3_audio", "display_name": "Audio", "ext": "mp3", "url": "http://embed.wistia.com/d/1.mp3"}
    told = {"hashedId": "abc123def4", "name": "Demo", "assets": [sound], "captions": [{"language": "eng"}]}
    server.routes |= {
        "fast.wistia.net/embed/medias/abc123def4.json": Answer(json.dumps({"media": told}).encode()),
        "fast.wistia.net/embed/captions/abc123def4.vtt": Answer(VTT),
        "embed.wistia.com/d/1.mp3": Answer(tone),
    }
    url = "https://acme.wistia.com/medias/abc123def4"
    assert (await fetch(fetcher, tmp_path / "words", url)).kind is MediaKind.TRANSCRIPT
    server.routes["fast.wistia.net/embed/captions/abc123def4.vtt"] = Answer(b"WEBVTT\n")
    assert (await fetch(fetcher, tmp_path / "sound", url)).kind is MediaKind.AUDIO


# ---------------------------------------------------------------------------------------------------------- streamable


def streamable(server: LocalServer, **told: object) -> None:
    server.routes["ajax.streamable.com/videos/abc12"] = Answer(json.dumps({"title": "Clip", **told}).encode())


async def test_a_video_that_is_still_being_made_says_so(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path
) -> None:
    streamable(server, status=1)
    error = await refusal(fetcher, tmp_path, "https://streamable.com/abc12")
    assert error.obstacle is Obstacle.NOT_READY


async def test_a_video_that_is_gone_says_so(fetcher: RecordingFetcher, tmp_path: Path) -> None:
    assert (await refusal(fetcher, tmp_path, "https://streamable.com/abc12")).obstacle is Obstacle.NOT_FOUND


async def test_a_stream_in_pieces_is_put_together(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    playlist = (
        "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\na.wav\n#EXTINF:4,\nb.wav\n#EXT-X-ENDLIST\n"
    )
    server.routes |= {
        "zoomclips.zoom.us/nws/marvel/2.0/clips/share/Clip1": Answer(
            json.dumps(
                {"result": {"mediaInfo": {"playUrl": "https://media.example/hls/x.m3u8", "mediaTopic": "Short"}}}
            ).encode()
        ),
        "/hls/x.m3u8": Answer(playlist.encode()),
        "/hls/a.wav": Answer(tone[:9000]),
        "/hls/b.wav": Answer(tone[9000:]),
    }
    got = await fetch(fetcher, tmp_path, "https://us02web.zoom.us/clips/share/Clip1")
    assert got.path.read_bytes() == tone
    assert (got.kind, got.name) == (MediaKind.AUDIO, "Short.wav")
    assert left_in(tmp_path) == [got.path]


FATHOM = "https://fathom.video/share/Ab3dEf6h"


def fathom(server: LocalServer, tone: bytes) -> None:
    """Play Fathom: its page holds JSON that names a playlist, which has the sound apart from the picture."""
    told = {
        "props": {"call": {"id": 7, "video_url": "https://fathom.video/hls/master.m3u8"}, "head": {"title": "Call"}}
    }
    master = '#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="main",URI="sound.m3u8"\n'
    master += (
        '#EXT-X-STREAM-INF:BANDWIDTH=900000,RESOLUTION=1280x720,CODECS="avc1.64001f,mp4a.40.2",AUDIO="a"\nfilm.m3u8\n'
    )
    pieces = "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\na.wav\n#EXTINF:4,\nb.wav\n#EXT-X-ENDLIST\n"
    server.routes |= {
        "/share/Ab3dEf6h": page(f'<div id="app" data-page="{html.escape(json.dumps(told))}"></div>'),
        "/hls/master.m3u8": Answer(master.encode()),
        "/hls/sound.m3u8": Answer(pieces.encode()),
        "/hls/a.wav": Answer(tone[:9000]),
        "/hls/b.wav": Answer(tone[9000:]),
    }


async def test_of_a_playlist_the_sound_alone_is_taken(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    fathom(server, tone)
    assert (await fetch(fetcher, tmp_path, FATHOM)).path.read_bytes() == tone
    assert not any("film" in asked.target for asked in server.asked[-3:])


async def test_sound_in_pieces_by_dash_is_put_together(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    loom(server)
    pieces = '<SegmentList duration="4"><SegmentURL media="a.wav"/><SegmentURL media="b.wav"/></SegmentList>'
    sound = f'<Representation id="s" bandwidth="64000" codecs="mp4a.40.2">{pieces}</Representation>'
    plan = f'<AdaptationSet mimeType="audio/mp4" contentType="audio">{sound}</AdaptationSet>'
    server.routes |= {
        f"/api/campaigns/sessions/{WEBEX_ID}/transcoded-url": Answer(b'{"url": "https://cdn.loom.com/dash/x.mpd"}'),
        "/captions/1.vtt": Answer(b"", 404),
        "/dash/x.mpd": Answer(
            f'<MPD type="static" mediaPresentationDuration="PT8S"><Period>{plan}</Period></MPD>'.encode()
        ),
        "/dash/a.wav": Answer(tone[:9000]),
        "/dash/b.wav": Answer(tone[9000:]),
    }
    assert (await fetch(fetcher, tmp_path, LOOM)).path.read_bytes() == tone


async def test_a_stream_that_grows_too_large_is_stopped(
    server: LocalServer, trusted: Path, tmp_path: Path, tone: bytes
) -> None:
    internet = GuardedInternet(server, trusted)
    limits = Limits(max_bytes=10_000)
    resolver = YtDlp(internet, limits, dial=internet.dial, certificates=trusted)
    fathom(server, tone)
    error = await refusal(
        RecordingFetcher(internet, SettableClock(), limits=limits, resolver=resolver), tmp_path, FATHOM
    )
    assert error.obstacle is Obstacle.TOO_LARGE


async def test_a_stream_that_breaks_off_is_tried_again_later(
    fetcher: RecordingFetcher, server: LocalServer, tmp_path: Path, tone: bytes
) -> None:
    fathom(server, tone)
    server.routes["/hls/b.wav"] = Answer(b"", 503)
    error = await refusal(fetcher, tmp_path, FATHOM)
    assert isinstance(error, Unavailable)


# ------------------------------------------------------------------------------------------------------------ switches


async def test_a_source_that_is_switched_off_is_not_even_looked_at(
    server: LocalServer, trusted: Path, tmp_path: Path
) -> None:
    internet = GuardedInternet(server, trusted)
    resolver = YtDlp(internet, LIMITS, dial=internet.dial, certificates=trusted)
    switches = Switches.of([], ["zoom", "media"])
    fetcher = RecordingFetcher(internet, SettableClock(), resolver=resolver, switches=switches)
    for url in (SHARE, "https://media.example/call.mp3"):
        error = await refusal(fetcher, tmp_path, url)
        assert "switched off" in error.what
        assert (await fetcher.look(recording_of_link(url))).obstacle is Obstacle.BLOCKED
    assert server.asked == []
