"""What Slack makes of what a person types."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.block_kit import check_message
from bot.playground.typed import Names, Typed, escape, understand

PEOPLE = {"ana": "U1", "bo": "U2"}
CHANNELS = {"product": "C1"}


def typed(text: str) -> Typed:
    return understand(text, Names(PEOPLE.get, CHANNELS.get), "block")


def parts(text: str) -> list[object]:
    return [each for block in typed(text).blocks for container in block["elements"] for each in container["elements"]]


def test_a_link_is_marked_in_the_text_and_whole_in_the_blocks() -> None:
    result = typed("see https://x.test/a?b=1&c=2.")
    assert result.text == "see <https://x.test/a?b=1&amp;c=2>."
    assert parts("see https://x.test/a?b=1&c=2.")[1] == {"type": "link", "url": "https://x.test/a?b=1&c=2"}


def test_a_labelled_link_keeps_its_label() -> None:
    assert typed("[the call](https://x.test/r)").text == "<https://x.test/r|the call>"
    assert parts("[the call](https://x.test/r)") == [{"type": "link", "url": "https://x.test/r", "text": "the call"}]


def test_people_and_channels_that_exist_are_mentioned() -> None:
    assert typed("@bo see #product").text == "<@U2> see <#C1|product>"
    assert typed("@nobody see #nothing, mail a@bo.test").text == "@nobody see #nothing, mail a@bo.test"


def test_everyone_is_called_by_a_broadcast() -> None:
    assert typed("@here look").text == "<!here> look"


def test_emoji_and_styles_are_understood() -> None:
    assert parts(":wave: *bold* _soft_ ~gone~ `code`")[::2] == [
        {"type": "emoji", "name": "wave"},
        {"type": "text", "text": "bold", "style": {"bold": True}},
        {"type": "text", "text": "soft", "style": {"italic": True}},
        {"type": "text", "text": "gone", "style": {"strike": True}},
        {"type": "text", "text": "code", "style": {"code": True}},
    ]
    assert parts(":raised_hand::skin-tone-3:") == [{"type": "emoji", "name": "raised_hand", "skin_tone": 3}]


def test_code_keeps_its_links_as_words() -> None:
    result = typed("```https://x.test```")
    assert result.text == "```https://x.test```"
    assert result.blocks[0]["elements"][0]["type"] == "rich_text_preformatted"


def test_what_looks_like_markup_is_escaped() -> None:
    assert typed("<!channel> a & b").text == "&lt;!channel&gt; a &amp; b"


@given(st.text(max_size=80) | st.from_regex(r"([@#:*_~`\[\]()<>& ]|https://x|ana|product){0,20}", fullmatch=True))
@settings(deadline=None)
def test_anything_typed_becomes_blocks_that_slack_takes(text: str) -> None:
    result = typed(text)
    assert check_message(list(result.blocks)) == []
    assert "<!" not in result.text.replace("<!here>", "").replace("<!channel>", "").replace("<!everyone>", "")


@given(st.text())
@settings(deadline=None)
def test_plain_words_lose_nothing(text: str) -> None:
    quiet = "".join(each for each in text if each.isalnum() or each in " <>&")
    assert typed(quiet).text == escape(quiet)
