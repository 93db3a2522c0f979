"""The frame of every page, the error pages, and the reader's own choices."""

import gzip
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import html5lib
import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import success
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.urls import include, path
from django_htmx.middleware import HtmxDetails

from gib.core.access.actor import Actor
from gib.core.access.guard import RULE
from gib.core.access.tables import P, Role
from gib.core.kernel.clock import now_on
from gib.core.ui import context, views, words
from gib.core.ui.context import MenuItem

urlpatterns = [path("ui/", include("gib.core.ui.urls"))]
pytestmark = pytest.mark.urls(__name__)
COORDINATOR, REFERRER = (Actor(UUID(int=1), role) for role in (Role.COORDINATOR, Role.REFERRER))
ITEMS = [
    MenuItem("Hulp", "ui:help"),
    MenuItem("Toetsen", "ui:keys", P.SEE_TODAY),
    MenuItem("Weg", "nergens:naartoe"),
]


@pytest.fixture(autouse=True)
def menu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "MENU", list(ITEMS))


def drawn(request: HttpRequest, template: str = "ui/help.html") -> BeautifulSoup:
    html = render_to_string(template, request=request)
    assert "!!undefined" not in html
    assert_parses(html)
    return BeautifulSoup(html, "html5lib")


def assert_parses(html: str) -> None:
    parser = html5lib.HTMLParser()
    parser.parse(html)
    assert [error for _position, error, _data in parser.errors] == []


def signed(request: HttpRequest, actor: Actor = COORDINATOR) -> HttpRequest:
    request.actor, request.actor_name, request.banner = actor, "Hanneke V.", "Voorbeeld met verzonnen mensen."
    request.now = now_on(date(2011, 1, 11))
    return request


def test_a_page_has_the_landmarks_in_order(make_request: Callable[..., HttpRequest]) -> None:
    page = drawn(signed(make_request()))
    assert page.html["lang"] == "nl"
    assert page.body.find("a")["href"] == "#inhoud"
    assert (page.main["id"], page.main["tabindex"]) == ("inhoud", "-1")
    assert [tag.name for tag in page.body.find_all(["header", "main", "footer"])] == [
        "header",
        "main",
        "footer",
    ]
    assert len(page.find_all("h1")) == 1
    assert page.title.get_text() == "Hulp · Gezin in Balans"


def test_the_menu_shows_what_this_role_may(make_request: Callable[..., HttpRequest]) -> None:
    def labels(actor: Actor) -> list[str]:
        return [tab.get_text() for tab in drawn(signed(make_request(), actor)).select(".folders a")]

    assert labels(COORDINATOR) == ["Hulp", "Toetsen"]
    assert labels(REFERRER) == ["Hulp"]


@pytest.mark.parametrize(
    ("here", "current"),
    [("/ui/hulp/", ["Hulp"]), ("/ui/hulp/toetsen/", ["Toetsen"]), ("/ui/hulp/iets/", ["Hulp"]), ("/", [])],
)
def test_the_open_folder_is_the_longest_that_fits(
    make_request: Callable[..., HttpRequest], here: str, current: list[str]
) -> None:
    page = drawn(signed(make_request(path=here)))
    assert [tab.get_text() for tab in page.select('.folders [aria-current="page"]')] == current


def test_a_visitor_sees_no_menu_no_name_and_no_sign_out(make_request: Callable[..., HttpRequest]) -> None:
    page = drawn(make_request())
    assert page.select(".folders, .leave, .banner") == []
    assert "Aangemeld als" not in page.get_text()


def test_help_is_the_last_tool_unless_one_can_leave(make_request: Callable[..., HttpRequest]) -> None:
    tools = drawn(make_request()).select_one(".tools")
    assert tools.find_all(["a", "button"])[-1].get_text(strip=True) == "Hulp"


def test_the_frame_tells_who_is_signed_in_and_that_this_is_a_demonstration(
    make_request: Callable[..., HttpRequest],
) -> None:
    page = drawn(signed(make_request()))
    assert "Aangemeld als Hanneke V." in page.footer.get_text()
    assert page.select_one(".banner").get_text(strip=True) == "Voorbeeld met verzonnen mensen."


