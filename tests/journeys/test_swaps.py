"""Lists and tasks change in place: the address goes along, the keyboard stays, and back leads back."""

from playwright.sync_api import Page, expect

from tests.journeys.steps import ROW

#: Marks the page that is open: a load takes the mark away, a swap leaves it.
MARK = "window.marked = true"
IS_MARKED = "window.marked === true"
FOCUS = "document.activeElement.innerText.trim().replace(/\\s+/g, ' ')"


def back(page: Page) -> None:
    """Go back, to an address that is then loaded."""
    with page.expect_event("load"):
        page.evaluate("() => void setTimeout(() => history.back())")


def test_a_list_is_filtered_and_sorted_in_place_and_back_leads_back(coordinator: Page) -> None:
    page = coordinator
    page.goto("/moeders/")
    page.evaluate(MARK)
    everybody = page.locator("h1").inner_text()
    page.get_by_role("link", name="Binnen").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/moeders/?waar=binnen")
    expect(page.locator(".chip[aria-current]")).to_contain_text("Binnen")
    expect(page.locator("h1")).to_be_focused()
    assert page.locator("h1").inner_text() != everybody
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.get_by_role("columnheader", name="Vrij, verwacht").get_by_role("link").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/moeders/?waar=binnen&volgorde=-vrij*")
    assert page.evaluate(IS_MARKED)
    sorted_here = page.locator("main").inner_text()
    page.reload()
    assert page.locator("main").inner_text() == sorted_here
    back(page)
    page.wait_for_url("**/moeders/?waar=binnen")
    expect(page.locator(".chip[aria-current]")).to_contain_text("Binnen")
    back(page)
    page.wait_for_url("**/moeders/")
    expect(page.locator("h1")).to_have_text(everybody)


def test_a_task_is_ticked_off_in_place_and_taken_back(coordinator: Page) -> None:
    page = coordinator
    page.goto("/vandaag/")
    page.evaluate(MARK)
    row = page.locator(f"{ROW}:has([data-done])").first
    who, count = row.locator(".task-who a").inner_text(), page.locator("#wacht").inner_text()
    tasks = page.locator(f"{ROW}:not(.is-done)").count()
    row.locator("[data-done]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".task.is-done")).to_contain_text(who)
    assert who in page.evaluate(FOCUS)
    expect(page.locator(f"{ROW}:not(.is-done)")).to_have_count(tasks - 1)
    page.keyboard.press("Tab")
    assert "Herstel" in page.evaluate(FOCUS)
    page.keyboard.press("Enter")
    expect(page.locator(".task.is-done")).to_have_count(0)
    expect(page.locator(f"{ROW}:not(.is-done)")).to_have_count(tasks)
    expect(page.locator("#wacht")).to_have_text(count)
    expect(page.locator("h1")).to_be_focused()
    assert page.evaluate(IS_MARKED)
