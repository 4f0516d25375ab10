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
