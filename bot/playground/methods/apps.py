"""api.*, apps.*, auth.*, bots.*, team.*: who is calling, and the way to Socket Mode."""

from bot.playground.arguments import Arguments
from bot.playground.methods.method import Method, Parts, Token
from bot.playground.rates import Tier
from bot.playground.records import Json
from bot.playground.refusal import Refused
from bot.playground.seed import TEAM_ID, TEAM_NAME


def _api_test(_: Parts, args: Arguments) -> Json:
    if error := args.text("error"):
        raise Refused(error, args=args.values)
    return {"args": args.values}


def _connections_open(slack: Parts, _: Arguments) -> Json:
    origin = slack.wire.origin.replace("http", "ws", 1)
    return {"url": f"{origin}/link/?ticket={slack.sockets.ticket()}&app_id={slack.app.id}"}


def _auth_test(slack: Parts, _: Arguments) -> Json:
    return {
        "url": f"{slack.wire.origin}/",
        "team": TEAM_NAME,
        "user": slack.app.handle,
        "team_id": TEAM_ID,
        "user_id": slack.app.user,
        "bot_id": slack.app.bot_id,
        "is_enterprise_install": False,
    }


def _bots_info(slack: Parts, args: Arguments) -> Json:
    wanted = args.required("bot", "bot_not_found")
    found = next((each for each in slack.workspace.everyone() if each.bot_id == wanted), None)
    if found is None:
        raise Refused("bot_not_found")
    app_id = slack.app.id if wanted == slack.app.bot_id else ""
    return {"bot": {"id": wanted, "deleted": False, "name": found.real_name, "app_id": app_id, "user_id": found.id}}


def _team_info(slack: Parts, _: Arguments) -> Json:
    return {"team": slack.wire.team_info()}


METHODS = (
    Method("api.test", _api_test, Tier.FOUR, token=Token.NONE),
    Method("apps.connections.open", _connections_open, Tier.ONE, token=Token.APP),
    Method("auth.test", _auth_test, Tier.MANY),
    Method("bots.info", _bots_info, Tier.THREE, ("users:read",)),
    Method("team.info", _team_info, Tier.THREE, ("team:read",)),
)
