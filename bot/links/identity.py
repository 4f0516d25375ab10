"""What stays the same when a recording is shared again."""

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode

from bot.links.address import Address
from bot.links.anywhere import is_presigned

_TRACKING = re.compile(r"^(utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|_hs(enc|mi)|ref_src|usp|pwd|passcode)$")
_SIGNATURE = re.compile(
    r"^(x-(amz|goog|ms|oss|obs)-[\w-]+|signature|sig|expires|policy|key-pair-id|awsaccesskeyid|googleaccessid"
    r"|hdnea|hdnts|s[viprset]|ske|skoid|sks|skt|sktid|skv|srt|spr|response-content-\w+)$"
)


def normalised(address: Address) -> str:
    """Return a link without its scheme, signature, tracking, passcode and fragment."""
    parts = address.parts
    signed = is_presigned(parts.query)
    kept = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.match(key.lower()) and not (signed and _SIGNATURE.match(key.lower()))
    ]
    port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    path = quote(unquote(parts.path).rstrip("/"), safe="/") or "/"
    query = f"?{urlencode(sorted(kept))}" if kept else ""
    return f"{address.host}{port}{path}{query}"
