"""Each role at work with the keyboard alone: the skip link, the order of stops, a visible ring, the keys."""

from typing import Any, Final

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from gib.core.access.tables import Role
from tests.journeys.conftest import Enter
from tests.journeys.steps import ROW, TODAY, sees
from tests.journeys.test_doors import FIRST_PAGES

MOST: Final = 400
#: Where a keyboard should stop, in the order of the page; a group of choices is one stop.
STOPS: Final = """() => {
    const all = 'a[href], button, input, select, textarea, summary, [tabindex="0"]'
    const groups = new Set()
    window.stops = [...document.querySelectorAll(all)].filter(one => {
        if (one.disabled || one.type === 'hidden' || one.tabIndex < 0 || !one.checkVisibility()) return false
        if (one.type !== 'radio') return true
        const chosen = one.form.querySelector(`[name='${one.name}']:checked`) ?? one
        return chosen === one && !groups.has(one.name) && groups.add(one.name)
    })
    return window.stops.length
}"""
#: What is known of the place where the keyboard is: its number, whether it has a ring and is in sight.
HERE: Final = """async () => {
    await new Promise(requestAnimationFrame)
    const one = document.activeElement
    if (one === document.body) return null
    const shown = [one, one.closest('label'), one.parentElement].find(each => {
        const style = each && getComputedStyle(each)
        return style && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
    })
    const box = (shown ?? one).getBoundingClientRect()
    return {
        at: window.stops.indexOf(one), ring: Boolean(shown), html: one.outerHTML.slice(0, 120),
        sight: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    }
}"""
NAME: Final = """() => {
    const one = document.activeElement
    const words = one.labels?.[0]?.innerText || one.getAttribute('aria-label') || one.innerText || ''
    return words.trim().replace(/\\s+/g, ' ')
}"""
BAD: Final = """<h1>Slecht</h1><a href="#a">een</a><button style="outline: none">twee</button>
<a href="#b" tabindex="3">drie</a><button style="position: absolute; left: -900px">vier</button>"""


def faults(page: Page) -> list[str]:
    """Go through a page with the tab key, and name what is out of order, out of sight or without a ring."""
    page.emulate_media(reduced_motion="reduce")
    number, found, order = page.evaluate(STOPS), [], []
    for _stop in range(number):
        page.keyboard.press("Tab")
        here: dict[str, Any] | None = page.evaluate(HERE)
        if here is None:
            break
        order.append(here["at"])
        found += [f"no ring: {here['html']}"] * (not here["ring"])
        found += [f"out of sight: {here['html']}"] * (not here["sight"])
    if order != list(range(number)):
        found.append(f"out of order: {order}")
    return found


def reach(page: Page, name: str) -> None:
    """Press the tab key until the keyboard stands on what is called like this."""
    seen = []
    for _stop in range(MOST):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(NAME))
        if seen[-1].startswith(name):
            return
    raise AssertionError(f"{name!r} is out of reach: {seen[:60]}")


def go(page: Page, name: str) -> None:
    """Reach a link or a button and press Enter, which leads to another page."""
    reach(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, told: dict[str, str]) -> None:
    """Reach fields one after the other and type; a choice is typed too."""
    for label, text in told.items():
        reach(page, label)
        page.keyboard.type(text)


def choose(page: Page, first: str, wanted: str) -> None:
    """Reach a group of choices by its first, and go with the arrows to the one that is wanted."""
    reach(page, first)
    for _choice in range(MOST):
        if page.evaluate(NAME) == wanted:
            return page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
    raise AssertionError(f"{wanted!r} is out of reach")


def heading(page: Page) -> str:
    """Give the heading of the page."""
    return page.get_by_role("heading", level=1).inner_text()


@pytest.mark.parametrize("role", FIRST_PAGES)
def test_the_first_page_of_each_role_is_walked_stop_by_stop(enter: Enter, role: Role) -> None:
    page = enter(role)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Naar de inhoud")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"
    page.goto(FIRST_PAGES[role][0])
    assert faults(page) == []


def test_a_page_that_keys_cannot_walk_is_found(open_browser: Any) -> None:
    context: BrowserContext = open_browser()
    page = context.new_page()
    page.set_content(BAD)
    found = faults(page)
    for fault in ("no ring: <button", "out of sight: <button", "out of order"):
        assert any(each.startswith(fault) for each in found), found


def test_a_coordinator_works_through_her_list(coordinator: Page) -> None:
    page, focus = coordinator, "document.activeElement"
    rows = page.locator(".task-who a").all_inner_texts()
    for key, row in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        assert page.evaluate(f"{focus}.innerText") == rows[row]
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert not page.url.endswith("/vandaag/")
    page.goto("/vandaag/")
    with page.expect_navigation():
        page.keyboard.press("?")
    assert heading(page) == "Werken met toetsen"
    page.goto("/vandaag/")
    with page.expect_navigation():
        page.keyboard.press("/")
    write(page, {"Naam of dossiernummer": "Gardenia Vert ? jk"})
    assert page.url.endswith("/zoeken/")
    page.goto("/zoeken/")
    write(page, {"Naam of dossiernummer": "Gardenia Vert"})
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Gevonden: 1")).to_be_focused()
    go(page, "Gardenia V.")
    assert "Gardenia" in heading(page)


