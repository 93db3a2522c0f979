"""Every kind of page for every role, filled and with errors, as axe sees it; none is too wide."""

import sys
from collections import Counter
from collections.abc import Callable
from itertools import islice

import pytest
from playwright.sync_api import BrowserContext, Page

from gib.core.access.tables import Role
from tests.access.oracle import ALLOWED
from tests.journeys.conftest import Enter
from tests.journeys.house import House
from tests.journeys.seeing import SEEN, look, opened, spoilt

WORLD = "full"
#: Role -> in how many parts its pages are looked at, so that two browsers share the work.
PARTS = {
    Role.COORDINATOR: 5,
    Role.DEPUTY: 4,
    Role.PROJECT_LEADER: 1,
    Role.VOLUNTEER: 1,
    Role.REFERRER: 1,
    Role.MUNICIPALITY: 1,
    Role.SAFETY_HOUSE: 1,
    Role.TECHNICAL_ADMIN: 1,
    Role.PRIVACY_OFFICER: 1,
    Role.EMERGENCY: 1,
}
BAD = (
    "<main><h1>Slecht</h1><p style='color:#ccc'>Te licht</p><img src='x.png'><input>"
    "<div style='width:2000px'>Breed</div></main>"
)

WORDS = "<main><h1 id='{2}'>{0}</h1><a class='btn' href='/{2}/' aria-label='{1}'>{0}</a><p>{1}</p></main>"
#: Where a fault shows -> a style that shows it there only.
STYLES = {
    "color-contrast": "@media (prefers-color-scheme: light) and (min-width: 999px) {p {color: #ccc}}",
    "dark 1280: color-contrast": (
        "@media (prefers-color-scheme: dark) and (min-width: 999px) {p {color: #111; background: #000}}"
    ),
    "dark 360: color-contrast": (
        "@media (prefers-color-scheme: dark) and (max-width: 400px) {p {color: #111; background: #000}}"
    ),
    "light 360: color-contrast": (
        "@media (prefers-color-scheme: light) and (max-width: 400px) {p {color: #ccc; background: #fff}}"
    ),
    "target-size": "@media (min-width: 999px) {button {padding: 0; width: 9px; height: 9px; margin: 0}}",
    "light 360: target-size": (
        "@media (max-width: 400px) {button {padding: 0; width: 9px; height: 9px; margin: 0}}"
    ),
    "light 1280: 128 px too wide": (
        "@media (prefers-color-scheme: light) and (min-width: 999px) {body {margin: 0} p {width: 110%}}"
    ),
    "light 360: 36 px too wide": (
        "@media (prefers-color-scheme: light) and (width: 360px) {body {margin: 0} p {width: 110%}}"
    ),
    "light 320: 32 px too wide": "@media (width: 320px) {body {margin: 0} p {width: 110%}}",
    "letters of 200 %: 320 px too wide": "@media (min-width: 999px) {body {margin: 0} p {width: 50rem}}",
    "dark 1280: 128 px too wide": (
        "@media (prefers-color-scheme: dark) and (min-width: 999px) {body {margin: 0} p {width: 110%}}"
    ),
    "dark 360: 36 px too wide": (
        "@media (prefers-color-scheme: dark) and (max-width: 400px) {body {margin: 0} p {width: 110%}}"
    ),
}


def _asks(role: Role, kind: str) -> bool:
    """Tell whether the form of a page is spoilt by this role: once per template is enough."""
    return role is next(each for each in PARTS if each in ALLOWED[kind.split()[0]])


@pytest.mark.parametrize(("role", "part"), [(role, part) for role in PARTS for part in range(PARTS[role])])
def test_axe_finds_nothing_on_any_page(sit: Enter, house: House, role: Role, part: int) -> None:
    page = sit(role)
    kinds = islice(house.people[role]["kinds"].items(), part, None, PARTS[role])
    found: Counter[str] = Counter()
    closed, forms = [], 0
    for kind, urls in kinds:
        if not opened(page, urls):
            closed.append(kind)
            continue
        found.update(f"{fault} on {kind}" for fault in look(page))
        if _asks(role, kind) and spoilt(page):
            forms += 1
            found.update(f"with errors: {fault} on {kind}" for fault in look(page))
    sys.stdout.write(f"\n{role} {part}: never open: {closed}; {forms} forms\n")
    assert not found, "\n".join(found)


def test_axe_finds_nothing_where_a_key_is_taken_away(sit: Enter, house: House) -> None:
    page = sit(Role.PROJECT_LEADER)
    try:
        for url in house.told("keys"):
            page.goto(url)
            assert page.url.endswith(url)
            assert look(page) == [], url
    finally:
        house.told("no_keys")


def test_a_bad_page_is_found(open_browser: Callable[..., BrowserContext]) -> None:
    page: Page = open_browser().new_page()
    page.set_content(BAD)
    found = look(page)
    for rule in ("color-contrast", "image-alt", "label", "px too wide"):
        assert any(rule in fault for fault in found), rule


@pytest.mark.parametrize("fault", STYLES)
def test_what_shows_in_one_way_only_is_found(open_browser: Callable[..., BrowserContext], fault: str) -> None:
    page: Page = open_browser().new_page()
    body = "<main><h1>Kop</h1><p>Woorden</p><button>Ja</button><button>Nee</button></main>"
    page.set_content(
        "<!doctype html><html lang='nl'><head><title>Blad</title><meta name='viewport'"
        f" content='width=device-width'><style>{STYLES[fault]}</style></head><body>{body}</body></html>"
    )
    assert fault in {each.partition(": <")[0] for each in look(page)}


def test_pages_of_one_shape_are_judged_once_and_others_each(
    open_browser: Callable[..., BrowserContext],
) -> None:
    page: Page = open_browser().new_page()

    def new(content: str) -> tuple[int, list[str]]:
        before = len(SEEN)
        page.set_content(content)
        found = look(page)
        return len(SEEN) - before, [fault.partition(":")[0] for fault in found if "too wide" in fault]

    one = WORDS.format("Nachtegaal", "Naar haar kind", "k1")
    assert new(one) == (1, [])
    assert new(WORDS.format("Putter", "Naar haar vader", "k2")) == (0, [])
    wide = ["light 320", "letters of 200 %"]
    assert new(WORDS.format("Putter" * 99, "Naar haar vader", "k3")) == (0, wide)
    assert new(WORDS.format("Nachtegaal", "Nachtegaal", "k1")) == (1, [])
    for was, now in (("Nachtegaal", "N"), ("btn", "badge"), ("<p>", "<p lang='x'>"), ("</p>", "</p><hr>")):
        assert new(one.replace(was, now)) == (1, []), now
    assert new(one.replace("</h1><a", "</h1><a style='display: inline-block; height: 9px'")) == (1, [])
