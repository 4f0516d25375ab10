"""Word lists that several rules share: small, English, and our own."""

from typing import Final


def words(text: str) -> frozenset[str]:
    """Return the words of a list written as running text."""
    return frozenset(text.split())


FILLERS: Final = words(
    """
    uh um uhm er erm ah hm hmm mm mhm eh oh huh mmm hmmm uhhuh kay mm-hmm mm-hm uh-huh uh-uh mhmm ooh aha bye-bye
    goodbye
    """
)

STOP_WORDS: Final = FILLERS | words(
    """
    a about above across actually after again against all almost already also although always am an and another any
    anybody anyone anything anyway are aren't around as at away back be because become been before being below best
    better between both but by came can can't cannot come comes coming could couldn't did didn't do does doesn't doing
    don't done down each either else enough especially even ever every everybody everyone everything except far few
    first for from further gave get gets getting give given gives go goes going gone gonna good got gotta great had has
    hasn't have haven't having he he'd he'll he's her here here's hers herself him himself his how how's however i i'd
    i'll i'm i've if in indeed instead into is isn't it it'd it'll it's its itself just keep kind know knew last later
    least less let let's like likely little long look looking lot lots made make makes making many may maybe me mean
    means might mine more most much must my myself need needs neither never new next nice no nobody none nope nor not
    nothing now of off ok okay old on once one one's ones only onto or other others ought our ours ourselves out over
    own perhaps please pretty probably put quite rather real really right said same saw say saying says see seem seems
    seen shall shan't she she'd she'll she's should shouldn't since so some somebody somehow someone something
    sometimes somewhere soon sorry sort still stuff such sure take taken taking than thank thanks that that'd that'll
    that's the their theirs them themselves then there there'll there's therefore these they they'd they'll they're
    they've thing things think thinking this those though thought through til till to together told too took toward
    towards tried try trying two under unless until up upon us use used uses using usually very via want wanted wants
    was wasn't way ways we we'd we'll we're we've well went were weren't what what's whatever when whenever where
    where's wherever whether which while who who'll who's whole whom whose why will with within without won't would
    euro euros dollar dollars pound pounds hundred hundreds thousand thousands million billion percent dozen wouldn't
    yeah yep yes yet you you'd you'll you're you've your yours yourself alright aye bit couple exactly fine guess guys
    hey hello hi hope happen happened issue kinda basically totally definitely obviously literally honestly somewhat
    thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    cent cents trillion zero dozens thousandth quarter halves per folks hiya greetings goodnight farewell
    looks whatnot wow yup thanks cheers bye welcome everybody's tell tells talk talked talking ask asked
    """
)


def one_of(text: str) -> str:
    r"""Return a pattern for a list of patterns, one a line; a blank stands for any blanks, ` ?` for none or more.

    A line that is indented more than the first goes on with the line before.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    depth = len(lines[0]) - len(lines[0].lstrip())
    source = ""
    for line in lines:
        goes_on = not source or len(line) - len(line.lstrip()) > depth
        source += line.strip() if goes_on else "|" + line.strip()
    return "(?:" + source.replace(" ?", r"\s*").replace(" ", r"\s+") + ")"


WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)

CALENDAR_WORDS: Final = (
    frozenset(WEEKDAYS)
    | frozenset(MONTHS)
    | words(
        """today tomorrow yesterday tonight morning afternoon evening noon week weeks weekend month months quarter year
        years day days hour hours minute minutes second seconds time times date eod cob eow eom eoq eoy end"""
    )
)

NUMBER_WORDS: Final = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "a couple of": 2,
    "couple of": 2,
}

_ORDINALS: Final = """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
    sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth
    twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first
"""
ORDINALS: Final = {word: number for number, word in enumerate(_ORDINALS.split(), start=1)}

TASK_VERBS: Final = words(
    """
    send share email mail write draft prepare book order buy call phone ring schedule arrange organise organize create
    update fix finish finalise finalize complete deliver ship submit upload post publish print review check test verify
    confirm contact ask invite collect gather compile summarise summarize document design build implement install deploy
    pay sign file register research investigate circulate distribute forward record translate edit revise add remove
    replace hire recruit train negotiate bring report present plan produce provide copy calculate estimate measure
    compare evaluate analyse analyze chase ping remind notify announce assign delegate coordinate reserve cancel renew
    migrate refactor merge push rewrite proofread rerun reply respond scan download archive audit clean close configure
    correct counter define dig double-check enter escalate export extend fetch fill generate hand identify import
    inform introduce label list locate loop mark message monitor obtain outline pack pick prototype purchase quote
    raise rename reproduce request resend resolve restart restore return roll rotate rework secure settle set sketch
    solve sort source speak specify sync tag text track transcribe transfer trim troubleshoot validate
    wire work write-up debug patch benchmark profile enable disable rebuild redo reschedule re-send rehearse
    consolidate categorise categorize draw tidy shortlist approve count lower increase reduce simplify resize reset
    """
)

WEAK_VERBS: Final = words(
    """
    get do take give put try go start use keep look show read consider discuss decide have come bring change talk meet
    move handle find figure run make tell let wait think drop reach follow touch circle catch connect help follow-up
    visit turn study learn watch cut split cover own lead represent explain
    """
)
