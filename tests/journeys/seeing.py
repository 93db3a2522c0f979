"""Walking a house by its links and looking at every page as axe does, wide and narrow, light and dark."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Error, Page

TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FULL: Final = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}}
#: What another colour or another width can change.
SOME: Final = {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size"]}}
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 800}
OTHERS: Final = (("dark", WIDE), ("light", NARROW), ("dark", NARROW))
HREFS: Final = "all => all.filter(a => !a.hasAttribute('download')).map(a => a.href)"
OVERFLOW: Final = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def kind_of(url: str) -> str:
    """Name the kind of a page: its address with the ids left out; words such as the name of a tab stay."""
    path = urlsplit(url).path
    try:
        match = resolve(path)
    except Resolver404:
        return path
    words = [str(value) for value in match.kwargs.values() if re.fullmatch(r"[a-z_-]+", str(value))]
    return " ".join([match.route, *words])


def faults(page: Page, options: dict[str, Any]) -> list[str]:
    """Give what axe objects to, with the place."""
    found = Axe().run(page, options=options).response
    assert found["passes"], "axe looked at nothing"
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found["violations"]]


def look(page: Page) -> list[str]:
    """Look at the page that is open: everything once, then colours and widths without a reload."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size(WIDE)
    found = faults(page, FULL)
    found += [f"wide light: {page.evaluate(OVERFLOW)} px too wide"] * (page.evaluate(OVERFLOW) > 0)
    for scheme, size in OTHERS:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size(size)
        where = f"{scheme} {size['width']}"
        found += [f"{where}: {fault}" for fault in faults(page, SOME)]
        found += [f"{where}: {page.evaluate(OVERFLOW)} px too wide"] * (page.evaluate(OVERFLOW) > 0)
    return found


@dataclass
class Walk:
    """One page of each kind that links lead to, and the links that lead nowhere."""

    page: Page
    seen: dict[str, str] = field(default_factory=dict)
    dead: list[str] = field(default_factory=list)

    def pages(self, most: int = 500) -> Iterator[str]:
        """Open page after page, and give the address of each while it stands open."""
        waiting = [self.page.url]
        home = urlsplit(self.page.url).netloc
        while waiting and len(self.seen) < most:
            url = waiting.pop(0)
            kind = kind_of(url)
            if kind in self.seen:
                continue
            self.seen[kind] = url
            if not self._opens(url):
                continue
            yield url
            found = self.page.eval_on_selector_all("a[href]", HREFS)
            waiting += [each.split("#")[0] for each in found if urlsplit(each).netloc == home]

    def _opens(self, url: str) -> bool:
        """Open an address; a file is no page."""
        try:
            answer = self.page.goto(url)
        except Error as error:
            if "Download is starting" in str(error):
                return False
            raise
        if answer is not None and answer.status != 200:
            self.dead.append(f"{answer.status} {url}")
            return False
        return True
