"""The tutorial, followed step by step and word by word; `make pictures` keeps the pictures it takes."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import BrowserContext, Locator, Page

from gib.core.access.tables import Role
from tests.journeys.conftest import Enter
from tests.journeys.house import ROOT
from tests.journeys.steps import TODAY, answer, press, tab, unfolded
from tests.journeys.tutorial import (
    HEAVIEST,
    SHARPNESS,
    Picture,
    Reader,
    Step,
    faults_of_album,
    follow,
    photograph,
    pictures_of,
    size_of,
    steps_of,
)

TEXT: Final = ROOT / "docs/tutorials/first-day.md"
ALBUM: Final = TEXT.parent / "pictures"
DESK: Final = {"width": 1280, "height": 800}
PHONE: Final = {"width": 390, "height": 720}
ALONE: Final = {"Er was geen medewerker van de inrichting bij.": True}
CENTRE: Final = "one => one.scrollIntoView({block: 'center', behavior: 'instant'})"
BUSY: Final = "Binnen 2 werkdagen antwoord"
PLANTED: Final = """# Title with **bold**

Before **all**.

## One

1. Press **Neem aan** (`accept`), then **Klaar**.

   ![The "Lijst".](pictures/a.webp)

   Only prose.

## Two

She says "Bel haar".
"""
SCREEN: Final = """<h1>Lijst</h1><button>Neem aan</button><p>Bel haar.</p><p hidden>Klaar</p>
<p style="margin-top: 3000px">Onder</p>"""


@dataclass
class Day:
    """The windows of somebody who follows the tutorial, and what she sees in them."""

    enter: Enter
    eye: Reader

    def step_in(self, role: Role, who: str, size: dict[str, int] = DESK) -> Page:
        """Open the list of doors in a window, look at it, and step in."""
        page = self.enter(role, who, viewport=size, device_scale_factor=SHARPNESS, reduced_motion="reduce")
        here = page.url
        self.eye.look(page).goto("/demo/")
        self.eye.look()
        page.goto(here)
        return self.eye.look(page)

    def press(self, name: str, about: str = "") -> None:
        """Press what is named, with a look before and after."""
        self.eye.look()
        press(self.eye.page, name, about)
        self.eye.look()

    def fill(self, told: dict[str, str | bool], button: str) -> None:
        """Fill in a form, look at it, and send it."""
        answer(self.eye.page, told)
        self.press(button)

    def agree(self, name: str, about: str = "") -> None:
        """Press a button, and the one that asks whether it is meant."""
        self.press(name, about)
        self.eye.follow(self.eye.page.locator("main form.form button[type=submit]"))

    def tab(self, name: str) -> None:
        """Open a tab of the dossier."""
        self.eye.look()
        tab(self.eye.page, name)
        self.eye.look()

    def menu(self, name: str) -> None:
        """Go to a page of the menu."""
        menu = self.eye.page.get_by_role("navigation", name="Hoofdmenu")
        self.eye.follow(menu.get_by_role("link", name=name, exact=True))

    def task(self, *words: str) -> Locator:
        """Find a row of the start page by the words in it."""
        found = unfolded(self.eye.page)
        for each in words:
            found = found.filter(has_text=each)
        return found.first


Walk = Callable[[Day, dict[str, Page]], Iterator[None]]


def _begin(day: Day, windows: dict[str, Page]) -> Iterator[None]:
    windows["desk"] = day.step_in(Role.COORDINATOR, "Hanneke")
    yield


def _what_waits(day: Day, windows: dict[str, Page]) -> Iterator[None]:
    yield
    yield
    row = day.task("Madelief L.", "Bel haar vandaag")
    row.get_by_role("button", name="Klaar").click()
    day.eye.page.get_by_role("button", name="Herstel").wait_for()
    yield


def _referral(day: Day, windows: dict[str, Page]) -> Iterator[None]:
    day.eye.follow(day.eye.page.get_by_role("link", name="Madelief S."))
    yield
    day.press("Neem aan")
    yield
    day.press("Plan intake")
    day.fill({"Op welke dag?": TODAY, "Hoe laat?": "10:30"}, "Plan")
    yield
    day.step_in(Role.REFERRER, "NSL")
    day.menu("Mijn aanmeldingen")
    yield


def _talk(day: Day, windows: dict[str, Page]) -> Iterator[None]:
    day.eye.look(windows["desk"])
    day.press("Het gesprek is gehouden")
    day.fill({"Op welke dag was het gesprek?": TODAY}, "Bewaar")
    yield
    for part, told in (
        ("Hoe gaat het?", {"Opvoeden: haar cijfer": "2"}),
        ("Wat zij wil", {"Wat wil zij het liefst?": "Zelf mijn kinderen naar bed brengen"}),
        ("Wat wij kunnen bieden", {"Bezoekmoeders": "Wil zij"}),
    ):
        day.press(part)
        day.fill(dict(told), "Bewaar")
        yield
    day.press("Rond de intake af")
    yield
    day.press("Toestemming voor hulp")
    day.fill({"Wat zegt zij?": "Ja", "Waar was dat?": "In de inrichting"} | ALONE, "Bewaar haar antwoord")
    yield
    day.press("Rond de intake af")
    day.press("Naar het dossier")
    yield


def _plan(day: Day, windows: dict[str, Page]) -> Iterator[None]:
    day.tab("Plan")
    day.press("Stel een traject voor")
    day.press("Stel voor")
    yield
    day.agree("Zij zegt ja")
    day.agree("Start binnen")
    yield
    day.press("Nieuwe stap")
    told = {"Wat is de stap?": "Samen oefenen met voorlezen", "Wanneer in haar weg": "Naar buiten"}
    goal = {"Bij welk doel": "Zelf mijn kinderen naar bed brengen"}
    day.fill(told | goal | {"Of: zoveel weken vóór haar vrijlating": "2"}, "Bewaar")
    yield
    day.agree("Bezoekmoeders")
    day.agree("Bied aan", "Bezoekmoeders")
    day.agree("Plan", "Bezoekmoeders")
    day.eye.page.get_by_role("heading", name="Onderdelen").evaluate(CENTRE)
    yield


def _volunteer(day: Day, windows: dict[str, Page]) -> Iterator[None]:
    day.press("Zoek vrijwilliger", "Bezoekmoeders")
    yield
    day.press("Stel voor", "Dien P.")
    day.press("Vraag beiden")
    yield
    for who in ("Antwoord van de vrijwilliger", "Antwoord van de moeder"):
        day.press(who)
        day.fill({"Het antwoord": "Ja"}, "Bewaar")
    yield


def _mother(day: Day, windows: dict[str, Page]) -> Iterator[None]:
    day.menu("Moeders")
    day.eye.follow(day.eye.page.get_by_role("link", name="Gardenia V.", exact=True))
    yield
    yield
    day.tab("Kinderen")
    yield
    day.press("Wie keek hier")
    yield


def _visitor(day: Day, windows: dict[str, Page]) -> Iterator[None]:
    phone = day.step_in(Role.VOLUNTEER, "Truus", PHONE)
    yield
    day.press("Ik ben geweest")
    answer(phone, {"Hoe lang, in uren": "1½", "Hoe ging het": "Fijn"})
    yield
    day.press("Bewaar")
    yield
    day.menu("Mijn dag")
    day.press("Er is hulp nodig", BUSY)
    day.fill({"Waar gaat het over?": "Schulden", "Wat zag of hoorde je?": "Zij krijgt brieven."}, "Verstuur")
    yield
    day.eye.look(windows["desk"])
    day.menu("Vandaag")
    day.eye.follow(day.task("Gardenia V.", "Schulden").get_by_role("link", name="Weeg"))
    day.fill({"Wat doet u ermee?": "Overdragen aan hulp"}, "Bewaar")
    yield


def _request(day: Day, windows: dict[str, Page]) -> Iterator[None]:
    day.menu("Moeders")
    day.eye.follow(day.eye.page.get_by_role("link", name="Gardenia V.", exact=True))
    day.tab("Papieren")
    day.press("Vraag toestemming")
    day.press("Vraag aan een gemeente")
    day.fill({"Voor wie?": "Utrecht"}, "Vraag dit")
    day.press("Zij zegt ja")
    day.fill({"Waar zei zij ja?": "In de inrichting"} | ALONE, "Bewaar")
    yield
    day.tab("Financiering")
    day.press("Vraag de gemeente")
    day.press("Begin")
    day.press("Verstuur")
    yield
    day.press("Verstuur naar de gemeente")
    yield
    desk = day.step_in(Role.MUNICIPALITY, "Utrecht")
    day.eye.follow(desk.get_by_role("row").filter(has_text="di 11 jan").get_by_role("link"))
    yield


def _silence(day: Day, windows: dict[str, Page]) -> Iterator[None]:
    day.eye.look(windows["desk"])
    day.menu("Vandaag")
    day.eye.follow(day.task("Petunia K.", "Amersfoort").get_by_role("link", name="Bekijk"))
    yield
    day.press("Geen antwoord")
    day.press("Leg vast")
    yield
    day.menu("Vandaag")
    day.eye.follow(day.task("Madelief L.", "Niet gedekt").get_by_role("link", name="Vul in"))
    day.fill({"Waar gaat zij heen?": "Een gemeente", "Welke gemeente?": "Utrecht"}, "Bewaar")
    day.menu("Vandaag")
    yield


def _figure(day: Day, windows: dict[str, Page]) -> Iterator[None]:
    day.menu("Meer")
    day.press("Cijfers")
    yield
    day.press("Moeders")
    yield
    day.step_in(Role.PROJECT_LEADER, "Petra")
    yield


#: What is done below each heading of the text.
WALKS: Final[dict[str, Walk]] = {
    "Begin": _begin,
    "What waits": _what_waits,
    "A new referral": _referral,
    "The talk": _talk,
    "The plan": _plan,
    "A volunteer": _volunteer,
    "A mother and her visitor": _mother,
    "What the visitor sees": _visitor,
    "The request to her municipality": _request,
    "When it stays silent": _silence,
    "A figure": _figure,
}


def _keep(page: Page, step: Step) -> None:
    """Take the pictures of a step; keep them when asked to, and else hold them to those that are kept."""
    for each in step.pictures:
        taken, kept = photograph(page), ALBUM / each.name
        if os.environ.get("GIB_TEST_PICTURES"):
            kept.write_bytes(taken)
        assert size_of(kept.read_bytes()) == size_of(taken), f"{each.name}: run `make pictures`"


def test_the_first_day_goes_as_the_tutorial_tells(enter: Enter) -> None:
    steps = steps_of(TEXT.read_text("utf-8"))
    assert list(dict.fromkeys(step.section for step in steps)) == list(WALKS)
    day, windows = Day(enter, Reader()), dict[str, Page]()
    for section, walk in WALKS.items():
        told = [step for step in steps if step.section == section]
        follow(day.eye, told, walk(day, windows), _keep)


def test_the_album_of_the_tutorial_is_complete_and_light() -> None:
    assert list(faults_of_album(steps_of(TEXT.read_text("utf-8")), ALBUM)) == []


@pytest.mark.parametrize("name", ["README.md", "README.nl.md"])
def test_the_first_page_shows_a_picture_of_the_album(name: str) -> None:
    pieces = MarkdownIt().parse((ROOT / name).read_text("utf-8"))
    shown = [picture for piece in pieces for picture in pictures_of(piece.children or [])]
    assert [(ROOT / each.path).parent for each in shown] == [ALBUM]
    assert all((ROOT / each.path).is_file() and each.alt for each in shown)


def test_a_text_is_read_as_things_to_do_and_to_see() -> None:
    assert steps_of(PLANTED) == [
        Step("One", ["Neem aan", "Klaar"], [], [Picture("pictures/a.webp", 'The "Lijst".')]),
        Step("Two", [], ["Bel haar"]),
    ]


def test_words_that_no_screen_shows_are_named(open_browser: Callable[..., BrowserContext]) -> None:
    eye = Reader()
    eye.look(open_browser().new_page()).set_content(SCREEN)
    assert eye.lacks(Step("One", ["Neem aan", "Bel haar.", "Onder"], ["haar"])) == []
    album = [Picture("a.webp", 'The "Lijst" and "Onder".')]
    step = Step("One", ["Neem", "Klaar", "Weg"], ["Bel hem"], album)
    assert eye.lacks(step) == ["Neem", "Klaar", "Weg", "Bel hem", "in sight: Onder"]
    with pytest.raises(AssertionError, match="One"):
        follow(eye, [step], iter([None]), lambda page, step: None)
    with pytest.raises(ValueError, match="shorter"):
        follow(eye, [Step("One"), Step("One")], iter([None]), lambda page, step: None)
    with pytest.raises(ValueError, match="longer"):
        follow(eye, [Step("One")], iter([None, None]), lambda page, step: None)


def test_a_picture_too_few_too_many_or_too_heavy_is_named(tmp_path: Path) -> None:
    step = Step("One", pictures=[Picture("a.webp", 'The "list".'), Picture("b.webp", "")])
    (tmp_path / "b.webp").write_bytes(b"0" * HEAVIEST)
    (tmp_path / "c.webp").write_bytes(b"0")
    assert list(faults_of_album([step], tmp_path)) == [
        "missing: a.webp",
        "not used: c.webp",
        "without words: b.webp",
        "too heavy: 600001 bytes",
    ]
