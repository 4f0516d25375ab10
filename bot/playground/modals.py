"""The views that people see: stacks of modals, and the app's Home."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.playground import form
from bot.playground.changes import Changes, ViewClosed, ViewShown
from bot.playground.clock import Clock
from bot.playground.records import Json, View
from bot.playground.refusal import Refused

MOST_STACKED = 3


class Modals:
    """Keeps each person's stack of modals and Home.

    Attributes:
        stacks: The open modals by user, the one on top last.
        homes: The Home view by user.
    """

    def __init__(self, clock: Clock, changes: Changes) -> None:
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self._clock = clock
        self._changes = changes

    def view(self, view_id: str = "", external_id: str = "") -> View:
        """Return a view that somebody sees, by either of its ids.

        Raises:
            Refused: `not_found`.
        """
        for each in [*(view for stack in self.stacks.values() for view in stack), *self.homes.values()]:
            if view_id == each.id or (external_id and external_id == each.body.get("external_id")):
                return each
        raise Refused("not_found")

    def top(self, user: str) -> View | None:
        """Return the modal that a person sees, if any."""
        stack = self.stacks.get(user)
        return stack[-1] if stack else None

    def open(self, user: str, body: Json) -> View:
        """Show a first modal."""
        return self._push(user, body, None)

    def push(self, user: str, body: Json) -> View:
        """Show a modal on top of the one that is there.

        Raises:
            Refused: There is none, or there are too many.
        """
        stack = self.stacks.get(user)
        if not stack:
            raise Refused("not_found")
        if len(stack) >= MOST_STACKED:
            raise Refused("push_limit_reached")
        return self._push(user, body, stack[-1])

    def _push(self, user: str, body: Json, below: View | None) -> View:
        if below is None:
            self.close_all(user)
        self._check_external_id(body)
        view_id = f"V0{secrets.token_hex(5).upper()}"
        root = below.root if below else view_id
        view = self._new(view_id, user, body, {})
        view = replace(view, previous=below.id if below else "", root=root)
        self.stacks.setdefault(user, []).append(view)
        return self._show(view)

    def _check_external_id(self, body: Json) -> None:
        wanted = body.get("external_id")
        if wanted and any(wanted == view.body.get("external_id") for stack in self.stacks.values() for view in stack):
            raise Refused("duplicate_external_id")

    def update(self, view: View, body: Json, known: str) -> View:
        """Show a view's new form; what was typed stays where the ids stay.

        Raises:
            Refused: `hash_conflict`, when the caller knew another form.
        """
        if known and known != view.hash:
            raise Refused("hash_conflict")
        new = replace(self._new(view.id, view.user, body, view.values), previous=view.previous, root=view.root)
        return self._replace(new)

    def publish(self, user: str, body: Json, known: str) -> View:
        """Show somebody's Home.

        Raises:
            Refused: `hash_conflict`, when the caller knew another form.
        """
        before = self.homes.get(user)
        if known and (before is None or known != before.hash):
            raise Refused("hash_conflict")
        view_id = before.id if before else f"V0{secrets.token_hex(5).upper()}"
        self.homes[user] = self._new(view_id, user, body, {})
        return self._show(self.homes[user])

    def fill(self, view: View, given: Mapping[str, Any]) -> View:
        """Keep what a person chose or typed, by action_id."""
        values = form.state(view.body["blocks"], given, view.values)
        return self._replace(replace(view, values=values, errors={}))

    def enter(self, view: View, values: Mapping[str, Any]) -> View:
        """Keep what a person chose or typed, by block_id and action_id as in the view's own state.

        Raises:
            Refused: It holds an option that is not there.
        """
        blocks = view.body["blocks"]
        entered = {block: view.values.get(block, {}) | new for block, new in form.choices(blocks, values).items()}
        return self._keep(replace(view, values=view.values | entered))

    def complain(self, view: View, errors: Mapping[str, str]) -> View:
        """Show what the app found wrong, by block_id."""
        return self._replace(replace(view, errors=dict(errors)))

    def close(self, view: View) -> None:
        """Close a modal, so that the one under it is seen."""
        stack = self.stacks.get(view.user, [])
        for each in [one for one in stack if one.id == view.id]:
            stack.remove(each)
            self._changes.publish(ViewClosed(self._clock.next_ts(), each))

    def close_all(self, user: str) -> None:
        """Close somebody's whole stack."""
        for each in reversed(self.stacks.pop(user, [])):
            self._changes.publish(ViewClosed(self._clock.next_ts(), each))

    def _new(self, view_id: str, user: str, body: Json, before: Json) -> View:
        blocks = form.identified(body["blocks"])
        values = form.state(blocks, {}, before)
        stamp = f"{int(self._clock.now())}.{secrets.token_hex(4)}"
        return View(view_id, stamp, user, body | {"blocks": list(blocks)}, values)

    def _replace(self, view: View) -> View:
        return self._show(self._keep(view))

    def _keep(self, view: View) -> View:
        for stack in self.stacks.values():
            stack[:] = [view if each.id == view.id else each for each in stack]
        if view.user in self.homes and self.homes[view.user].id == view.id:
            self.homes[view.user] = view
        return view

    def _show(self, view: View) -> View:
        self._changes.publish(ViewShown(self._clock.next_ts(), view))
        return view
