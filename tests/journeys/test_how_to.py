"""The how-to pages name words of the screens: a bold word stands on a page that its role can open.

A word that shows only at some moments stands in quotes, and is one that the house says somewhere.
"""

from collections.abc import Collection
from itertools import zip_longest
from pathlib import Path
from typing import Final

import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from playwright.sync_api import Page

from gib.core.access.tables import Role
from gib.portal.translation import Word, collect
from tests.journeys.conftest import Enter
from tests.journeys.house import ROOT, House
from tests.journeys.seeing import is_page
from tests.journeys.tutorial import bold_of, quoted

WORLD = "full"
FOLDER: Final = ROOT / "docs/how-to"
#: Page of documentation -> the role whose screens it is about.
PAGES: Final = {
    "coordinator": Role.COORDINATOR,
    "deputy": Role.DEPUTY,
    "municipality": Role.MUNICIPALITY,
    "privacy-officer": Role.PRIVACY_OFFICER,
    "project-leader": Role.PROJECT_LEADER,
    "referrer": Role.REFERRER,
    "safety-house": Role.SAFETY_HOUSE,
    "sheets": Role.COORDINATOR,
    "technical-administrator": Role.TECHNICAL_ADMIN,
    "visit-mornings": Role.COORDINATOR,
    "volunteer": Role.VOLUNTEER,
}


def words_of(text: str) -> tuple[list[str], list[str]]:
    """Give what a page of documentation names of the screens: words in bold, and words in quotes."""
    pieces = [piece.children or [] for piece in MarkdownIt().parse(text)]
    quotes = [quote for each in pieces for one in each if one.type == "text" for quote in quoted(one.content)]
    return list(dict.fromkeys(word for each in pieces for word in bold_of(each))), quotes


def unspoken(quotes: list[str], spoken: Collection[Word]) -> list[str]:
    """Name the words in quotes that no screen of the house says."""
    said = {text for word in spoken for text in (word.text, word.plural)}
    return [quote for quote in quotes if quote not in said]


def signs_of(html: str) -> set[str]:
    """Give what can be read on a page, piece by piece: the words of each element, and each run of text."""
    body = BeautifulSoup(html, "html.parser").body or BeautifulSoup()
    return {" ".join(text.split()) for one in body.find_all() for text in (one.get_text(), *one.strings)}


def unseen(page: Page, urls: list[str], words: list[str]) -> list[str]:
    """Ask for page after page until every word was seen as a piece of text; name those that never were."""
    lacking = list(words)
    for url in urls:
        if lacking and is_page(answer := page.request.get(url, max_redirects=0)):
            signs = signs_of(answer.text())
            lacking = [word for word in lacking if word not in signs]
    return lacking


def _addresses(house: House, role: Role) -> list[str]:
    """Give what a role may open: first one page of each kind, then a second of each, and so on."""
    kinds = house.people[role]["kinds"].values()
    return [url for turn in zip_longest(*kinds) for url in turn if url]


@pytest.mark.parametrize("name", PAGES)
def test_bold_words_stand_on_the_screens_of_the_role(sit: Enter, house: House, name: str) -> None:
    bold, _ = words_of((FOLDER / f"{name}.md").read_text("utf-8"))
    lacking = unseen(sit(PAGES[name]), _addresses(house, PAGES[name]), bold)
    assert bold
    assert not lacking, f"docs/how-to/{name}.md: {lacking}"


def test_quoted_words_are_words_of_the_house() -> None:
    spoken = collect()
    pages = {path.name: words_of(path.read_text("utf-8")) for path in FOLDER.glob("*.md")}
    unknown = {name: unspoken(quotes, spoken) for name, (_, quotes) in pages.items()}
    assert [(name, quotes) for name, quotes in unknown.items() if quotes] == []
    assert [name for name, (bold, _) in pages.items() if bold and Path(name).stem not in PAGES] == []


def test_words_that_no_screen_shows_are_named(sit: Enter, house: House) -> None:
    bold, quotes = words_of('Press **Wij betalen** or **Wij betaalden**, "Alles" or "Niets" and `"code"`.')
    urls = _addresses(house, Role.MUNICIPALITY)
    assert unseen(sit(Role.MUNICIPALITY), urls, bold) == ["Wij betaalden"]
    assert unspoken(quotes, [Word("Alles")]) == ["Niets"]
