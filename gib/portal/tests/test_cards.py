"""The card that leads to telling about a visit: its code is read back, and a lost one tells nothing."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import override_settings
from django.urls import resolve

from gib.core.access.tables import Role
from gib.portal import papers
from gib.portal.tests.test_phone_page import Visiting, visiting
from gib.portal.tests.town import TODAY, Town, page
from gib.portal.tests.town import build as build_town

__all__ = ["visiting"]
AT = datetime(2011, 1, 11, 9, tzinfo=UTC)
ADDRESS = "https://gib.example.nl/geweest/"
Matrix = list[list[bool]]


def drawn(svg: str) -> Matrix:
    """Read the modules of a code from its picture: lines of dark modules, each from where the last ended."""
    size = int(re.findall(r'width="(\d+)"', svg)[0])
    dark = [[False] * size for _row in range(size)]
    x, y = 0, 0.5
    for move, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", svg.rpartition(' d="')[2]):
        if move == "h":
            dark[int(y)][x : x + int(first)] = [True] * int(first)
            x += int(first)
        else:
            x, y = (x, y) if move == "m" else (0, 0.0)
            x, y = x + int(first), y + float(second)
    return [row[papers.QUIET : -papers.QUIET] for row in dark[papers.QUIET : -papers.QUIET]]


#: Which modules each mask turns over, by row and column. Source: ISO/IEC 18004, table 10.
MASKS: list[Callable[[int, int], bool]] = [
    lambda y, x: (y + x) % 2 == 0,
    lambda y, x: y % 2 == 0,
    lambda y, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: y * x % 2 + y * x % 3 == 0,
    lambda y, x: (y * x % 2 + y * x % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2 == 0,
]
#: How many words of data a code of 29 by 29 holds at level Q, in two blocks that take turns.
WORDS = 34


def is_fixed(y: int, x: int) -> bool:
    """Tell whether a module of a code of 29 by 29 belongs to a pattern and holds no data."""
    corner = (y < 9 and (x < 9 or x > 20)) or (y > 20 and x < 9)
    return corner or 6 in (y, x) or (20 <= y <= 24 and 20 <= x <= 24)


def walk() -> Iterator[tuple[int, int]]:
    """Go through the data as it is written: up and down in columns of two, from the right."""
    for turn, right in enumerate([*range(28, 7, -2), 5, 3, 1]):
        for y in range(28, -1, -1) if turn % 2 == 0 else range(29):
            yield from ((y, x) for x in (right, right - 1) if not is_fixed(y, x))


def decoded(code: Matrix) -> str:
    """Read a code of version 3 and level Q as a telephone does, without correcting anything."""
    assert len(code) == 29
    told = int("".join(str(int(code[8][x])) for x in range(5)), 2) ^ 0b10101
    level, mask = divmod(told, 8)
    assert level == 0b11, "level Q"
    bits = "".join(str(int(code[y][x] ^ MASKS[mask](y, x))) for y, x in walk())
    words = [bits[at : at + 8] for at in range(0, WORDS * 8, 8)]
    text = "".join(words[0::2] + words[1::2])
    assert text[:4] == "0100", "bytes"
    length = int(text[4:12], 2)
    return bytes(int(text[at : at + 8], 2) for at in range(12, 12 + length * 8, 8)).decode()


@pytest.mark.parametrize("address", [ADDRESS, "http://localhost:8000/geweest/"])
def test_the_code_on_the_card_reads_as_the_address(address: str) -> None:
    assert decoded(drawn(papers.card_words(address)["code"])) == address


def test_a_code_in_which_one_letter_is_spoilt_is_read_otherwise() -> None:
    """The control: the reader sees what is drawn, not what should be there."""
    code = drawn(papers.code(ADDRESS))
    code[24][28] = not code[24][28]
    assert decoded(code) != ADDRESS


def test_the_address_names_nobody() -> None:
    found = resolve("/geweest/")
    assert (found.view_name, found.kwargs) == ("products:been", {})
    assert papers.card_words(ADDRESS)["address"] == "gib.example.nl/geweest/"


def test_a_lost_card_tells_of_no_prison_no_house_and_no_person() -> None:
    words = papers.card_words(ADDRESS)
    text = " ".join([words["title"], *words["words"], words["alt"]]).lower()
    for word in ("gezin in balans", "gevangenis", "detentie", "inrichting", "moeder", "vrijwilliger"):
        assert word not in text
    assert "gooi het maar weg" in text


def test_the_sheet_is_accessible_the_same_each_time_and_one_page() -> None:
    sheet = papers.cards(ADDRESS, AT)
    assert sheet == papers.cards(ADDRESS, AT)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in sheet
    assert b"Gezin in Balans" not in sheet
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1


@pytest.mark.django_db(databases="__all__")
@pytest.mark.usefixtures("_strict")
class TestWhoPrintsIt:
    """The volunteer herself, or her coordinator; for everybody it is the same sheet."""

    def test_from_the_page_of_the_day(self, visiting: Visiting) -> None:
        link = page(visiting.client.get("/mijn-dag/")).find("a", href="/kaartje/")
        assert "Kaartje met code" in link.get_text()
        with override_settings(SITE_URL="https://gib.example.nl"):
            answer = visiting.client.get(link["href"])
        assert answer["Content-Type"] == "application/pdf"
        assert 'filename="kaartjes.pdf"' in answer["Content-Disposition"]
        assert b"Madelief" not in answer.content

    def test_coordinators_and_volunteers_and_nobody_else(self, seen: Any) -> None:
        town: Town = build_town()
        may = {"ours", "theirs", Role.DEPUTY, Role.VOLUNTEER}
        for name, client in town.browsers.items():
            assert client.get("/kaartje/").status_code == (200 if name in may else 403), name
            assert client.post("/kaartje/").status_code in (403, 405)

    def test_the_page_of_a_volunteer_leads_to_it(self, seen: Any) -> None:
        town = build_town()
        shown = page(town["ours"].get(f"/vrijwilligers/{town.volunteer_id}/"))
        assert shown.find("a", href="/kaartje/") is not None
        assert town.now.on == TODAY
