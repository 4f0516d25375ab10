"""The page's own files."""

import re
from pathlib import Path

import bot.playground.page

_STATIC = Path(bot.playground.page.__file__).with_name("static")
# holds types only: no browser asks for it
_TYPES = "types.js"


def test_every_module_is_asked_for_at_once() -> None:
    html = (_STATIC / "index.html").read_text(encoding="utf-8")
    asked = set(re.findall(r'(?:href|src)="/page/([\w-]+\.js)"', html))
    assert asked == {each.name for each in _STATIC.glob("*.js")} - {_TYPES}


def test_every_style_is_part_of_the_page() -> None:
    html = (_STATIC / "index.html").read_text(encoding="utf-8")
    assert set(re.findall(r'href="/page/([\w-]+\.css)"', html)) == {each.name for each in _STATIC.glob("*.css")}


def test_no_module_makes_html_of_text_or_loads_from_another_host() -> None:
    for module in _STATIC.glob("*.js"):
        source = module.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", source), module.name
        assert not re.search(r"""(?:from|import\(|fetch\()\s*["'`]https?:""", source), module.name
        assert source.count("\n") < 300, module.name