def test_signing_out_is_a_post_that_warns(
    make_request: Callable[..., HttpRequest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(context.LINKS, "sign_out", "ui:preference")
    form = drawn(signed(make_request())).select_one("form.leave")
    assert (form["method"], form["action"]) == ("post", "/ui/voorkeur/")
    assert "niet is verstuurd" in form["data-leave"]


def test_the_page_knows_the_business_day(make_request: Callable[..., HttpRequest]) -> None:
    drawn(signed(make_request()))
    assert words.today() == date(2011, 1, 11)


def test_messages_are_notices(make_request: Callable[..., HttpRequest]) -> None:
    request = make_request()
    success(request, "Bewaard.")
    notice = drawn(request).select_one("#melding .notice")
    assert (notice["data-tone"], notice.get_text(strip=True)) == ("good", "Bewaard.")


@pytest.mark.parametrize(
    ("cookies", "attributes"),
    [
        ({}, {"data-keys": ""}),
        ({"gib-thema": "donker"}, {"data-theme": "dark", "data-keys": ""}),
        ({"gib-thema": "licht", "gib-toetsen": "uit"}, {"data-theme": "light"}),
        ({"gib-initialen": "aan", "gib-thema": "paars"}, {"data-initials": "", "data-keys": ""}),
    ],
)
def test_the_page_looks_as_the_reader_chose(
    make_request: Callable[..., HttpRequest], cookies: dict[str, str], attributes: dict[str, str]
) -> None:
    request = make_request()
    request.COOKIES.update(cookies)
    assert drawn(request).html.attrs == {"lang": "nl"} | attributes


@pytest.mark.parametrize(
    "template", ["ui/403.html", "ui/404.html", "403_csrf.html", "ui/keys.html", "ui/bare.html"]
)
def test_every_page_of_the_frame_is_sound(make_request: Callable[..., HttpRequest], template: str) -> None:
    page = drawn(signed(make_request()), template)
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))
    assert page.main is not None


def test_a_refusal_says_who_can_give_access(make_request: Callable[..., HttpRequest]) -> None:
    assert "coördinator van het team" in drawn(make_request(), "ui/403.html").main.get_text()


@pytest.mark.parametrize("template", ["ui/500.html", "ui/503.html"])
@pytest.mark.parametrize("reference", ["F-2031AB", ""])
def test_a_fault_is_told_without_anything_that_can_fail(template: str, reference: str) -> None:
    html = render_to_string(template, {"reference": reference})
    assert_parses(html)
    text = BeautifulSoup(html, "html5lib").main.get_text()
    assert "Bel de coördinator" in text
    assert ("Nummer van deze fout: F-2031AB" in " ".join(text.split())) is bool(reference)
    assert "<script" not in html


@override_settings(HELP_PHONE="030 123 45 67")
def test_a_fault_prints_the_number_to_call() -> None:
    link = BeautifulSoup(render_to_string("ui/500.html"), "html5lib").select_one("main p a")
    assert (link["href"], link.get_text()) == ("tel:0301234567", "030 123 45 67")


@pytest.mark.django_db
class TestViews:
    """The pages about the screen itself."""

    @pytest.mark.parametrize("address", ["hulp/", "hulp/toetsen/", "onderdelen/"])
    def test_anybody_may_read_them(self, client: Client, address: str) -> None:
        response = client.get(f"/ui/{address}", headers={"accept-language": "nl"})
        assert response.status_code == 200
        html = response.content.decode()
        assert "!!undefined" not in html
        assert_parses(html)
        assert client.post(f"/ui/{address}").status_code == 405

    def test_every_view_says_who_may_enter(self) -> None:
        assert all(
            hasattr(view, RULE) for view in (views.gallery, views.help_page, views.keys, views.preference)
        )

    @override_settings(DEMO=False, TESTING=False)
    def test_the_gallery_is_for_demonstrations(self, make_request: Callable[..., HttpRequest]) -> None:
        with pytest.raises(Http404):
            views.gallery(make_request())

    def test_a_choice_is_a_cookie_and_leads_back(self, client: Client) -> None:
        back = "http://testserver/ui/hulp/?a=1"
        response = client.post("/ui/voorkeur/", {"thema": "donker"}, headers={"referer": back})
        assert (response.status_code, response.url) == (302, back)
        cookie = response.cookies["gib-thema"]
        assert (cookie.value, cookie["samesite"], cookie["path"]) == ("donker", "Strict", "/")
        assert client.get("/ui/hulp/").content.count(b'data-theme="dark"') == 1

    def test_a_choice_never_leads_elsewhere_nor_keeps_nonsense(self, client: Client) -> None:
        response = client.post(
            "/ui/voorkeur/", {"thema": "paars", "naam": "Eva"}, headers={"referer": "https://elders.example/"}
        )
        assert (response.url, dict(response.cookies)) == ("/", {})

    def test_a_choice_is_a_post(self, client: Client) -> None:
        assert client.get("/ui/voorkeur/").status_code == 405


