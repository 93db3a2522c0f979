"""What a telephone keeps for when there is no line: the same for everybody, and nothing of anybody."""

import json
import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from gib.care.products.forms import LogForm
from gib.core import ui
from gib.core.kernel.clock import real_now
from gib.core.ui.context import owner_of
from gib.core.ui.tests.test_pages import assert_parses
from gib.core.vault.tests.test_postbox import sealed
from gib.people.accounts import builders as accounts
from gib.people.partners import builders as places
from gib.portal.tests.test_phone_page import Visiting, visiting
from gib.portal.tests.test_postbox import held, report
from gib.portal.tests.town import browser, page, text

__all__ = ["visiting"]
pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("_strict")]
AWAY, WORKER = "/geen-internet/", "/wacht.js"


def told(script: str, name: str) -> Any:
    """Read a constant that stands before the script."""
    found = re.search(rf"^const {name} = (.+);$", script, re.MULTILINE)
    assert found is not None
    return json.loads(found[1])


class TestThePage:
    """It is shown when there is no line."""

    def test_it_is_the_same_for_who_is_in_and_who_is_not(self, visiting: Visiting) -> None:
        mine, anybody = visiting.client.get(AWAY), Client().get(AWAY, headers={"accept-language": "nl"})
        assert mine.content == anybody.content
        assert "Madelief" not in text(mine)
        assert "Madelief" in text(visiting.client.get("/mijn-dag/")), "the control: the name is known"

    def test_it_is_sound_and_says_what_is_the_matter(self, visiting: Visiting) -> None:
        answer = visiting.client.get(AWAY)
        assert_parses(answer.content.decode())
        for said in ("Er is nu geen internet", "staat nog op deze telefoon", "Probeer opnieuw"):
            assert said in text(answer)

    def test_nothing_on_it_tells_of_a_prison(self, visiting: Visiting) -> None:
        words = visiting.client.get(AWAY).content.decode().lower()
        for word in ("gevangenis", "detentie", "inrichting", "penitentiair", "p.i."):
            assert word not in words

    def test_its_form_asks_what_the_report_asks_and_is_sent_by_no_browser(self, visiting: Visiting) -> None:
        form = page(visiting.client.get(AWAY)).select_one("form[data-outbox]")
        assert (form["method"], form["action"]) == ("dialog", reverse("products:been"))
        asked = {field["name"] for field in form.select("[name]")}
        assert asked == {"minutes", "mood", "note", "held_on"} < set(LogForm().fields)
        assert form.has_attr("hidden"), "without a script nothing could be kept"

    def test_a_key_without_an_address_lets_it_seal_and_not_send(self, visiting: Visiting) -> None:
        away, here = (page(visiting.client.get(url)).select_one("#uitgaand") for url in (AWAY, "/mijn-dag/"))
        assert (away["data-key"], away["data-version"]) == (here["data-key"], here["data-version"])
        assert (away["data-url"], away["data-worker"], away["data-owner"]) == ("", "", "")
        assert here["data-owner"] == owner_of(visiting.herself)
        assert (here["data-url"], here["data-worker"]) == ("/brievenbus/", WORKER)

    def test_it_knows_how_far_the_day_of_a_demonstration_lies_behind(self, visiting: Visiting) -> None:
        form = page(visiting.client.get(AWAY)).select_one("form[data-outbox]")
        assert int(form["data-behind"]) == (real_now().on - visiting.now.on).days > 5000

    def test_in_english_it_says_so(self, visiting: Visiting) -> None:
        html = page(Client().get(AWAY, headers={"accept-language": "en"}))
        assert html.html["lang"] == "en"
        assert "There is no internet now" in html.get_text()


