import json
from datetime import UTC, date, datetime

from bot.engine.plain import from_plain, to_plain
from bot.engine.records import (
    CustomEntity,
    Insight,
    InsightKind,
    InsightOptions,
    Insights,
    KeyMoment,
    Mention,
    MomentKind,
    Person,
    Topic,
)

ANNA = Person("a", "Anna", "anna@example.com")
ITEM = Insight(
    InsightKind.FOLLOW_UP,
    "Call Ben",
    "I'll call Ben",
    ("1", "2"),
    ANNA,
    0.5,
    owner=Person("", "Ben"),
    due=date(2026, 3, 4),
    definitive=False,
    mentions=(Mention("daterange", "next week", 3, start=date(2026, 3, 9), end=date(2026, 3, 13)),),
    phrases=("call",),
)
FULL = Insights(
    action_items=(ITEM,),
    topics=(Topic("budget", 1.0, ("1",)),),
    key_moments=(KeyMoment(MomentKind.RISK, "It may fail", "2", 0.25),),
    phrases={"1": ("call",)},
    entities={"1": (Mention("person", "Ben", 5, person=ANNA, assignee=True),)},
)


def test_records_come_back_from_json_as_they_went() -> None:
    for record in (FULL, Insights(), ITEM):
        assert from_plain(type(record), json.loads(json.dumps(to_plain(record)))) == record


def test_moments_keep_their_zone() -> None:
    started_at = datetime.fromisoformat("2026-03-04T09:00:00+02:00")
    options = InsightOptions(started_at, language=None, entities=(CustomEntity("client", "Acme", "Acme Corp"),))
    again = from_plain(InsightOptions, json.loads(json.dumps(to_plain(options))))
    assert again == options
    assert again.started_at.utcoffset() == started_at.utcoffset()
    assert from_plain(datetime, to_plain(datetime(2026, 1, 1, tzinfo=UTC))) == datetime(2026, 1, 1, tzinfo=UTC)