def test_a_coordinator_finishes_a_step_and_takes_it_back(coordinator: Page) -> None:
    page = coordinator
    page.goto("/vandaag/")
    done = page.locator("[data-done]")
    about = page.locator(f"{ROW}:has([data-done])").first
    who, before = about.locator(".task-who a").inner_text(), done.count()
    about.locator(".task-who a").focus()
    with page.expect_navigation():
        page.keyboard.press("e")
    told = page.get_by_role("status").filter(has_text="Klaar:")
    expect(told).to_contain_text(who)
    expect(told).to_be_focused()
    assert done.count() == before - 1
    go(page, "Herstel")
    assert done.count() == before
    about.locator(".task-who a").focus()
    with page.expect_navigation():
        page.keyboard.press("n")
    assert heading(page) == "Nieuw verslag"


def test_a_coordinator_proposes_from_the_board(coordinator: Page) -> None:
    page = coordinator
    page.goto("/koppelbord/")
    assert faults(page) == []
    page.goto("/koppelbord/")
    reach(page, "Lavendel B.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Voor Lavendel B.")).to_be_visible()
    go(page, "Stel voor")
    go(page, "Vraag beiden")
    assert heading(page) == "Lavendel B."
    sees(page, "Voorgesteld")


#: Folds the second and the third row of the first list, as a long list does.
FOLD = """() => {
    const [, second, third] = document.querySelectorAll(".cols .task");
    const made = ["li", "details", "summary", "ul"].map((tag) => document.createElement(tag));
    const [row, fold, line, list] = made;
    row.className = "task";
    line.textContent = "Nog 2";
    second.before(row);
    row.append(fold);
    fold.append(line, list);
    list.append(second, third);
}"""


def test_a_closed_fold_is_one_stop_and_an_open_one_is_walked_through(coordinator: Page) -> None:
    rows = coordinator.locator(".task-who a").all_inner_texts()
    coordinator.evaluate(FOLD)

    def walked(keys: str) -> list[str]:
        found = []
        for key in keys:
            coordinator.keyboard.press(key)
            found.append(coordinator.evaluate("document.activeElement.innerText"))
        return found

    assert walked("jjjkk") == [rows[0], "Nog 2", rows[3], "Nog 2", rows[0]]
    assert walked("j") == ["Nog 2"]
    coordinator.keyboard.press("Enter")
    assert walked("jjj") == rows[1:4]


def test_keys_that_are_off_do_nothing(coordinator: Page) -> None:
    coordinator.goto("/hulp/toetsen/")
    reach(coordinator, "Toetsen aan")
    coordinator.keyboard.press("Enter")
    coordinator.goto("/vandaag/")
    coordinator.keyboard.press("j")
    assert coordinator.evaluate("document.activeElement.tagName") == "BODY"


def test_a_deputy_opens_a_plan(enter: Enter) -> None:
    page = enter(Role.DEPUTY)
    go(page, "Moeders")
    name = page.locator("main tbody a").first.inner_text()
    go(page, name)
    go(page, "Plan")
    assert page.url.endswith("/plan/")


def test_a_volunteer_tells_of_a_visit(volunteer: Page) -> None:
    go(volunteer, "Nieuw verslag")
    choose(volunteer, "½", "1½")
    choose(volunteer, "Zwaar", "Fijn")
    go(volunteer, "Bewaar")
    assert volunteer.get_by_role("alert").count() == 0
    volunteer.goto("/mijn-dag/")
    sees(volunteer, "1½ uur")


def test_a_referrer_repairs_a_date(referrer: Page) -> None:
    go(referrer, "Meld een moeder aan")
    write(referrer, {"Roepnaam": "Zonneroos", "Achternaam": "Zandloper", "Geboortedatum": "31-02-1985"})
    go(referrer, "Controleer en verstuur")
    expect(referrer.get_by_role("alert")).to_be_focused()
    reach(referrer, "Geboortedatum")
    referrer.keyboard.press("Enter")
    expect(referrer.get_by_label("Geboortedatum")).to_be_focused()
    referrer.keyboard.press("Control+A")
    referrer.keyboard.type("28-02-1985")
    write(referrer, {"Afdeling": "B2", "Op welke dag zei zij ja?": TODAY, "Kinderen": "2"})
    go(referrer, "Controleer en verstuur")
    go(referrer, "Verstuur")
    referrer.goto("/aanmelden/mijn/")
    sees(referrer, "Zonneroos Z.")


def test_a_municipality_answers(enter: Enter) -> None:
    page = enter(Role.MUNICIPALITY, "Heerlen")
    name = page.locator("main tbody a").first.inner_text()
    go(page, name)
    go(page, "Wij betalen niet")
    reach(page, page.locator("main form label").first.inner_text())
    page.keyboard.press("Space")
    go(page, "Verstuur")
    assert page.get_by_role("alert").count() == 0


def test_a_safety_house_refers(enter: Enter) -> None:
    page = enter(Role.SAFETY_HOUSE)
    go(page, "Mijn aanmeldingen")
    go(page, "Meld een moeder aan")
    assert page.url.endswith("/aanmelden/")


def test_a_project_leader_opens_a_municipality(leader: Page) -> None:
    go(leader, "Amersfoort")
    assert "Amersfoort" in heading(leader)


def test_an_administrator_signs_somebody_out(enter: Enter) -> None:
    page = enter(Role.TECHNICAL_ADMIN)
    go(page, "Meld overal af")
    sees(page, "Dat is gebeurd.")


def test_a_privacy_officer_turns_a_page(enter: Enter) -> None:
    page = enter(Role.PRIVACY_OFFICER)
    assert heading(page) == "Wie keek waar"
    go(page, "Hulp")
    go(page, "Gezin in Balans")
    assert heading(page) == "Wie keek waar"
