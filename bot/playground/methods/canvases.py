"""canvases.*: read what a document in Slack says."""

from bot.playground.arguments import Arguments
from bot.playground.attachments import CANVAS
from bot.playground.methods.files import visible
from bot.playground.methods.method import Method, Parts
from bot.playground.rates import Tier
from bot.playground.records import Json
from bot.playground.refusal import Refused


def _content(slack: Parts, args: Arguments) -> Json:
    if args.text("content_type", "markdown") != "markdown":
        raise Refused("invalid_arguments")
    try:
        canvas = visible(slack, args.required("canvas_id", "canvas_not_found"))
    except Refused:
        raise Refused("canvas_not_found") from None
    if canvas.mimetype != CANVAS:
        raise Refused("canvas_not_found")
    return {"content": canvas.content.decode()}


METHODS = (Method("canvases.getContent", _content, Tier.THREE, ("canvases:read",)),)
