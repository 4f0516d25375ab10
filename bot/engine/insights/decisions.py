"""What was decided, as against what is still weighed."""

import re
from typing import Final

_DECISION: Final = re.compile(
    r"\b(?:we(?:'ve| have)? (?:all )?(?:decided|agreed|settled|concluded|chose|chosen|approved)|(?:we|let's)"
    r"(?:'ll| will|'re going to)? go (?:with|for)\b"
    r"(?! a (?:walk|coffee|break))|we're going with|the decision is|it's decided|that's decided|final decision"
    r"|decided (?:to|that|on|against)"
    r"|agreed (?:to|that|on)|we'll stick (?:to|with)|let's (?:stick (?:to|with)|drop|cut|cancel)|signed off on"
    r"|settle on|we won't\b"
    r"|we are not going to|we're not going to"
    r"|we drop\b|we're dropping|from now on)\b"
)
_TENTATIVE: Final = re.compile(
    r"\b(?:(?<!even )if|maybe|perhaps|whether|should we|could|might|haven't|not yet|have to decide|need to decide)\b|\?"
)


def decides(flat: str) -> bool:
    """Tell whether a sentence states a decision."""
    return bool(_DECISION.search(flat)) and not _TENTATIVE.search(flat)