class TestALetterWithoutAName:
    """It says of whom it is: a telephone may have been handed on before there was a line."""

    def _send(self, client: Client, **owner: str) -> Any:
        told = report()
        one = sealed(json.dumps({"to": "/geweest/", "fields": urlencode(told)} | owner), str(told["token"]))
        box = {name: b64encode(getattr(one, name)).decode() for name in ("point", "nonce", "sealed")}
        return client.post(
            "/brievenbus/", box | {"version": str(one.version), "mark": one.mark, "quiet": "on"}
        )

    def test_hers_is_taken_once(self, visiting: Visiting) -> None:
        answer = self._send(visiting.client, owner=owner_of(visiting.herself))
        assert answer.json() == {"url": reverse("products:match", args=[visiting.match.id])}
        (row,) = held(visiting)
        assert row.minutes == 60

    def test_of_another_or_of_nobody_it_comes_into_no_file(self, visiting: Visiting) -> None:
        other = replace(visiting.herself, user_id=uuid4())
        for owner in ({"owner": owner_of(other)}, {"owner": ""}, {}):
            answer = self._send(visiting.client, **owner)
            assert "kan niet meer worden gelezen" in page(answer, 422).get_text()
        assert held(visiting) == []

    def test_what_says_so_tells_nobody_who_it_is(self, visiting: Visiting) -> None:
        told = owner_of(visiting.herself)
        assert re.fullmatch("[0-9a-f]{32}", told)
        assert str(visiting.herself.user_id).replace("-", "") != told
        assert told == owner_of(visiting.herself) != owner_of(visiting.coordinator)


class TestTheScript:
    """It keeps the page, and nothing else."""

    def test_it_lies_at_the_top_and_is_a_script(self, visiting: Visiting) -> None:
        answer = visiting.client.get(WORKER)
        assert answer["Content-Type"].startswith("text/javascript")
        assert "worker-src 'self'" in answer["Content-Security-Policy"]
        assert "connect-src 'self'" in answer["Content-Security-Policy"]

    def test_all_it_keeps_is_public(self, visiting: Visiting) -> None:
        kept = told(visiting.client.get(WORKER).content.decode(), "SHELL")
        assert kept[0] == AWAY
        assert all(finders.find(one.removeprefix("/static/")) for one in kept[1:])
        assert not any(one.startswith("/static/") is False for one in kept[1:])

    def test_all_that_the_page_draws_is_kept(self, visiting: Visiting) -> None:
        kept = told(visiting.client.get(WORKER).content.decode(), "SHELL")
        html = page(visiting.client.get(AWAY))
        drawn = {tag.get("href") or tag.get("src") for tag in html.select("link[href], script[src], use")}
        assert {one.partition("#")[0] for one in drawn} == set(kept[1:])

    def test_another_page_or_another_script_is_another_version(
        self, visiting: Visiting, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        one = told(visiting.client.get(WORKER).content.decode(), "STORE")
        assert told(Client().get(WORKER, headers={"accept-language": "nl"}).content.decode(), "STORE") == one
        changed = tmp_path / "worker.js"
        changed.write_text("// later")
        monkeypatch.setattr("gib.portal.views.away._SCRIPT", changed)
        assert told(visiting.client.get(WORKER).content.decode(), "STORE") != one

    def test_it_asks_without_the_key_to_the_house_and_leaves_alone_what_is_sent(self) -> None:
        script = (Path(ui.__file__).parent / "static" / "ui" / "worker.js").read_text()
        assert 'credentials: "omit"' in script
        assert 'request.method !== "GET"' in script
        assert ".put(" not in script, "nothing that was asked for is kept"


def test_only_who_may_report_gets_the_script(visiting: Visiting) -> None:
    team = places.two_teams()[0]
    from_desk = browser(accounts.coordinator(team))
    assert WORKER not in from_desk.get("/vandaag/").content.decode()
    assert WORKER in visiting.client.get("/mijn-dag/").content.decode()


@pytest.mark.parametrize("url", [AWAY, WORKER])
def test_neither_takes_anything(url: str, visiting: Visiting) -> None:
    assert visiting.client.post(url).status_code == 405


def test_the_manifest_names_the_house_and_no_prison() -> None:
    manifest = json.loads(Path(finders.find("ui/app.webmanifest")).read_text())
    assert (manifest["id"], manifest["scope"], manifest["start_url"]) == ("/", "/", "/")
    assert (manifest["name"], manifest["short_name"]) == ("Gezin in Balans", "GIB")
    assert manifest["display"] == "standalone"
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}


def test_the_worker_is_a_tool_of_the_frame(
    visiting: Visiting, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(15):
        assert visiting.client.get(AWAY).status_code == 200
