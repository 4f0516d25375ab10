import pytest

from bot.errors import BadInput
from bot.links.link import look_at
from bot.links.switches import Switches

YOUTUBE = look_at("https://youtu.be/aBcDeFgHiJk").source
LOOM = look_at("https://www.loom.com/share/0123456789abcdef0123456789abcdef").source
DROPBOX = look_at("https://www.dropbox.com/scl/fi/abc/call.mp4?rlkey=1").source


def test_pages_are_read_unless_their_terms_forbid_it() -> None:
    plain = Switches()
    assert plain.reads_page(LOOM)
    assert not plain.reads_page(YOUTUBE)
    assert not plain.reads_page(DROPBOX)
    assert not plain.closed(YOUTUBE)


def test_an_operator_may_decide_otherwise() -> None:
    switches = Switches.of(["YouTube"], ["loom", "dropbox"])
    assert switches.reads_page(YOUTUBE)
    assert not switches.reads_page(LOOM)
    assert switches.closed(DROPBOX)


def test_off_wins() -> None:
    assert not Switches.of(["youtube"], ["youtube"]).reads_page(YOUTUBE)


@pytest.mark.parametrize("name", ["vine", "zoom-invite", "dropbox-folder", ""])
def test_a_name_that_is_no_source_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match=r"SOURCES_OFF names .* It takes: box, "):
        Switches.of([], [name])
