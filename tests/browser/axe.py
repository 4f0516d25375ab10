"""What axe-core finds wrong with a page."""

from pathlib import Path

from playwright.async_api import Page

_AXE = Path(__file__).parent / "vendor" / "axe.min.js"
_GRAVE = {"serious", "critical"}


async def barriers(page: Page) -> list[str]:
    """Return the serious barriers for people with disabilities, each with where it is."""
    if not await page.evaluate("'axe' in window"):
        # evaluated by the browser's own tools, to which the page's content policy does not apply
        await page.evaluate(_AXE.read_text(encoding="utf-8") + "; null")
    found = await page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        if rule["impact"] in _GRAVE
        for node in rule["nodes"]
    ]
