"""Talk of other kinds than a team's planning: a sale, a review of an outage, two people, a shop's morning."""

from tests.engine.insights.talking import follow_ups, told, understood, work

SALE = """
Hannah Cole: Hi Marcus, good to see you again. Is Julia joining us?
Marcus Webb: She's running five minutes late, so let's start without her.
Hannah Cole: Sure. So, last time you said the main pain was the month-end close. Is that still true?
Marcus Webb: Yes, very much. We spend four days on it and half of that is copying numbers between systems.
Hannah Cole: Okay.
Hannah Cole: What I'd like to do today is show you the reconciliation module, and then we talk about pricing.
Hannah Cole: Does that work?
Marcus Webb: Works for me.
Hannah Cole: Great, let me share my screen. So this is the dashboard.
Hannah Cole: You would connect your bank, and the system will pull the statements every night.
Marcus Webb: Does it support multiple currencies?
Hannah Cole: Yes, out of the box.
Marcus Webb: And what about SSO? Our security people will ask.
Hannah Cole: We support SAML. I'll send you our security whitepaper after the call.
Marcus Webb: Perfect. They'll also want the SOC 2 report, I think.
Hannah Cole: I can get you that, but you'd have to sign an NDA first.
Hannah Cole: I'll have our legal team send it over by tomorrow.
Marcus Webb: Fine. I'll get it signed by the end of the week.
Julia Stein: Hi everybody, sorry I'm late.
Hannah Cole: No problem, Julia. We were just talking about security.
Julia Stein: Good. My question is about data migration. How long does it usually take?
Hannah Cole: Typically two to three weeks, depending on the history you bring.
Julia Stein: And who does the work, you or us?
Hannah Cole: I'm not sure how it's split for your size.
Hannah Cole: Let me check with our onboarding team and get back to you by Thursday.
Julia Stein: Okay. What does it cost?
Hannah Cole: For forty seats it's about eighteen thousand dollars a year.
Julia Stein: Hmm, that's more than we budgeted. If you could do fifteen, I'd sign today.
Hannah Cole: I'd have to ask my manager about that. I'll come back to you with a revised quote on Monday.
Marcus Webb: Julia, could you send Hannah the list of bank accounts, so she can size it?
Julia Stein: Yes, will do that this afternoon.
Hannah Cole: Wonderful. Then let's set up a call with your CFO next week. Does Wednesday work?
Marcus Webb: Wednesday's tricky. Thursday at two?
Hannah Cole: Thursday at two it is. I'll send the invite.
Marcus Webb: Thanks Hannah. Talk soon.
"""

OUTAGE = """
Okafor: This is the review of Tuesday's outage. I'm recording, and I'll keep it blameless.
Lin: So at 14:02 the deploy went out, and at 14:10 the error rate was at forty percent.
Okafor: What caused it?
Lin: The connection pool was exhausted, because the new worker opens one connection per request.
Petra: We should have caught that in staging, but staging has only one worker.
Okafor: Who noticed it first?
Petra: A customer did, unfortunately. The alert fired eleven minutes later.
Okafor: That's too long. Petra, can you lower the alert threshold to two minutes?
Petra: Yeah. I'll have it in by tomorrow.
Lin: I rolled back at 14:25. I would have done it sooner, but the rollback button was greyed out.
Okafor: Why was it greyed out?
Lin: I don't know. I think it's a permissions thing. Somebody needs to look into that.
Dev: I can take that one.
Okafor: Thanks, Dev. By when?
Dev: End of next week.
Okafor: Okay. Long term, should we move to a connection proxy?
Petra: It would help, but it's a big change. Let's not decide that today.
Okafor: Agreed. Lin, please write up the timeline and put it in the wiki.
Lin: Sure, I'll do it today. Actually no, today's full, I'll do it on Monday.
Petra: We also have to make staging look like production, otherwise this will happen again.
Okafor: Yes. Let's put that on the backlog. Dev, would you create the ticket?
Dev: Will do.
Okafor: And the customers? Has anybody told them?
Petra: Support sent a note on Wednesday.
Okafor: Good. I will call Brightline myself tomorrow, they were hit the hardest.
Lin: The retry logic will handle the next one automatically, I hope.
Okafor: Let's hope we don't have to find out. We'll meet again in two weeks to check the actions.
"""

TWO = """
Elena: Hey, how was your weekend?
Sam: Good, thanks. We went hiking. I'll tell you about it later.
Elena: Nice. So what's on your mind?
Sam: Um, two things. First, I feel a bit stuck with the reporting project. I keep waiting for data from finance.
Elena: Do you want me to talk to them?
Sam: That would help, yeah.
Elena: Okay, I'll speak to Ruth tomorrow.
Sam: Thanks. The other thing is, uh, I'd like to learn more about, you know, the forecasting side.
Elena: Great, I think you'd be good at it. There is a course in May.
Elena: You should sign up for it, the deadline is the 20th.
Sam: I will. Is there budget for it?
Elena: Yes, there is.
Sam: Cool. Then I'll register this week.
Elena: How's it going with the intern?
Sam: Really well. She's going to present her results on Friday. You should come.
Elena: I'd love to. Send me the invite?
Sam: Will do.
Elena: For my part, I owe you feedback on the promotion document. I'll have that to you by Wednesday.
Sam: No rush.
Elena: No, I promised. Also, can you think about goals for the next quarter and write down three or four?
Sam: Sure. By our next one-on-one?
Elena: Yes, that's the 23rd.
Sam: If I have time I'll also clean up the wiki, but no promises.
Elena: Don't worry about it. Anything else?
Sam: I was wondering whether I could work from Lisbon in June.
Elena: I don't see why not. I need to check with HR though.
Sam: Perfect.
Elena: All right. Never skip your lunch break again, that's an order.
Sam: Ha, okay. See you.
"""

