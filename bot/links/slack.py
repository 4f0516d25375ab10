"""Slack's own links: files, and messages."""

from bot.links.source import Action, Source, patterns

MESSAGE = Source(
    "slack-message",
    "Slack message",
    Action.NOT_A_RECORDING,
    "https://acme.slack.com/archives/C1/p1700000000000000",
    ("slack.com", "slack-gov.com"),
    patterns(r"^[\w.-]+\.slack(-gov)?\.com/archives/"),
    denied="That is a link to a message in Slack.",
    cure="If it holds a recording, choose “Process recording” from that message’s menu.",
)
HUDDLE = Source(
    "slack-huddle",
    "Slack huddle",
    Action.NOT_A_RECORDING,
    "https://app.slack.com/huddle/T1/C1",
    ("slack.com",),
    patterns(r"^app\.slack\.com/huddle/"),
    denied="That is a Slack huddle; Slack gives no one its sound.",
    cure="When it has ended, share the canvas with its notes here and choose “Process recording” from its menu.",
)
FILE = Source(
    "slack",
    "Slack file",
    Action.SIGN_IN,
    "https://acme.slack.com/files/U1/F2/call.mp4",
    ("slack.com", "slack-gov.com"),
    patterns(
        r"^files\.slack(-gov)?\.com/files-\w+/T\w+-(?P<id>F\w+)",
        r"^[\w.-]+\.slack(-gov)?\.com/files/[UW]\w+/(?P<id>F\w+)",
        r"^[\w.-]+\.slack(-gov)?\.com/docs/T\w+/(?P<id>F\w+)",
    ),
    denied="That is a link to a file in Slack.",
    cure="Use “Process recording” in the menu of the message that holds the file, or upload the file here.",
    after="Files dropped in a channel are had with the bot's token, and of a clip Slack's own transcript.",
)
SOURCES = (MESSAGE, HUDDLE, FILE)
