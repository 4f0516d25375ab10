"""The Bolt app: which request goes to which listener."""

import logging
import re

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports import Ports
from bot.slack.blocks.ids import FORM, GLOBAL_SHORTCUT, MESSAGE_SHORTCUT, PASSCODE_FORM, Press
from bot.slack.client import Identity
from bot.slack.files import Files
from bot.slack.later import Later
from bot.slack.listeners.arrivals import Arrivals
from bot.slack.listeners.commands import Commands
from bot.slack.listeners.cures import Cures
from bot.slack.listeners.gestures import GESTURES, Gestures
from bot.slack.listeners.messages import Messages
from bot.slack.listeners.offers import Offers
from bot.slack.listeners.shortcuts import Shortcuts
from bot.slack.listeners.troubles import Troubles
from bot.slack.options import SlackOptions
from bot.slack.people import People
from bot.slack.wiring import Wiring

_ANY = re.compile(".*")


def build(
    ports: Ports,
    client: AsyncWebClient,
    identity: Identity,
    options: SlackOptions,
    later: Later,
    *,
    files: Files | None = None,
) -> AsyncApp:
    """Return the app that listens to Slack.

    A listener's flow has committed before Slack is answered (`process_before_response`), which also spares Bolt's
    wait of 10 ms for an acknowledgement.

    Args:
        ports: What the flows need.
        client: Slack's Web API.
        identity: Who we are; asked once, not with every event.
        options: How to listen.
        later: Runs what follows an answer.
        files: Asks about files: the one that `ports` has as its `uploads`; one of its own when None.
    """

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=identity.team,
            bot_token=client.token,
            bot_id=identity.bot,
            bot_user_id=identity.user,
        )

    # Bolt warns at each start that our `authorize` wins over the token, which is what we mean
    logger = logging.getLogger("bot.slack.bolt")
    logger.setLevel(logging.ERROR)
    app = AsyncApp(
        logger=logger,
        name="followthrough",
        client=client,
        authorize=authorize,
        # in Socket Mode Slack signs nothing, and over HTTP nothing is served without a secret
        signing_secret=options.signing_secret,
        request_verification_enabled=bool(options.signing_secret),
        process_before_response=True,
    )
    files = files or Files(client, identity, People(client, identity))
    _listen(app, Wiring(ports, client, identity, options.signs, later, files))
    return app


def _listen(app: AsyncApp, wiring: Wiring) -> None:
    gestures, offers, shortcuts, arrivals = Gestures(wiring), Offers(wiring), Shortcuts(wiring), Arrivals(wiring)
    messages, cures = Messages(wiring), Cures(wiring)
    # first what people wait for: Bolt asks each listener in this order whether a request is its own
    # Slack sends only our own command here, whatever an operator calls it
    app.command(_ANY)(Commands(wiring).typed)
    app.event("message")(messages.said)
    app.event("file_shared")(messages.file_shared)
    app.event("reaction_added")(gestures.reacted)
    app.event("reaction_removed")(gestures.unreacted)
    app.event("member_joined_channel")(arrivals.joined)
    app.event("app_home_opened")(arrivals.home_opened)
    for press in GESTURES:
        app.action(press.value)(gestures.pressed)
    app.action(Press.ACCEPT.value)(offers.accepted)
    app.action(Press.DECLINE.value)(offers.declined)
    app.action(Press.TRY_AGAIN.value)(cures.tried_again)
    app.action(Press.PASSCODE.value)(cures.passcode_asked)
    app.action(Press.UPLOAD.value)(cures.upload_asked)
    app.message_shortcut(MESSAGE_SHORTCUT)(shortcuts.on_message)
    app.global_shortcut(GLOBAL_SHORTCUT)(shortcuts.anywhere)
    app.view(FORM)(shortcuts.submitted)
    app.view(PASSCODE_FORM)(cures.passcode_entered)
    app.error(Troubles(wiring).failed)
    # what nobody listens to is answered all the same: Slack takes 404 for a failure, and sends it again
    app.event(_ANY)(_heard)
    for kind in (app.action, app.shortcut, app.view, app.view_closed):
        kind(_ANY)(_acknowledged)


async def _heard() -> None:
    """Take an event that means nothing to us."""


async def _acknowledged(ack: AsyncAck) -> None:
    """Take a button, shortcut or form that is no longer ours."""
    await ack()
