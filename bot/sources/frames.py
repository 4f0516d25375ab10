"""Sound and pictures without a container: recognised by frames that follow one another."""
# ruff: noqa: PLR2004 - these numbers are the bit fields of ISO 11172-3, 13818-1 and 13818-7

_MPEG_KBITS = {  # by (is version 1, layer)
    (True, 1): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (True, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (True, 3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (False, 1): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (False, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (False, 3): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_MPEG_HZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_TS_PACKET = 188


def is_adts(head: bytes) -> bool:
    """Recognise AAC without a container: a second frame begins where the first says it ends."""
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0:
        return False
    length = (head[3] & 0x03) << 11 | head[4] << 3 | head[5] >> 5
    return length > 7 and head[length : length + 1] == b"\xff" and head[length + 1 : length + 2] == head[1:2]


def is_mpeg_audio(head: bytes) -> bool:
    """Recognise MP3 without a tag: two frames in a row, the first within the first 4 KiB."""
    start = head.find(b"\xff", 0, 4096)
    while start != -1:
        length = _mpeg_frame(head[start : start + 4])
        if length and _mpeg_frame(head[start + length : start + length + 4]):
            return True
        start = head.find(b"\xff", start + 1, 4096)
    return False


def _mpeg_frame(header: bytes) -> int:
    """Return the length in bytes of the frame that begins with this header, or 0 when it is none."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        return 0
    version, layer = header[1] >> 3 & 3, 4 - (header[1] >> 1 & 3)
    rate, frequency = header[2] >> 4, header[2] >> 2 & 3
    if version == 1 or layer == 4 or rate in {0, 15} or frequency == 3:
        return 0
    bits = _MPEG_KBITS[version == 3, layer][rate - 1] * 1000
    hertz, padding = _MPEG_HZ[version][frequency], header[2] >> 1 & 1
    if layer == 1:
        return (12 * bits // hertz + padding) * 4
    return (72 if layer == 3 and version != 3 else 144) * bits // hertz + padding


def is_transport_stream(head: bytes) -> bool:
    """Recognise an MPEG transport stream: each packet of 188 bytes begins with the same byte."""
    packets = range(0, min(len(head), 5 * _TS_PACKET), _TS_PACKET)
    return len(head) > 2 * _TS_PACKET and all(head[at] == 0x47 for at in packets)
