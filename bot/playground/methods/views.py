"""views.*: modals and Home."""

from bot.playground import block_kit
from bot.playground.arguments import Arguments
from bot.playground.methods.method import Method, Parts
from bot.playground.rates import Tier
from bot.playground.records import Json, View
from bot.playground.refusal import Refused


def read_view(args: Arguments, kind: str) -> Json:
    """Read and check a view of a kind.

    Raises:
        Refused: As Slack refuses it.
    """
    given = args.structure("view", "invalid_arguments")
    check_view(given, kind)
    return dict(given)


def check_view(view: object, kind: str) -> None:
    """Check a view; raises as `read_view`."""
    wrong = block_kit.check_view(view)
    if isinstance(view, dict) and view.get("type") in {"modal", "home"} and view["type"] != kind:
        wrong.append("[ERROR] must be a valid enum value [json-pointer:/view/type]")
    if wrong:
        raise Refused("invalid_arguments", response_metadata={"messages": wrong})


def _answer(slack: Parts, view: View) -> Json:
    return {"view": slack.wire.view(view)}


def _open(slack: Parts, args: Arguments) -> Json:
    view = read_view(args, "modal")
    trigger = slack.tickets.use_trigger(args.required("trigger_id"))
    return _answer(slack, slack.modals.open(trigger.user, view))


def _push(slack: Parts, args: Arguments) -> Json:
    view = read_view(args, "modal")
    trigger = slack.tickets.use_trigger(args.required("trigger_id"))
    return _answer(slack, slack.modals.push(trigger.user, view))


def _update(slack: Parts, args: Arguments) -> Json:
    if not args.text("view_id") and not args.text("external_id"):
        raise Refused("invalid_arguments")
    known = slack.modals.view(args.text("view_id"), args.text("external_id"))
    view = read_view(args, known.body["type"])
    return _answer(slack, slack.modals.update(known, view, args.text("hash")))


def _publish(slack: Parts, args: Arguments) -> Json:
    user = args.required("user_id")
    if user not in slack.workspace.people:
        raise Refused("user_not_found")
    view = read_view(args, "home")
    return _answer(slack, slack.modals.publish(user, view, args.text("hash")))


METHODS = (
    Method("views.open", _open, Tier.FOUR),
    Method("views.publish", _publish, Tier.FOUR),
    Method("views.push", _push, Tier.FOUR),
    Method("views.update", _update, Tier.FOUR),
)
