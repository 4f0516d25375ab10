import contextlib
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import BadInput
from bot.sources.media import Content, look_at_bytes
from bot.sources.transcripts.documents import MAX_TEXT, is_document
from bot.sources.transcripts.transcript import read_transcript

TEAMS = (
    '<?xml version="1.0"?><w:document xmlns:w="w"><w:body>'
    '<w:p><w:r><w:t>Ana Ruiz</w:t></w:r><w:r><w:t xml:space="preserve">   0:03</w:t></w:r><w:r><w:br/></w:r>'
    "<w:r><w:t>I&apos;ll book the hall &amp; the van by Friday.</w:t></w:r></w:p>"
    '<w:p><w:r><w:t>Bo Berg</w:t></w:r><w:r><w:t xml:space="preserve">   0:09</w:t></w:r><w:r><w:br/></w:r>'
    "<w:r><w:t>Thank you, then I send the list.</w:t></w:r></w:p></w:body></w:document>"
)


def document(inside: str, name: str = "word/document.xml") -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("word/styles.xml", "<w:styles/>")
        parts.writestr(name, inside)
    return data.getvalue()


def test_a_transcript_that_teams_exported_is_read_with_its_speakers_and_times() -> None:
    data = document(TEAMS)
    assert look_at_bytes(data).content is Content.TEXT
    assert [(line.speaker, line.start, line.text) for line in read_transcript(data)] == [
        ("Ana Ruiz", 3.0, "I'll book the hall & the van by Friday."),
        ("Bo Berg", 9.0, "Thank you, then I send the list."),
    ]


def test_a_document_that_unpacks_to_far_more_than_any_transcript_is_refused() -> None:
    with pytest.raises(BadInput, match="larger inside"):
        read_transcript(document("<w:t>" + " " * (MAX_TEXT + 1)))


def test_a_document_without_its_text_is_refused_with_what_to_do() -> None:
    with pytest.raises(BadInput, match="Save its transcript as a text file"):
        read_transcript(document(TEAMS, "word/other.xml"))


@settings(deadline=None)
@given(st.integers(0, 400), st.integers(0, 255))
def test_a_document_that_is_damaged_anywhere_is_read_or_refused(at: int, byte: int) -> None:
    data = bytearray(document(TEAMS))
    data[at % len(data)] = byte
    with contextlib.suppress(BadInput):
        assert read_transcript(bytes(data))


@given(st.binary(max_size=200))
def test_only_archives_are_taken_for_documents(data: bytes) -> None:
    assert not is_document(data) or data.startswith(b"PK")
