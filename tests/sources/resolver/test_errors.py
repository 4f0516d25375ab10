import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Busy, FollowthroughError, NoAccess, Obstacle, Unavailable
from bot.links.link import look_at
from bot.sources.resolver.errors import error_of

ZOOM = look_at("https://us02web.zoom.us/rec/share/Ab3dEf6hIj")
VIMEO = look_at("https://vimeo.com/123456789")


def meant(
    words: str, *kinds: str, status: int | None = None, passcode: bool = False, said: bool = True, url: str = VIMEO.url
) -> FollowthroughError:
    trouble = {"words": words, "said": said, "kinds": list(kinds or ("ExtractorError",)), "status": status}
    return error_of(trouble, look_at(url), passcode=passcode)


@pytest.mark.parametrize(
    ("words", "obstacle"),
    [
        ("This video is protected by a passcode, use the --video-password option", Obstacle.PASSCODE),
        ("This content is password-protected. Use the --video-password option", Obstacle.PASSCODE),
        ("Invalid video password", Obstacle.PASSCODE),
        (
            "This video is only available for registered users. Use --username and --password or --netrc",
            Obstacle.SIGN_IN,
        ),
        ("Private video. Sign in if you've been granted access to this video. Use --cookies", Obstacle.PRIVATE),
        ("Sign in to confirm you’re not a bot. Use --cookies-from-browser or --cookies", Obstacle.BLOCKED),
        ("ciscowebex asks you to solve a CAPTCHA. Solve CAPTCHA in browser and", Obstacle.BLOCKED),
        ("This video is not available from your location due to geo restriction", Obstacle.BLOCKED),
        ("This video is currently unavailable. It may still be uploading or processing.", Obstacle.NOT_READY),
        ("This live event will begin in 3 days.", Obstacle.NOT_READY),
        ("Video unavailable. This video has been removed by the uploader", Obstacle.NOT_FOUND),
        ("The account associated with this video has been terminated", Obstacle.NOT_FOUND),
        ("This recording has expired", Obstacle.EXPIRED),
        ("This video is DRM protected", Obstacle.DOWNLOAD_DISABLED),
        ("Unable to extract data; please report this issue", None),
    ],
)
def test_yt_dlps_words_are_understood(words: str, obstacle: Obstacle | None) -> None:
    error = meant(words)
    assert error.obstacle is obstacle
    assert error.cure
    assert "--" not in str(error)


@pytest.mark.parametrize(
    ("status", "obstacle"),
    [
        (401, Obstacle.SIGN_IN),
        (403, Obstacle.PRIVATE),
        (404, Obstacle.NOT_FOUND),
        (429, Obstacle.QUOTA),
        (503, Obstacle.UNREACHABLE),
        (418, None),
    ],
)
def test_a_status_that_a_page_answered_is_understood(status: int, obstacle: Obstacle | None) -> None:
    words = f"Unable to download webpage: HTTP Error {status}: (caused by <HTTPError {status}>)"
    assert meant(words, "ExtractorError", "HTTPError", status=status).obstacle is obstacle


def test_a_wrong_passcode_is_told_from_a_missing_one() -> None:
    words = "Wrong passcode"
    assert meant(words, passcode=True, url=ZOOM.url).what == "That passcode does not open it."
    assert meant("use the --video-password option", url=ZOOM.url).what == "The Zoom recording asks for a passcode."


def test_words_of_the_reader_itself_are_no_words_of_the_source() -> None:
    assert meant("KeyError('private')", said=False).obstacle is None


def test_what_may_pass_is_tried_again() -> None:
    assert isinstance(meant("timed out", "ExtractorError", "TransportError"), Unavailable)
    assert isinstance(meant("HTTP Error 429", status=429), Busy)
    assert isinstance(meant("HTTP Error 404", status=404), FollowthroughError)


def test_a_place_on_the_map_is_no_passcode() -> None:
    error = meant("blocked", "GeoRestrictedError", "ExtractorError")
    assert isinstance(error, NoAccess)
    assert error.what == "Vimeo does not show this where the bot runs."


@given(st.text(), st.none() | st.integers(0, 999), st.booleans())
def test_any_words_mean_something_with_a_cure(words: str, status: int | None, passcode: bool) -> None:  # noqa: FBT001
    error = meant(words, status=status, passcode=passcode)
    assert error.what
    assert error.cure or isinstance(error, Unavailable)
