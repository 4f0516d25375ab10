import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.links.link import look_at
from bot.links.secrets import without_secrets


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (
            "https://b.s3.amazonaws.com/a?X-Amz-Date=20260304T100000Z&X-Amz-Signature=0f&X-Amz-Credential=k",
            "https://b.s3.amazonaws.com/a?X-Amz-Date=20260304T100000Z&X-Amz-Signature=…&X-Amz-Credential=…",
        ),
        ("https://a.blob.core.windows.net/a?sv=2024&sig=x%2F", "https://a.blob.core.windows.net/a?sv=2024&sig=…"),
        ("https://zoom.us/rec/share/abc?pwd=Sesame.1&startTime=7", "https://zoom.us/rec/share/abc?pwd=…&startTime=7"),
        ("https://ines:sesame@media.example/a.mp4", "https://media.example/a.mp4"),
        ("https://media.example/a.mp4?access_token=t#token=u", "https://media.example/a.mp4?access_token=…#token=…"),
        ("https://media.example/a.mp4?version=2&country=de", "https://media.example/a.mp4?version=2&country=de"),
    ],
)
def test_what_opens_a_link_is_hidden_and_the_rest_is_kept(url: str, shown: str) -> None:
    assert without_secrets(url) == shown


@given(st.text(st.characters(categories=["L", "N"]), min_size=6, max_size=30))
def test_a_passcode_in_a_link_is_neither_shown_nor_part_of_its_identity(code: str) -> None:
    url = f"https://us02web.zoom.us/rec/share/Ab3dEf6hIj?pwd={code}"
    assert code not in without_secrets(url)
    assert code not in look_at(url).key.removeprefix("zoom:Ab3dEf6hIj")
