import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import NeedsPerson, Obstacle
from bot.links.link import look_at
from bot.sources.pages import read_page, storage_obstacle, where_it_leads

URL = httpx.URL("https://video.example/watch/1")
ANY_PAGE = look_at(str(URL))
DRIVE = look_at("https://drive.google.com/file/d/1aBcDeFgHiJkLmNoPqRsTuVwXyZ/view")

PIECES = st.sampled_from(
    [
        "<meta property=og:video content=",
        "<video src='",
        "<track kind=captions src=",
        "<html lang=",
        "<form id=download-form action=",
        "<input type=password name=",
        "<script type='application/ld+json'>",
        '{"contentUrl": ',
        '"http://[::1"',
        "uc-error-caption",
        "<title>",
        ">",
        "<",
        '"',
        "&#x110000;",
        "has expired",
    ]
)


def leads(body: str) -> list[str]:
    return where_it_leads(read_page(body.encode(), URL), ANY_PAGE)


def test_sound_alone_is_taken_before_the_film() -> None:
    both = '<meta property="og:video" content="/film"><meta property="og:audio" content="/sound">'
    assert leads(both) == ["https://video.example/sound"]


@pytest.mark.parametrize(
    "tracks",
    [
        '<track src="/w">',
        '<track kind="captions" src="/w"><track kind="subtitles" src="/de">',
        '<track kind="chapters" src="/c"><track src="/w"><track kind="metadata" src="/m">',
        '<track srclang="de" src="/de"><track srclang="fr" src="/w" default>',
    ],
)
def test_captions_in_the_spoken_language_come_first(tracks: str) -> None:
    assert leads(f'<video src="/film">{tracks}') == ["https://video.example/w", "https://video.example/film"]


@pytest.mark.parametrize("tracks", ['<track srclang="de" src="/a"><track srclang="fr" src="/b">', "<track>", ""])
def test_captions_that_may_be_translations_are_left(tracks: str) -> None:
    assert leads(f'<video src="/film">{tracks}') == ["https://video.example/film"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "data:video/mp4;base64,AA", ""])
def test_only_web_addresses_are_followed(address: str) -> None:
    with pytest.raises(NeedsPerson):
        leads(f'<video src="{address}"></video>')


def test_a_film_behind_a_login_is_not_followed() -> None:
    with pytest.raises(NeedsPerson) as caught:
        leads('<video src="/teaser.mp4"></video><input type="password" name="p">')
    assert caught.value.obstacle is Obstacle.PASSCODE


def test_words_on_any_page_are_only_words() -> None:
    with pytest.raises(NeedsPerson) as caught:
        leads("<p>My milk has expired, and the file was deleted.</p>")
    assert caught.value.obstacle is Obstacle.WRONG_KIND


def test_a_page_of_drives_is_believed() -> None:
    said = read_page(b"<title>Google Drive - Quota exceeded</title>", URL)
    with pytest.raises(NeedsPerson) as caught:
        where_it_leads(said, DRIVE)
    assert caught.value.obstacle is Obstacle.QUOTA


@pytest.mark.parametrize(
    ("code", "message", "obstacle"),
    [
        ("AccessDenied", "Request has expired", Obstacle.EXPIRED),
        ("AccessDenied", "Access Denied", None),
        ("NoSuchKey", "The specified key does not exist.", Obstacle.NOT_FOUND),
        ("InvalidObjectState", "The object is archived", Obstacle.NOT_READY),
        ("SlowDown", "Please reduce your request rate.", Obstacle.QUOTA),
    ],
)
def test_a_storage_services_error_is_understood(code: str, message: str, obstacle: Obstacle | None) -> None:
    body = f"<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    assert storage_obstacle(body.encode()) is obstacle


@settings(deadline=None)
@given(st.lists(PIECES | st.text(max_size=20)))
def test_any_page_can_be_read(pieces: list[str]) -> None:
    said = read_page("".join(pieces).encode("utf-8", "surrogatepass"), URL)
    assert said.video == "" or httpx.URL(said.video).scheme in {"http", "https"}
    assert said.form == "" or httpx.URL(said.form).scheme in {"http", "https"}