@pytest.mark.parametrize("name", ["ui/page.html", "ui/bare.html", "ui/404.html"])
def test_a_part_is_the_title_and_the_content_of_the_page(
    make_request: Callable[..., HttpRequest], name: str
) -> None:
    def answer(target: str) -> str:
        request = signed(make_request())
        if target:
            request.META |= {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": target}
        request.htmx = HtmxDetails(request)
        return render_to_string(name, {}, request)

    whole, part, other = (
        BeautifulSoup(answer(each), "html.parser") for each in ("", context.CONTENT, "ul#x")
    )
    assert other.nav == whole.nav and str(other.main) == str(whole.main) == str(part.main)
    assert [tag.name for tag in part.find_all(recursive=False)] == ["title", "main"]
    assert part.title == whole.title


def size(*names: str) -> int:
    found = [Path(finders.find(name)).read_bytes() for name in names]
    return sum(len(gzip.compress(content, 9)) for content in found)


def test_the_budget_of_style_and_script_is_kept() -> None:
    assert size("ui/gib.css") <= 15 * 1024
    assert size("ui/gib.js", "django_htmx/htmx-4.min.js") <= 20 * 1024
    assert len(Path(finders.find("ui/gib.js")).read_text().splitlines()) <= 250


def test_the_first_load_is_light(make_request: Callable[..., HttpRequest]) -> None:
    page = len(gzip.compress(render_to_string("ui/help.html", request=signed(make_request())).encode()))
    assert page <= 15 * 1024
    assert page + size("ui/gib.css", "ui/gib.js", "django_htmx/htmx-4.min.js", "ui/icons.svg") <= 35 * 1024


def test_the_style_names_colours_as_tokens_only() -> None:
    css = Path(finders.find("ui/gib.css")).read_text()
    components = css[css.index("@layer base {") : css.index("@layer screens {")]
    assert set(re.findall(r"#[0-9a-f]{6}\b", components)) <= {"#fffdf8", "#1b1410"}
    assert not re.search(r"(margin|padding|border)-(left|right|top|bottom)|[^-]\b(left|right):", css)


def test_the_manifest_and_its_icons_exist() -> None:
    manifest = json.loads(Path(finders.find("ui/app.webmanifest")).read_text())
    assert manifest["name"] == "Gezin in Balans"
    assert all(finders.find(f"ui/{icon['src']}") for icon in manifest["icons"])


@pytest.mark.parametrize(
    ("url_name", "found"), [("ui:help", "/ui/hulp/"), ("nergens:naartoe", ""), ("ui:bestaat_niet", "")]
)
def test_what_has_no_address_is_left_out(url_name: str, found: str) -> None:
    assert context.address(url_name) == found


def test_a_bare_page_has_no_menu_and_no_script(make_request: Callable[..., HttpRequest]) -> None:
    page = drawn(signed(make_request()), "ui/bare.html")
    assert page.select(".folders, script, .leave") == []
    assert page.body["class"] == ["bare"]


def test_scripts_are_files_and_never_block(make_request: Callable[..., HttpRequest]) -> None:
    scripts = drawn(make_request()).find_all("script")
    assert [Path(script["src"]).name for script in scripts] == ["htmx-4.min.js", "gib.js"]
    assert all(script.has_attr("defer") and not script.get_text() for script in scripts)


def test_htmx_is_told_not_to_write_styles_and_not_to_swap_faults(
    make_request: Callable[..., HttpRequest],
) -> None:
    told = json.loads(drawn(make_request()).find("meta", {"name": "htmx-config"})["content"])
    assert told["includeIndicatorCSS"] is False
    assert {"403", "404", "5xx"} <= set(told["noSwap"])
    assert "422" not in told["noSwap"]


def test_pressed_buttons_say_what_is_on(make_request: Callable[..., HttpRequest]) -> None:
    request = make_request()
    request.COOKIES.update({"gib-initialen": "aan", "gib-thema": "donker"})
    page = drawn(request)
    assert (
        page.find("button", {"name": "initialen"}).attrs.items()
        >= {"value": "uit", "aria-pressed": "true"}.items()
    )
    pressed = {button["value"]: button["aria-pressed"] for button in page.select(".theme button")}
    assert pressed == {"licht": "false", "donker": "true", "auto": "false"}
