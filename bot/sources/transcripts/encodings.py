"""Text out of bytes, whatever encoding they are in."""

import codecs

from charset_normalizer import from_bytes

from bot.errors import BadInput

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16's, which begins the same
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What people's programs still write. Left to all it knows, the detector takes short Western texts for EBCDIC.
_LEGACY = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r",
    "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr", "mac_roman",
]  # fmt: skip
_SAMPLE = 64 * 1024
_FIRST_BYTES_OF_ITS_OWN = 0x80


def decode(data: bytes) -> str:
    """Return the text of a file: by its byte order mark, else UTF-8, else the likeliest encoding.

    Raises:
        BadInput: It is no text at all.
    """
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), None) or _without_mark(data)
    text = data.decode(encoding, errors="replace")
    if "\x00" in text:
        raise BadInput("The file is not text.", "Export the transcript again, as VTT, SRT or plain text.")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")


def _without_mark(data: bytes) -> str:
    wide = _utf16(data)
    if wide:
        return wide
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A file cut off in the middle of a letter, or with one odd byte, is UTF-8 all the same.
        odd = data.decode("utf-8", errors="replace").count("\ufffd")
        letters = sum(byte >= _FIRST_BYTES_OF_ITS_OWN for byte in data)
        if error.start > 0 and odd * 8 < letters:
            return "utf-8"
        return _legacy(data)
    return "utf-8"


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: nearly every second byte is zero, as text of Western letters has it."""
    sample = data[:_SAMPLE]
    pairs = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if pairs and odd > pairs // 2 > even * 8:
        return "utf-16-le"
    if pairs and even > pairs // 2 > odd * 8:
        return "utf-16-be"
    return None


def _legacy(data: bytes) -> str:
    lines = [line for line in data.splitlines() if any(byte >= _FIRST_BYTES_OF_ITS_OWN for byte in line)]
    best = from_bytes(b"\n".join(lines)[:_SAMPLE], cp_isolation=_LEGACY).best()
    return best.encoding if best is not None else "cp1252"
