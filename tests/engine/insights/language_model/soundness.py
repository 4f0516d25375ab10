"""What holds of everything that leaves the engine, whatever a language model wrote."""

import re
import unicodedata
from collections.abc import Sequence

from bot.engine.records import Decision, Insight, Insights, Message

_FORBIDDEN = re.compile(r"https?://|www\.|<|>|@(?:channel|here|everyone)|```|\*\*")


def assert_sound(insights: Insights, messages: Sequence[Message]) -> None:
    """Assert that nothing in it is invalid or invented."""
    texts = {message.id: message.text for message in messages}
    order = {message.id: place for place, message in enumerate(messages)}
    names = {message.speaker.name for message in messages if message.speaker}
    work = (*insights.action_items, *insights.follow_ups)
    quoting: tuple[Insight | Decision, ...] = (*work, *insights.questions, *insights.decisions)
    for entry in quoting:
        assert entry.message_ids
        assert entry.quote in " ".join(texts[one] for one in entry.message_ids), entry
        assert 0 <= entry.score <= 1
    for item in work:
        assert item.owner is None or item.owner.name in names or not item.owner.id
    for question in insights.questions:
        if question.answer is not None:
            assert question.answer.quote in texts[question.answer.message_id]
            assert order[question.answer.message_id] >= order[question.message_ids[0]]
    for topic in insights.topics:
        assert topic.message_ids
        assert set(topic.message_ids) <= set(texts)
        assert topic.parent is None or topic.parent in {other.text for other in insights.topics}
    for sentence in insights.summary:
        assert sentence.message_ids
        assert set(sentence.message_ids) <= set(texts)
    if insights.chapters:
        assert [one for chapter in insights.chapters for one in chapter.message_ids] == [m.id for m in messages]
    if insights.author is not None:
        written = [
            *(item.text for item in work),
            *(decision.text for decision in insights.decisions),
            *(sentence.text for sentence in insights.summary),
            *(topic.text for topic in insights.topics),
            *(chapter.title for chapter in insights.chapters),
        ]
        for text in written:
            assert not _FORBIDDEN.search(text), text
            assert len(text) <= 240
            assert not any(unicodedata.category(letter) in {"Cc", "Cf", "Cs"} for letter in text), ascii(text)
