"""What people see: the form, the card in the channel, and Home."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.playground.example.bookings import Booking

Json = dict[str, Any]
_ROOMS = {"harbour": "Harbour", "garden": "Garden", "attic": "Attic"}
_ABOUT = {"harbour": "12 seats, a screen.", "garden": "6 seats, plants.", "attic": "2 seats, mind your head."}
_EXTRAS = {"coffee": "Coffee", "screen": "A screen", "whiteboard": "A whiteboard"}
_REPEATS = {"never": "Once", "weekly": "Every week"}


def plain(text: str) -> Json:
    """Return a plain text object."""
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str) -> Json:
    """Return a mrkdwn text object."""
    return {"type": "mrkdwn", "text": text}


def options(named: Mapping[str, str]) -> list[Json]:
    """Return options, from values and their names."""
    return [{"text": plain(name), "value": value} for value, name in named.items()]


def _input(name: str, label: str, element: Json, **more: Any) -> Json:
    element = element | {"action_id": name}
    return {"type": "input", "block_id": name, "label": plain(label), "element": element} | more


def form(title: str = "", channel: str = "", room: str = "") -> Json:
    """Return the form; with a room, what is special about it is shown."""
    rooms = {"type": "static_select", "options": options(_ROOMS), "placeholder": plain("Choose a room")}
    where = {"type": "conversations_select", "default_to_current_conversation": True}
    about = [{"type": "context", "elements": [mrkdwn(_ABOUT[room])]}] if room else []
    repeats = options(_REPEATS)
    return {
        "type": "modal",
        "callback_id": "booking",
        "title": plain("Book a room"),
        "submit": plain("Book"),
        "close": plain("Never mind"),
        "notify_on_close": True,
        "blocks": [
            _input(
                "title",
                "What for?",
                {"type": "plain_text_input", "min_length": 3, "max_length": 80}
                | ({"initial_value": title} if title else {}),
            ),
            _input("room", "Room", rooms, dispatch_action=True),
            *about,
            _input("day", "Day", {"type": "datepicker", "placeholder": plain("Choose a day")}),
            _input("time", "Time", {"type": "timepicker", "initial_time": "09:00"}),
            _input("guests", "Guests", {"type": "multi_users_select"}, optional=True, hint=plain("They are told.")),
            _input("extras", "Extras", {"type": "checkboxes", "options": options(_EXTRAS)}, optional=True),
            _input("repeats", "How often", {"type": "radio_buttons", "options": repeats, "initial_option": repeats[0]}),
            _input("channel", "Say so in", where | ({"initial_conversation": channel} if channel else {})),
            {
                "type": "section",
                "text": mrkdwn("Some rooms have *rules*."),
                "accessory": {"type": "button", "action_id": "show_rules", "text": plain("Read them")},
            },
        ],
    }


def rules(*, read: bool = False) -> Json:
    """Return the modal on top of the form."""
    text = "Thank you for reading." if read else "Leave the room as you found it."
    return {
        "type": "modal",
        "callback_id": "rules",
        "private_metadata": "read" if read else "",
        "title": plain("Rules"),
        "submit": plain("Close all" if read else "I have read them"),
        "close": plain("Back"),
        "blocks": [
            {"type": "section", "text": mrkdwn(text)},
            _input("note", "A note to the house", {"type": "plain_text_input", "multiline": True}, optional=True),
        ],
    }


def card(booking: Booking, note: str = "") -> tuple[str, list[Json]]:
    """Return what a channel is shown: the text, and the blocks."""
    with_ = ", ".join(f"<@{each}>" for each in booking.guests) or "nobody yet"
    extras = ", ".join(_EXTRAS[each] for each in booking.extras) or "none"
    text = f"<@{booking.user}> has {_ROOMS[booking.room]} on {booking.day} at {booking.time}: {booking.title}"
    choices = {"details": "Details", "cancel": "Cancel the booking"}
    blocks: list[Json] = [
        {"type": "header", "text": plain(f"{_ROOMS[booking.room]} · {booking.day} {booking.time}")},
        {
            "type": "section",
            "text": mrkdwn(f"*{booking.title}*\nbooked by <@{booking.user}>"),
            "fields": [mrkdwn(f"*With*\n{with_}"), mrkdwn(f"*Extras*\n{extras}"), mrkdwn(_REPEATS[booking.repeats])],
            "accessory": {"type": "overflow", "action_id": "more", "options": options(choices)},
        },
        {
            "type": "actions",
            "elements": [
                {"type": "button", "action_id": "confirm", "text": plain("Confirm"), "style": "primary"},
                {"type": "datepicker", "action_id": "day_moved", "initial_date": booking.day},
                {"type": "users_select", "action_id": "handed_over", "placeholder": plain("Hand over to…")},
            ],
        },
    ]
    return text, blocks + ([{"type": "context", "elements": [mrkdwn(note)]}] if note else [])


def home(bookings: Sequence[Booking]) -> Json:
    """Return somebody's Home."""
    rows = [
        {"type": "section", "text": mrkdwn(f"*{each.title}*\n{_ROOMS[each.room]}, {each.day} {each.time}")}
        for each in bookings
    ]
    nothing = {"type": "section", "text": mrkdwn("You have no room yet.")}
    button = {
        "type": "button",
        "action_id": "new",
        "text": plain("Book a room"),
        "style": "primary",
    }
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": plain("Your rooms")},
            *(rows or [nothing]),
            {"type": "divider"},
            {"type": "actions", "elements": [button]},
        ],
    }
