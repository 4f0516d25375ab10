import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.titles import title_from_name


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("spring_catalogue-planning.mp3", "Spring catalogue planning"),
        ("2026-03-04 Weekly.vtt", "2026-03-04 Weekly"),
        ("GMT20260304-weekly.mp4", "GMT20260304-weekly"),
        ("team%20sync.m4a", "Team sync"),
        (".mp3", ".mp3"),
        ("___.wav", "Recording"),
    ],
)
def test_a_file_name_reads_as_a_title(name: str, title: str) -> None:
    assert title_from_name(name) == title


@settings(deadline=None)
@given(st.text())
def test_any_name_gives_a_title_of_one_short_line(name: str) -> None:
    title = title_from_name(name)
    assert 0 < len(title) <= 120
    assert "\n" not in title
