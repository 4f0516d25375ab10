"""What is booked."""

from dataclasses import dataclass
from typing import Any, Self

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Booking:
    """A room for a while.

    Attributes:
        ts: The message that shows it; empty until it was posted.
    """

    title: str
    room: str
    day: str
    time: str
    user: str
    channel: str
    guests: tuple[str, ...]
    extras: tuple[str, ...]
    repeats: str
    ts: str = ""

    @classmethod
    def read(cls, values: Json, user: str) -> Self:
        """Read a submitted form: what each input holds lies under its block_id and action_id."""
        return cls(
            title=values["title"]["title"]["value"],
            room=values["room"]["room"]["selected_option"]["value"],
            day=values["day"]["day"]["selected_date"],
            time=values["time"]["time"]["selected_time"],
            user=user,
            channel=values["channel"]["channel"]["selected_conversation"],
            guests=tuple(values["guests"]["guests"]["selected_users"] or ()),
            extras=tuple(each["value"] for each in values["extras"]["extras"]["selected_options"]),
            repeats=values["repeats"]["repeats"]["selected_option"]["value"],
        )


class Bookings:
    """Keeps them in memory."""

    def __init__(self) -> None:
        self._by_ts: dict[str, Booking] = {}

    def keep(self, booking: Booking) -> None:
        """Keep a booking's new form."""
        self._by_ts[booking.ts] = booking

    def drop(self, booking: Booking) -> None:
        """Forget a booking."""
        self._by_ts.pop(booking.ts, None)

    def at(self, ts: str) -> Booking:
        """Return the booking that a message shows."""
        return self._by_ts[ts]

    def of(self, user: str) -> list[Booking]:
        """Return somebody's bookings, in the order of time."""
        mine = [each for each in self._by_ts.values() if each.user == user]
        return sorted(mine, key=lambda each: (each.day, each.time))

    def taken(self, wanted: Booking) -> bool:
        """Tell whether somebody has the room then."""
        taken = {(each.room, each.day, each.time) for each in self._by_ts.values()}
        return (wanted.room, wanted.day, wanted.time) in taken
