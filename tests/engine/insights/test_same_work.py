"""Work that is told again in other words is one item; work that only stands beside it is another."""

from tests.engine.insights.talking import told, understood

FLAT = """
Rosa: Morning. Did the painters turn up yesterday?
Jan: They did, and they were gone by three.
Rosa: Fair enough, it's a small flat. And the bathroom?
Jan: The tap still drips. You can hear it from the hall.
Rosa: I could have a look at it.
Jan: Would you? It drives the neighbours mad.
Rosa: I'll come round with my tools on Saturday.
Jan: You're an angel.
Rosa: Hardly. How is the balcony?
Jan: Dry. The pigeons are gone.
Rosa: That was the owl, I suppose.
Jan: That, or the cat from downstairs.
Rosa: Animals sort these things out among themselves.
Jan: They do, they do.
"""

LIST = """
Lena: Right, what is left before the release.
Tom: Not that much, I think. Two days of it.
Lena: Good. The incident first, people are asking.
Tom: I need to write the incident report by Friday.
Lena: Tom, could you also add an alert for failed logins?
Tom: Sure, will do.
Lena: The staging certificate needs to be renewed by March 20th.
Tom: How many customers were affected?
Lena: About three hundred, for two hours.
Tom: I'll email the customers who complained.
Lena: Thanks. That was a bad morning.
Tom: It was. My phone did not stop.
"""

FLOOD = """
Stella: Morning. How deep is it now?
Omar: Two fingers in the lab, nothing in the corridor.
Stella: Well, that's something. And the power?
Omar: Off since six. The electrician was here before me.
Stella: Good man. People are writing to me what they should do.
Omar: I'll write to everybody, it'll go out in half an hour.
Stella: Thanks. Say that pay isn't affected.
Omar: Of course.
Stella: They worry about that first, every time.
Omar: I would too. The fridges are fine, by the way.
Stella: Thank God. All of them?
Omar: All of them. The old one hums a bit.
Stella: It has always hummed.
"""

LAKE = """
Pauline: Right, the bins by the lake. They are full by noon on Saturday.
Gareth: I was there. The gulls had a party.
Pauline: And a second bin is four hundred pounds.
Gareth: Which we haven't got.
Olu: What about asking the contractor whether they would come on Saturdays as well?
Pauline: You can ask. It will be in the contract, what it costs.
Gareth: Thirty-odd a lift, I think.
Olu: Then I'll ask them.
Pauline: Lovely. It's a Mr Pillai now.
Gareth: He's nice. His brother played for the county.
Pauline: Did he? In the seventies?
Gareth: In the eighties. A good left foot.
"""


def test_an_offer_and_the_promise_that_follows_it_are_one_item() -> None:
    taps = [told(item) for item in understood(FLAT).action_items if item.owner and item.owner.name == "Rosa"]
    assert [each[1:] for each in taps] == [("Rosa", "2026-03-07")]


def test_what_is_also_asked_of_somebody_is_an_item_of_its_own() -> None:
    assert {"Write the incident report by Friday", "Add an alert for failed logins"} <= {
        item.text for item in understood(LIST).action_items
    }


def test_who_takes_on_the_next_thing_is_not_given_the_one_before() -> None:
    certificates = [told(item) for item in understood(LIST).action_items if "certificate" in item.text]
    assert [each[1:] for each in certificates] == [(None, "2026-03-20")]


def test_what_a_note_should_say_is_a_part_of_writing_it() -> None:
    found = understood(FLOOD)
    assert [told(item) for item in (*found.action_items, *found.follow_ups)] == [
        ("Write to everybody", "Omar", "2026-03-04")
    ]


def test_where_it_is_taken_on_afterwards_is_evidence_as_well() -> None:
    found = understood(LAKE)
    (item,) = (*found.action_items, *found.follow_ups)
    assert {"4000000000000005", "4000000000000007"} <= set(item.message_ids)
    assert item.owner is not None
    assert item.owner.name == "Olu"
