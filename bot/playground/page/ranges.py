"""Parts of a file, which a browser asks for when one seeks in a recording."""

import re
from collections.abc import Mapping

from starlette.responses import Response

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def ranged(content: bytes, media_type: str, wanted: str, headers: Mapping[str, str]) -> Response:
    """Answer with a file, or with the part that a `Range` header asks for.

    Args:
        content: The whole file.
        media_type: Its MIME type.
        wanted: The header; several ranges at once are answered with the whole, as HTTP allows.
        headers: What else to send.
    """
    common = {**headers, "Accept-Ranges": "bytes"}
    match = _RANGE.fullmatch(wanted.strip())
    if match is None or not (match[1] or match[2]):
        return Response(content, media_type=media_type, headers=common)
    if match[1]:
        first, last = int(match[1]), min(int(match[2]) if match[2] else len(content) - 1, len(content) - 1)
    else:
        first, last = max(0, len(content) - int(match[2])), len(content) - 1
    if first > last:
        return Response(status_code=416, headers={**common, "Content-Range": f"bytes */{len(content)}"})
    part = {**common, "Content-Range": f"bytes {first}-{last}/{len(content)}"}
    return Response(content[first : last + 1], 206, part, media_type)
