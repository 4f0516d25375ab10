"""Links for eyes and logs: without what opens them."""

import re
from typing import Final

HIDDEN: Final = "…"

# names whose values open something; a share link's own key (`rlkey`, `resourcekey`) is one too
_SECRET = re.compile(
    r"(?i)([?&;#](?:x-(?:amz|goog)-(?:signature|credential|security-token)|signature|sig|policy|key-pair-id|hdnea|hdnts"
    r"|awsaccesskeyid|googleaccessid|[a-z_-]*(?:token|passcode|password|passwd|secret|api_?key|access_?key|auth|code)"
    r"|pwd|pw|pass|jwt|session|rlkey|resourcekey|authkey)=)[^&;#\s]*"
)
_USER = re.compile(r"(?i)^(\s*[a-z][a-z0-9+.-]*://)[^/?#@\s]*@")


def without_secrets(url: str) -> str:
    """Return a URL with the values of signatures, tokens, passcodes and keys hidden, and no user name."""
    return _SECRET.sub(rf"\g<1>{HIDDEN}", _USER.sub(r"\1", url))
