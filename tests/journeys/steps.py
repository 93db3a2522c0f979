"""What people do on a page: fill in by the labels they read, press what they see, look for words."""

from collections.abc import Mapping
from typing import Final

from playwright.sync_api import Locator, Page, Response, expect

TODAY: Final = "11-01-2011"
#: A row of a start page, and not the line that folds some of them.
ROW: Final = ".task:not(:has(details))"


def answer(page: Page, told: Mapping[str, str | bool]) -> None:
    """Fill in a form by label: text in a field, a choice by its words, a tick by yes or no."""
    for label, value in told.items():
        group = page.get_by_role("group", name=label)
        if group.count() and isinstance(value, str):
            group.first.get_by_label(value, exact=True).check()
            continue
        _put(page.get_by_label(label).first, value)


def _put(field: Locator, value: str | bool) -> None:
    if isinstance(value, bool):
        field.set_checked(value)
    elif field.evaluate("one => one.tagName") == "SELECT":
        field.select_option(label=value)
    else:
        field.fill(value)


def press(page: Page, name: str, about: str = "") -> Response:
    """Press the button or follow the link with these words, that of one row when `about` names it.

    Returns: the answer of the server after any redirect.
    """
    main = page.locator("main")
    words = f"{name} {about}".strip()
    found = main.get_by_role("button", name=words, exact=True).or_(
        main.get_by_role("link", name=words, exact=True)
    )
    with page.expect_navigation() as moved:
        found.first.click()
    return moved.value


def act(page: Page, name: str, told: Mapping[str, str | bool], button: str, about: str = "") -> Response:
    """Open a form, fill it in and send it; the house must take it."""
    press(page, name, about)
    answer(page, told)
    taken = press(page, button)
    assert taken.status == 200, page.locator("main").inner_text()
    return taken


def agree(page: Page, name: str, about: str = "") -> Response:
    """Open a step that asks for a yes, and give it."""
    press(page, name, about)
    with page.expect_navigation() as moved:
        page.locator("main form.form button[type=submit]").first.click()
    assert moved.value.status == 200, page.locator("main").inner_text()
    return moved.value


def denied(page: Page, name: str, *why: str) -> None:
    """Open a step that asks for a yes, give it, and read why the house does not take it."""
    press(page, name)
    with page.expect_navigation() as moved:
        page.locator("main form.form button[type=submit]").first.click()
    assert moved.value.status == 422
    sees(page, *why)


def tab(page: Page, name: str) -> None:
    """Open a tab of the dossier."""
    page.get_by_role("navigation", name="Dossier").get_by_role("link", name=name, exact=True).click()


def sees(page: Page, *words: str) -> None:
    """Expect these words on the page."""
    for each in words:
        expect(page.locator("main")).to_contain_text(each)


def misses(page: Page, *words: str) -> None:
    """Expect none of these words anywhere on the page, title and address included."""
    text = " ".join((page.title(), page.url, page.content()))
    assert [each for each in words if each in text] == []


def today(page: Page) -> Locator:
    """Open the start page and everything that is folded on it, and give its rows."""
    page.goto("/vandaag/")
    return unfolded(page)


def unfolded(page: Page) -> Locator:
    """Open what is folded on a start page, and give its rows."""
    folded = page.locator(".task details:not([open]) > summary")
    while folded.count():
        folded.first.click()
    return page.locator(ROW)


def dossier_of(page: Page, name: str) -> str:
    """Open the dossier of a mother from the list, and give its address."""
    page.goto("/moeders/")
    page.get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_url("**/dossier/*/")
    return page.url


def figure(page: Page, row: str, column: str) -> str:
    """Read one number from the page of figures."""
    page.goto("/dekking/")
    at = [head.inner_text().strip() for head in page.locator("main thead th").all()].index(column)
    return page.get_by_role("row").filter(has_text=row).locator("th, td").nth(at).inner_text().strip()