SHOP = """
okay can everyone hear me good so let's go through the list quickly
the new shelves were supposed to come on monday and it didn't come so i'm going to call the supplier right after this
then the inventory we have to count everything before the end of the month because the auditor is coming on april second
i can do the cold storage
great and maria can you do the dry goods
yeah sure no problem
and then somebody needs to update the price tags in aisle four the old ones are still from january
um the truck broke down again last week it cost us like three hundred euros so we should probably think about a new one
how much is a new one
i don't know forty thousand maybe i'll get a quote from the dealer by next friday
okay and the schedule for easter i still need five people for saturday
put me down for saturday
thanks so please everybody write your holidays into the calendar by sunday
what about the broken freezer
the technician is coming tomorrow morning
good i'll remind you all in the group chat okay that's it thanks
"""


def open_questions(script: str) -> list[str]:
    """Return the questions that nobody answered."""
    return [question.text for question in understood(script).questions if question.answer is None]


def test_of_a_sale_only_what_was_promised_is_left_and_not_what_the_product_does() -> None:
    assert work(SALE) == [
        ("Send Marcus our security whitepaper after the call", "Hannah Cole", "2026-03-04"),
        (
            (
                "Have our legal team send it over by tomorrow"
                " (“They'll also want the SOC 2 report, I think”, “…but you'd have to sign an NDA first”)"
            ),
            "Hannah Cole",
            "2026-03-05",
        ),
        (
            "Get it signed by the end of the week (“They'll also want the SOC 2 report, I think”)",
            "Marcus Webb",
            "2026-03-06",
        ),
        ("I'll come back to you with a revised quote on Monday", "Hannah Cole", "2026-03-09"),
        ("Send Hannah the list of bank accounts", "Julia Stein", "2026-03-04"),
    ]
    assert follow_ups(SALE) == [
        (
            "Check with our onboarding team and get back to Julia by Thursday (“My question is about data migration”)",
            "Hannah Cole",
            "2026-03-05",
        ),
        ("Set up a call with your CFO next week", None, "2026-03-12"),
        ("Send the invite", "Hannah Cole", "2026-03-12"),
    ]
    assert open_questions(SALE) == ["And who does the work, you or us?"]


def test_of_an_outage_the_repairs_are_work_and_the_causes_are_not() -> None:
    assert work(OUTAGE) == [
        ("Lower the alert threshold to two minutes", "Petra", "2026-03-05"),
        (
            "Look into that (“The alert fired eleven minutes later”, “…but the rollback button was greyed out”)",
            "Dev",
            "2026-03-13",
        ),
        (
            "Write up the timeline and put it in the wiki (“Long term, should we move to a connection proxy?”)",
            "Lin",
            "2026-03-09",
        ),
        ("Create the ticket", "Dev", None),
    ]
    assert follow_ups(OUTAGE) == [
        ("Call Brightline tomorrow", "Okafor", "2026-03-05"),
        ("Meet again in two weeks to check the actions", None, "2026-03-18"),
    ]
    assert "Why was it greyed out?" in open_questions(OUTAGE)
    assert not {"What caused it?", "Who noticed it first?"} & set(open_questions(OUTAGE))


def test_of_two_people_each_keeps_what_they_took_on_and_small_talk_stays_small() -> None:
    assert {item[:2] for item in (*work(TWO), *follow_ups(TWO))} >= {
        ("Register this week (“…the forecasting side”)", "Sam"),
        (
            (
                "Think about goals for the next quarter and write down three or four"
                " (“For my part, I owe you feedback on the promotion document”)"
            ),
            "Sam",
        ),
        (
            "I'll have that to you by Wednesday (“For my part, I owe you feedback on the promotion document”)",
            "Elena",
        ),
        ("Speak to Ruth tomorrow", "Elena"),
        ("Send Elena the invite", "Sam"),
        ("Check with HR", "Elena"),
    }
    assert open_questions(TWO) == []
    assert "wiki" not in str(work(TWO))


def test_a_recogniser_without_stops_and_names_still_gives_the_shops_work() -> None:
    found = [told(item) for item in understood(SHOP).action_items]
    assert ("Count everything before the end of the month", None, "2026-03-31") in found
    assert ("Do the dry goods", "Maria", None) in found
    assert ("Get a quote from the dealer by next friday", None, "2026-03-13") in found
    assert ("Write your holidays into the calendar by sunday", None, "2026-03-08") in found
    assert follow_ups(SHOP) == [("Call the supplier right after this", None, "2026-03-04")]
    assert not any("list" in text for text, _, _ in found)
