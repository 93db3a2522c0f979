"""What only a browser can tell: contrast, targets, overflow, keys, swaps under the content policy, paper."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from playwright.sync_api import Browser, Page, Playwright

from gib.core.access.guard import public
from gib.core.ui import posting, samples

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}}
LIST = """{% extends "ui/page.html" %}{% block title %}Lijst{% endblock %}{% block main %}<h1>Lijst</h1>
<p><button class="btn" hx-get="/lijst/?n=2" hx-target="#deel" hx-swap="outerHTML">Nog een</button>
<button class="btn" type="button" hx-get="/stuk/" hx-target="#deel">Stuk</button></p>
<section id="deel"><h2>Deel {{ n }}</h2><ul class="tasks">
<li class="task"><p class="task-who"><a href="#een">Een</a></p></li>
<li class="task"><p class="task-who"><a href="#twee">Twee</a></p></li></ul></section>
<input aria-label="Zoek">{% endblock %}"""


@public
def listing(request: HttpRequest) -> HttpResponse:
    html = engines["django"].from_string(LIST).render({"n": request.GET.get("n", "1")}, request)
    part = html[html.index('<section id="deel">') : html.index("</section>") + 10]
    return HttpResponse(part if request.htmx else html)


@public
def broken(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<h1>geheim</h1>", status=500)


@public
def asking(request: HttpRequest) -> HttpResponse:
    form = samples.SampleForm(request.POST or None)
    return posting.answer(request, form, "ui/form_page.html", lambda _command: "/lijst/", {"title": "Vraag"})


@public
def drafting(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return HttpResponse(status=204)
    return HttpResponse(
        engines["django"]
        .get_template("ui/form_page.html")
        .render({"title": "Verslag", "form": samples.SampleForm(), "draft": "/concept/"}, request)
    )


urlpatterns = [
    path("", include("gib.core.ui.urls")),
    path("lijst/", listing),
    path("stuk/", broken),
    path("vraag/", asking),
    path("concept/", drafting),
]
pytestmark = [
    pytest.mark.journey,
    pytest.mark.urls(__name__),
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no browser on this machine"),
]


@pytest.fixture(scope="module")
def browser_here(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def page(browser_here: Browser, live_server: Any) -> Iterator[Page]:
    """Open a page that fails on any complaint of the browser, such as a breach of the content policy."""
    context = browser_here.new_context(base_url=live_server.url, locale="nl-NL")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert [line for line in said if "500" not in line and "422" not in line] == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/onderdelen/", "/hulp/toetsen/", "/lijst/", "/vraag/"])
def test_axe_finds_nothing(page: Page, address: str, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(address)
    if address == "/vraag/":
        page.get_by_role("button", name="Bewaar").click()
        page.wait_for_selector(".summary")
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize(("width", "text"), [(320, "100%"), (640, "200%"), (1280, "100%"), (1280, "200%")])
def test_nothing_scrolls_sideways(page: Page, width: int, text: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/onderdelen/")
    page.evaluate("size => document.documentElement.style.setProperty('font-size', size)", text)
    room = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert room <= 0


def test_right_to_left_works_by_one_attribute(page: Page) -> None:
    page.goto("/onderdelen/")
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_icons_of_the_sprite_are_drawn_under_the_content_policy(page: Page) -> None:
    policy = page.goto("/onderdelen/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    page.wait_for_function("document.querySelector('.btn .icon use').getBoundingClientRect().width > 4")
    sizes = page.eval_on_selector_all(".icon use", "all => all.map(one => one.getBoundingClientRect().width)")
    assert min(sizes) > 0


def test_a_swap_replaces_its_part_and_takes_the_focus_to_the_heading(page: Page) -> None:
    page.goto("/lijst/")
    page.get_by_role("button", name="Nog een").click()
    page.wait_for_selector("text=Deel 2")
    assert page.locator("#deel").count() == 1
    assert page.evaluate("document.activeElement.textContent") in ("Deel 2", "Nog een")


def test_a_fault_during_a_swap_says_so_and_shows_nothing_of_it(page: Page) -> None:
    page.goto("/lijst/")
    page.get_by_role("button", name="Stuk").click()
    page.wait_for_selector("#melding .notice")
    assert "Dit is niet gelukt" in page.locator("#melding").inner_text()
    assert "geheim" not in page.content()
    assert "Deel 1" in page.locator("#deel").inner_text()


def test_the_list_of_errors_takes_the_focus_and_its_links_lead_to_the_fields(page: Page) -> None:
    page.goto("/vraag/")
    page.get_by_role("button", name="Bewaar").click()
    page.wait_for_selector(".summary")
    assert page.evaluate("document.activeElement.className") == "summary"
    page.locator(".summary a").first.click()
    assert page.evaluate("document.activeElement.id") == "id_first_name"


def test_keys_walk_the_tasks_but_never_while_typing(page: Page) -> None:
    page.goto("/lijst/")
    here = "document.activeElement.textContent"
    page.keyboard.press("j")
    assert page.evaluate(here) == "Een"
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate(here) == "Twee"
    page.keyboard.press("k")
    assert page.evaluate(here) == "Een"
    page.get_by_label("Zoek").fill("")
    page.keyboard.type("jk?")
    assert page.get_by_label("Zoek").input_value() == "jk?"


def test_keys_can_be_switched_off(page: Page) -> None:
    page.goto("/lijst/")
    page.keyboard.press("?")
    page.wait_for_url("**/hulp/toetsen/")
    page.get_by_role("button", name="Toetsen aan").click()
    page.goto("/lijst/")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_names_turn_into_initials_and_stay_so(page: Page) -> None:
    page.goto("/onderdelen/")
    name = page.locator("h3.serif")
    assert name.inner_text() == "Samira Bouzid"
    page.get_by_role("button", name="Initialen", exact=True).click()
    assert name.inner_text() == "S.B."
    page.reload()
    assert name.inner_text() == "S.B."
    page.get_by_role("button", name="Initialen", exact=True).click()
    assert name.inner_text() == "Samira Bouzid"


def test_dark_and_light_can_be_chosen(page: Page) -> None:
    page.goto("/hulp/")
    colour = "getComputedStyle(document.documentElement).backgroundColor"
    page.get_by_role("button", name="Donker").click()
    assert page.evaluate(colour) == "rgb(27, 23, 20)"
    page.reload()
    assert page.evaluate(colour) == "rgb(27, 23, 20)"
    page.get_by_role("button", name="Licht", exact=True).click()
    assert page.evaluate(colour) == "rgb(248, 243, 234)"


def test_choices_work_without_script(browser_here: Browser, live_server: Any) -> None:
    context = browser_here.new_context(base_url=live_server.url, java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    page.goto("/hulp/")
    page.get_by_role("button", name="Donker").click()
    assert page.url.endswith("/hulp/")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    context.close()


def test_unsent_text_is_asked_about_before_leaving(page: Page) -> None:
    page.goto("/vraag/")
    page.get_by_label("Roepnaam").fill("Mehret")
    asked: list[str] = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.evaluate("location.assign('/hulp/')")
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert page.get_by_label("Roepnaam").input_value() == "Mehret"


def test_a_draft_goes_to_the_server_within_five_seconds(page: Page) -> None:
    page.clock.install()
    page.goto("/concept/")
    page.get_by_label("Wat wil zij zelf?").fill("Een huis.")
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.clock.fast_forward(5100)
    assert "Een huis." in (sent.value.post_data or "")
    page.get_by_text("Concept bewaard").wait_for()


def test_undo_counts_down_and_folds_its_row_away(page: Page) -> None:
    page.clock.install()
    page.goto("/onderdelen/")
    row = page.locator(".task.is-done")
    assert row.count() == 1
    page.clock.run_for(3000)
    assert "597" in row.inner_text()
    page.clock.run_for(600_000)
    assert row.count() == 0


def test_on_paper_it_is_a4_without_buttons_and_nothing_is_wider_than_the_sheet(page: Page) -> None:
    page.goto("/onderdelen/")
    page.emulate_media(media="print")
    assert page.locator(".top, .foot, .btn:visible").filter(visible=True).count() == 0
    page.set_viewport_size({"width": 695, "height": 1000})
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    pdf = page.pdf(prefer_css_page_size=True)
    boxes = set(re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf))
    assert {(round(float(wide)), round(float(high))) for wide, high in boxes} == {(595, 842)}
