"""Slack's markup as the page reads it, and moments as it writes them."""

from pathlib import Path
from typing import Any

from playwright.async_api import Page

from tests.browser.conftest import Opened
from tests.browser.demo import demo

_CASES: dict[str, str] = {
    "*bold* _it_ ~no~ `a*b*c`": "B(bold) I(it) S(no) C(a*b*c)",
    "2*3*4 snake_case_name a~b~c": "2*3*4 snake_case_name a~b~c",
    "*_both_*": "B(I(both))",
    "* not bold* and *nor this *": "* not bold* and *nor this *",
    "a &lt;b&gt; &amp;amp;": "a <b> &amp;",
    "<https://a.example/x?a=1&amp;b=2|*here*>": "L(https://a.example/x?a=1&b=2: B(here))",
    "see https://a.example/x, or (https://b.example).": "see L(https://a.example/x), or (L(https://b.example)).",
    "<javascript:alert(1)|x>": "<javascript:alert(1)|x>",
    "<@U1> <@U1|ana> <#C1|general> <!here> <!subteam^S1|@team>": "@U1 @U1 #C1 !here g(@team)",
    "&gt; one\n&gt; two\nthree": "Q(one|two)three",
    "before\n```x = *1*\n  y```\nafter": "beforeP(x = *1*\n  y)after",
    "``` never closed": "``` never closed",
    ":tada: :wave::skin-tone-3: a: b :": "e(tada) e(wave::skin-tone-3) a: b :",
    "<!date^1772803800^{date_num} {time}|then>": "d(1772803800 {date_num} {time} then)",
    "one\n\ntwo": "one||two",
}
"""What an app sends, and what is made of it, written short."""

_READ = """async (texts) => {
  const { readMarkup } = await import("/page/markup.js");
  const one = (node) => {
    const inside = () => node.inside.map(one).join("");
    switch (node.kind) {
      case "text": return node.text;
      case "break": return "|";
      case "code": return `C(${node.text})`;
      case "pre": return `P(${node.text})`;
      case "bold": return `B(${inside()})`;
      case "italic": return `I(${inside()})`;
      case "strike": return `S(${inside()})`;
      case "quote": return `Q(${inside()})`;
      case "emoji": return `e(${node.name})`;
      case "link": return node.label ? `L(${node.url}: ${node.label.map(one).join("")})` : `L(${node.url})`;
      case "user": return `@${node.id}`;
      case "channel": return `#${node.id}`;
      case "group": return `g(${node.label})`;
      case "broadcast": return `!${node.range}`;
      case "date": return `d(${node.at} ${node.pattern} ${node.fallback})`;
    }
  };
  return texts.map((text) => readMarkup(text).map(one).join(""));
}"""

_WRITTEN = """async ([at, pattern, tz, now]) => (await import("/page/time.js")).written(at, pattern, tz, now)"""


async def test_markup_is_read_as_slack_reads_it(tab: Opened, tmp_path: Path) -> None:
    async with demo(tmp_path, "--example") as running:
        page: Page = (await tab()).page
        await page.goto(running.address)
        read: list[str] = await page.evaluate(_READ, list(_CASES))
    assert read == list(_CASES.values())


async def test_moments_are_written_in_the_readers_zone(tab: Opened, tmp_path: Path) -> None:
    at = 1_772_841_600  # 2026-03-07, midnight in UTC
    cases: list[tuple[list[Any], str]] = [
        ([at, "{date_num} {time}", "Europe/Madrid", at + 900_000], "2026-03-07 1:00 AM"),
        ([at, "{date_num} {time}", "America/New_York", at + 900_000], "2026-03-06 7:00 PM"),
        ([at, "{date_short_pretty} at {time}", "Asia/Tokyo", at], "today at 9:00 AM"),
        ([at, "{date_pretty}", "UTC", at + 86_400], "yesterday"),
        ([at, "{date_long} {time_secs}", "UTC", at + 900_000], "Saturday, March 7, 2026 12:00:00 AM"),
        ([at, "{ago}, {unknown}", "UTC", at + 7_200], "2 hours ago, {unknown}"),
    ]
    async with demo(tmp_path, "--example") as running:
        page: Page = (await tab()).page
        await page.goto(running.address)
        written = [await page.evaluate(_WRITTEN, given) for given, _ in cases]
    assert written == [wanted for _, wanted in cases]
