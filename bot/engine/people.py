"""Who speaks in a conversation: the same email, or without one the same name, is the same member."""

from bot.engine.ids import unique_id
from bot.engine.records import Person
from bot.engine.storage import Storage
from bot.engine.stored import Member, Roster


class People:
    """Finds the member that a name and an email mean, and adds those who speak for the first time."""

    def __init__(self, storage: Storage, conversation_id: str, roster: Roster) -> None:
        self._storage = storage
        self._conversation_id = conversation_id
        self._known = {_identity(person.name, person.email): person for person in roster.people}

    async def named(self, name: str | None, email: str | None) -> Person | None:
        """Return who is meant, or None when nobody is named."""
        if name is None:
            return None
        return self._known.get(_identity(name, email)) or await self._add(name, email)

    async def another(self) -> Person:
        """Return somebody who is none of the others, and whose name is not known."""
        number = 1
        while _identity(name := f"Speaker {number}", None) in self._known:
            number += 1
        return await self._add(name, None)

    async def _add(self, name: str, email: str | None) -> Person:
        person = Person(unique_id(), name, email)
        await self._storage.add_member(self._conversation_id, Member(person.id, name, email))
        self._known[_identity(name, email)] = person
        return person


def _identity(name: str, email: str | None) -> str:
    """Return what makes two speakers the same: their email, or without one their name."""
    return f"<{email.casefold()}>" if email else name.casefold()
