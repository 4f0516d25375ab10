"""A small meeting, and predictions about it."""

from datetime import date

from bot.engine.records import Insight, InsightKind, Person
from bot.evaluation.gold import GoldChapter, GoldDecision, GoldItem, GoldMeeting, GoldQuestion, Part, Trap, Turn
from bot.evaluation.talk import Talk, talk_of

FRIDAY = date(2026, 3, 6)

MEETING = GoldMeeting(
    name="paper",
    part=Part.TRAIN,
    title="Paper",
    kind="planning",
    held_on=date(2026, 3, 4),
    turns=(
        Turn("Ana Ruiz", "Bo, can you send the samples by Friday?"),
        Turn("Bo Lind", "Sure. And I'll call the printer."),
        Turn("Ana Ruiz", "We go with the recycled paper. What does it cost?"),
        Turn("Bo Lind", "If I had a million I'd buy the mill."),
        Turn("Ana Ruiz", "Kim from legal should check the label, maybe."),
        Turn("Bo Lind", "Somebody has to water the plants."),
    ),
    items=(
        GoldItem("Send the samples", (0, 1), owner="Bo Lind", due=FRIDAY),
        GoldItem("Call the printer", (1,), follow_up=True, owner="Bo Lind"),
        GoldItem("Check the label", (4,), owner="Kim from legal", optional=True),
        GoldItem("Water the plants", (5,)),
    ),
    decisions=(GoldDecision("Recycled paper", (2,)),),
    questions=(GoldQuestion(2, ()),),
    chapters=(GoldChapter("Paper", 0, 5),),
    traps=(Trap((3,), "hypothetical"), Trap((0, 1), "inverted")),
)

TALK = talk_of(MEETING)


def said(  # noqa: PLR0917 - predictions in a table read best in one line each
    talk: Talk,
    turn: int,
    text: str,
    owner: str | None = None,
    due: date | None = None,
    kind: InsightKind = InsightKind.ACTION_ITEM,
    score: float = 0.9,
) -> Insight:
    """Return a prediction that rests on the whole of a turn."""
    messages = [message for message in talk.messages if talk.turn_of[message.id] == turn]
    return Insight(
        kind=kind,
        text=text,
        quote=" ".join(message.text for message in messages),
        message_ids=tuple(message.id for message in messages),
        speaker=messages[0].speaker,
        score=score,
        owner=Person("", owner) if owner else None,
        due=due,
    )
