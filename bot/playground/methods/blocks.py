"""blocks.validate: the same checks that posting and opening make, without posting or opening anything."""

import re

from bot.playground import block_kit
from bot.playground.arguments import Arguments
from bot.playground.methods.method import Method, Parts, Token
from bot.playground.rates import Tier
from bot.playground.records import Json
from bot.playground.refusal import Refused

_FINDING = re.compile(r"\[ERROR\] (?P<message>.*) \[json-pointer:/(blocks|view)(?P<pointer>[^\]]*)\]", re.DOTALL)


def _validate(_: Parts, args: Arguments) -> Json:
    given = [name for name in ("blocks", "message", "view") if name in args]
    if len(given) != 1:
        raise Refused("invalid_arguments")
    (name,) = given
    value = args.structure(name, "invalid_arguments")
    if name == "view":
        wrong = block_kit.check_view(value)
    else:
        wrong = block_kit.check_message(
            value.get("blocks", []) if name == "message" and isinstance(value, dict) else value
        )
    if wrong:
        raise Refused(f"invalid_{name}", errors=[_shown(each) for each in wrong])
    return {}


def _shown(finding: str) -> Json:
    parts = _FINDING.fullmatch(finding)
    message, pointer = (parts["message"], parts["pointer"]) if parts else (finding, "")
    return {"pointer": pointer, "code": "failed_constraint", "message": message}


METHODS = (Method("blocks.validate", _validate, Tier.MANY, token=Token.NONE),)
