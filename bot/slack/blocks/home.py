"""The app's Home: what it does, how to begin, what it reads."""

from bot.slack.blocks.kit import Block, Message, Words, bullets, header, section, spoken
from bot.slack.options import Signs

# a Home that shows this one already is not published again; change it with the Home
HOME = "home-3"


def home_view(signs: Signs) -> Block:
    """Return the Home tab."""
    begin = [
        [Words("Paste a link to a recording in a channel that I am in, or drop an audio, video or transcript file.")],
        [Words("Or type "), Words(f"{signs.command} <link>", code=True), Words(" there.")],
        [Words("Or choose "), Words("Process recording", italic=True), Words(" from any message’s menu.")],
    ]
    privacy = [
        [Words("I look at messages only to notice recordings; I keep no other message.")],
        [Words("A link is looked at once, to say what it is and how long it takes, before you are asked about it.")],
        [Words("A passcode is used once, held in memory only, and never stored.")],
        [Words("Recordings are deleted once their thread is posted; the engine that heard them keeps its transcript.")],
        [Words(f"{signs.command} off", code=True), Words(" has me leave a channel’s links and files alone.")],
        [Words("What I find can be wrong. Each item shows the words it rests on.")],
    ]
    blocks = [
        header("From what was said to what gets done"),
        section([Words("I turn a recording of a meeting into a thread of action items that people claim and finish.")]),
        bullets([Words("How to begin", bold=True)], begin),
        bullets([Words("What I read and keep", bold=True)], privacy),
    ]
    return {"type": "home", "callback_id": HOME, "blocks": blocks}


def hello_message(signs: Signs) -> Message:
    """Introduce the bot to a channel that it was invited to."""
    intro = [Words("Hello! I turn recordings of meetings into threads of action items that you can claim.")]
    code = [Words(f"{signs.command} {word}", code=True) for word in ("off", "help")]
    reads = "I read messages here only to notice those. "
    points = [
        [Words("Paste a recording link, or drop an audio, video or transcript file.")],
        [Words("I look at a link once, to say what it is and how long it takes, and ask before I process it.")],
        [Words(reads), code[0], Words(" stops that, and "), code[1], Words(" says what else I can do.")],
    ]
    return Message(spoken(intro, *points), [bullets(intro, points)])
