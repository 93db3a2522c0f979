"""The dossier: who may open which tab, what stands around it, and how its timeline is turned over."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from gib.core.journal.models import Reading, ReadingSubject
from gib.core.kernel.clock import Now
from gib.core.ui.slots import FRAGMENTS, RAIL, TABS
from gib.people.accounts import builders as accounts
from gib.people.families import actions as families_actions
from gib.people.families import builders as families
from gib.people.families.domain.codes import Confidence, Source
from gib.portal import timeline
from gib.portal.tests.town import Town, page, questions, text
from gib.portal.views.dossier import TITLES

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("_strict")]
OTHERS = ("project_leader", "volunteer", "referrer", "municipality", "safety_house", "technical_admin")
NAMES = ("dossier", "dossier_seen", "transfer", "hers")


def _addresses(town: Town) -> list[str]:
    return [town.url(name) for name in NAMES] + [town.url("dossier_tab", name) for name in TABS[1:]]


class TestWhoMayLook:
    """Every page about one case, for everybody."""

    def test_the_team_and_its_deputy_see_every_page(self, town: Town) -> None:
        for who in ("ours", "deputy"):
            for address in _addresses(town):
                assert "!!undefined" not in text(town[who].get(address)), address

    def test_for_the_other_team_the_case_does_not_exist(self, town: Town) -> None:
        for address in _addresses(town):
            answer = town["theirs"].get(address)
            assert "Madelief" not in text(answer, 404), address

    def test_a_case_that_does_not_exist_looks_the_same(self, town: Town) -> None:
        nobody = reverse("portal:dossier", args=[uuid4()])
        assert text(town["ours"].get(nobody), 404) == text(town["theirs"].get(town.url("dossier")), 404)

    @pytest.mark.parametrize("who", OTHERS)
    def test_another_role_may_not(self, town: Town, who: str) -> None:
        for address in _addresses(town):
            assert town[who].get(address).status_code == 403, address

    def test_the_privacy_officer_sees_looks_and_no_case(self, town: Town) -> None:
        assert town["privacy_officer"].get(town.url("dossier_seen")).status_code == 403

    def test_a_visitor_goes_to_the_sign_in_page(self, town: Town) -> None:
        for address in _addresses(town):
            assert Client().get(address).status_code == 302

    def test_what_is_read_takes_nothing(self, town: Town) -> None:
        for name in ("dossier", "dossier_seen"):
            assert town["ours"].post(town.url(name)).status_code == 405
        for name in TABS[1:]:
            assert town["ours"].post(town.url("dossier_tab", name)).status_code == 405

    @pytest.mark.parametrize("name", ["onzin", "Plan", "plan-", "tijdlijnen", "1"])
    def test_a_tab_that_is_none_does_not_exist(self, town: Town, name: str) -> None:
        assert town["ours"].get(town.url("dossier_tab", name)).status_code == 404

    def test_the_first_tab_has_one_address(self, town: Town) -> None:
        answer = town["ours"].get(town.url("dossier_tab", "tijdlijn"))
        assert (answer.status_code, answer.url) == (302, town.url("dossier"))


class TestTheFrame:
    """What stands around every tab."""

    def test_every_tab_has_a_title_and_is_filled(self) -> None:
        assert set(TITLES) == set(TABS)
        assert {name for place, name in FRAGMENTS if place == "tab"} == set(TABS)
        assert {name for place, name in FRAGMENTS if place == "rail"} == set(RAIL)

    @pytest.mark.parametrize("name", TABS)
    def test_the_tab_that_is_open_is_marked(self, town: Town, name: str) -> None:
        address = town.url("dossier") if name == "tijdlijn" else town.url("dossier_tab", name)
        shown = page(town["ours"].get(address))
        here = [tag.get_text(strip=True) for tag in shown.main.select("nav [aria-current=page]")]
        assert str(TITLES[name]) in here
        assert str(TITLES[name]) in shown.title.get_text()

    def test_a_new_case_stands_at_the_first_knot(self, town: Town) -> None:
        shown = page(town["ours"].get(town.url("dossier")))
        current = shown.main.select("[aria-current=step]")
        assert len(current) == 1
        assert "Aangemeld" in current[0].get_text()

    def test_her_name_stands_on_every_tab_once_as_heading(self, town: Town) -> None:
        for name in TABS[1:]:
            assert "Madelief" in page(town["ours"].get(town.url("dossier_tab", name))).h1.get_text()

    def test_an_empty_tab_says_how_it_is_filled(self, town: Town, monkeypatch: Any) -> None:
        monkeypatch.setitem(FRAGMENTS, ("tab", "plan"), [lambda request, dossier_id: None])
        assert "Hier staat nog niets" in text(town["ours"].get(town.url("dossier_tab", "plan")))

    def test_a_part_that_has_nothing_to_say_leaves_no_hole(self, town: Town, monkeypatch: Any) -> None:
        parts = [lambda *told: "", lambda *told: "Eerste deel", lambda *told: None, lambda *told: "Tweede"]
        monkeypatch.setitem(FRAGMENTS, ("tab", "plan"), parts)
        words = text(town["ours"].get(town.url("dossier_tab", "plan")))
        assert words.index("Eerste deel") < words.index("Tweede")
        assert "None" not in words

    def test_every_look_at_a_tab_is_written(self, town: Town) -> None:
        for number, name in enumerate(TABS[1:], 1):
            town["ours"].get(town.url("dossier_tab", name))
            looks = Reading.newest(town.dossier_id)
            assert looks.count() == number
            assert looks[0].purpose == f"portal:dossier_tab {name}"
            assert looks[0].user_id == town.ours.user_id

    def test_a_look_that_was_refused_is_a_look_at_nobody(self, town: Town) -> None:
        for who in ("theirs", "volunteer", "technical_admin"):
            town[who].get(town.url("dossier"))
        assert not ReadingSubject.objects.filter(box_id=town.dossier_id).exists()


def _later(town: Town, days: int) -> Now:
    return Now(town.now.at + timedelta(days=days), town.now.on + timedelta(days=days))


def _expected(town: Town, days: int) -> None:
    """Leave one more act in the case."""
    expected = town.now.on + timedelta(days=100 + days)
    families_actions.expect_release(
        town.ours, town.dossier_id, expected, Source.PRISON, Confidence.LIKELY, _later(town, days)
    )


class TestWhatSheSees:
    """The same case, in words that speak to her."""

    def test_it_tells_what_happened_and_her_rights_and_has_no_act_on_it(self, town: Town) -> None:
        _expected(town, -1)
        shown = page(town["ours"].get(town.url("hers")))
        words = shown.main.get_text(" ", strip=True)
        assert "Uw rechten" in words
        assert "Hier staat niets over veiligheid" in words
        assert shown.main.select("ol.line > li")
        (lend,) = shown.main.find_all("form")
        assert lend["action"] == "/scherm/geven/"

    def test_in_her_hands_it_leads_nowhere_and_keeps_words_for_others_out(self, town: Town) -> None:
        _expected(town, -1)
        client = town["ours"]
        accounts.lend(client, town.url("hers"), town.url("dossier"))
        shown = page(client.get(town.url("hers")))
        words = shown.main.get_text(" ", strip=True)
        assert "Uw rechten" in words
        assert "veiligheid" not in words
        assert "Wat ziet zij" not in words
        links = {link["href"] for link in shown.find_all("a", href=True)} - {"#inhoud", "/scherm/"}
        assert all(link.startswith("?ouder=") for link in links)
        assert shown.find("nav") is None
        assert {client.get(town.url(name)).status_code for name in ("dossier", "dossier_seen")} == {423}

    def test_the_case_leads_there_and_to_a_new_account(self, town: Town) -> None:
        shown = page(town["ours"].get(town.url("dossier")))
        assert shown.main.find("a", href=town.url("hers"))
        assert len(shown.main.select("a.btn.main[data-new]")) == 1


class TestTheTimeline:
    """Pages, filters and cursors."""

    def test_each_filter_says_how_many_it_shows(self, town: Town) -> None:
        _expected(town, -1)
        chips = page(town["ours"].get(town.url("dossier"))).main.select(".chips a")
        told = timeline.read(town.ours, town.dossier_id, town.now)
        shown = {chip.get_text(strip=True) for chip in chips}
        assert f"Alles {told.total}" in shown
        assert f"Gezin {told.counts['gezin']}" in shown
        for subject, number in told.counts.items():
            assert timeline.read(town.ours, town.dossier_id, town.now, subject).total == number

    def test_it_turns_over_until_the_beginning(self, town: Town) -> None:
        for days in range(-60, 0):
            _expected(town, days)
        address, seen, pages = town.url("dossier"), 0, 0
        while address:
            shown = page(town["ours"].get(address))
            seen += len(shown.select("ol.line > li"))
            pages += 1
            older = shown.find("a", href=lambda found: found and "ouder=" in found)
            address = older["href"] if older else ""
        assert pages == 3
        assert seen >= 60

    @pytest.mark.parametrize("subject", timeline.SUBJECTS)
    def test_each_filter_marks_itself_and_only_itself(self, town: Town, subject: str) -> None:
        shown = page(town["ours"].get(town.url("dossier"), {"toon": subject}))
        marked = [
            link
            for link in shown.main.find_all("a", href=lambda found: found and "toon=" in found)
            if link.get("aria-current")
        ]
        assert [link["href"].split("toon=")[1] for link in marked] == [subject]

    @pytest.mark.parametrize(
        "query",
        [
            {"ouder": "onzin"},
            {"ouder": "-1"},
            {"ouder": "0"},
            {"ouder": "9" * 40},
            {"ouder": "٣"},
            {"toon": "onzin"},
            {"toon": "geld", "ouder": "3"},
            {"toon": "'; --"},
        ],
    )
    def test_nonsense_in_the_address_is_not_a_fault(self, town: Town, query: dict[str, str]) -> None:
        page(town["ours"].get(town.url("dossier"), query))

    def test_a_filter_without_acts_says_so(self, town: Town) -> None:
        assert "Hier staat nog niets" in text(town["ours"].get(town.url("dossier"), {"toon": "geld"}))

    @pytest.mark.parametrize("name", ["dossier", *TABS[1:]])
    def test_it_asks_as_much_with_one_act_and_child_as_with_thirty(self, town: Town, name: str) -> None:
        families.with_child(town.ours, town.dossier_id, town.now)
        address = town.url(name) if name == "dossier" else town.url("dossier_tab", name)
        one = questions(town["ours"], address)
        for number in range(1, 30):
            families.with_child(town.ours, town.dossier_id, town.now, number)
            _expected(town, -number)
        assert questions(town["ours"], address) == one
