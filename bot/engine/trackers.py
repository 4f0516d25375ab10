"""Trackers: where the words that a caller wants to be told of were said, literally."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.engine.ids import derived_id
from bot.engine.parameters import Tracker
from bot.engine.records import Message


def trackers_body(
    conversation_id: str,
    trackers: Sequence[Tracker],
    messages: Sequence[Message],
    insights: Sequence[Mapping[str, Any]],
) -> list[dict[str, Any]]:
    """Return each tracker that was met, with the messages and insights that hold its words."""
    told = [(message.id, message.text) for message in messages]
    # most words of most trackers are nowhere: one look is enough for those
    everything = "\n".join([*(text for _, text in told), *(insight["text"] for insight in insights)]).lower()
    bodies: list[dict[str, Any]] = []
    for tracker in trackers:
        matches: list[dict[str, Any]] = []
        for term in tracker.vocabulary:
            if term.lower() not in everything:
                continue
            pattern = re.compile(rf"(?<!\w){re.escape(term)}(?!\w)", re.IGNORECASE)
            in_messages = [
                {"id": each, "text": text, "offset": found.start()}
                for each, text in told
                if (found := pattern.search(text))
            ]
            in_insights = [
                {"id": insight["id"], "type": insight["type"], "text": insight["text"], "offset": found.start()}
                for insight in insights
                if (found := pattern.search(insight["text"]))
            ]
            if in_messages or in_insights:
                refs = {"messageRefs": in_messages, "insightRefs": in_insights}
                matches.append({"type": "vocabulary", "value": term, **refs})
        if matches:
            tracker_id = derived_id(conversation_id, "tracker", tracker.name)
            bodies.append({"id": tracker_id, "name": tracker.name, "matches": matches})
    return bodies
