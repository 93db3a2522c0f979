"""Who looked: over everything for the privacy officer, per case for the coordinator; neutral names only."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import URLPattern, get_resolver, reverse
from django.utils import translation

from gib.core.access.actor import Actor, house
from gib.core.access.tables import Role
from gib.core.journal import readings
from gib.core.journal.models import Reading, ReadingSubject
from gib.core.journal.readings import write
from gib.core.kernel.clock import real_now
from gib.core.ui.slots import TABS
from gib.core.vault.reads import ReadSet
from gib.people.accounts.models import User
from gib.portal.looks import ACTIONS, PLACES, place
from gib.portal.tests.town import Town, page, questions, text
from gib.portal.timeline import ROLE_WORDS
from gib.portal.views.readings import SIZE

pytestmark = pytest.mark.django_db(databases="__all__")
ALL = "/inzage/"


def _forget() -> None:
    ReadingSubject.objects.all().delete()
    Reading.objects.all().delete()


def _look(actor: Actor, *boxes: UUID, **told: Any) -> None:
    seen = ReadSet(boxes={box: {"families_participant"} for box in boxes}, **told)
    write(seen, actor, real_now().at)


def _rows(answer: Any) -> list[list[str]]:
    return [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["td", "th"])]
        for row in page(answer).select("tbody tr")
    ]


def test_every_action_and_role_that_is_written_has_a_word() -> None:
    assert set(ROLE_WORDS) == set(Role)
    assert {"read", "write", "scan", "export", "job"} == set(ACTIONS)


def test_every_address_and_every_tab_has_words_in_dutch_and_english() -> None:
    tabs = [f"portal:dossier_tab {name}" for name in TABS if name != "tijdlijn"]
    names = [*_addresses(get_resolver(), ""), *tabs]
    assert len(names) > 150
    for language in ("nl", "en"):
        with translation.override(language):
            assert [name for name in names if place(name) == name] == [], language
    assert len({place(tab) for tab in tabs}) == len(tabs)


def test_no_words_are_for_an_address_that_is_not_there() -> None:
    names = [*_addresses(get_resolver(), ""), *(f"portal:dossier_tab {name}" for name in TABS)]
    assert [key for key in PLACES if not any(name.startswith(key) for name in names)] == []


def test_what_is_no_page_keeps_the_name_of_its_task() -> None:
    assert place("delivery") == "delivery"


def _addresses(resolver: Any, names: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{names}{pattern.name}"
        else:
            yield from _addresses(pattern, f"{names}{pattern.namespace}:" if pattern.namespace else names)


class TestOverEverything:
    """The page of the privacy officer."""

    def test_without_looks_it_says_so(self, town: Town) -> None:
        _forget()
        assert "Nog niemand keek" in text(town["privacy_officer"].get(ALL))

    def test_a_look_tells_who_in_which_role_did_what_where_at_how_many(self, town: Town) -> None:
        _forget()
        _look(town.ours, uuid4(), uuid4(), purpose="families:mothers", action="export")
        (row,) = _rows(town["privacy_officer"].get(ALL))
        name = User.objects.get(pk=town.ours.user_id).username
        assert row[1:] == [name, "coördinator", "uitgevoerd", "Lijst van moeders", "2"]

    def test_a_search_tells_over_how_many(self, town: Town) -> None:
        _forget()
        _look(town.ours, scans=[("search", 31)])
        assert _rows(town["privacy_officer"].get(ALL))[0][-1] == "31"

    def test_the_house_itself_and_who_left_are_named_neutrally(self, town: Town) -> None:
        _forget()
        _look(house("tick"), uuid4(), action="job")
        _look(Actor(uuid4(), Role.VOLUNTEER), uuid4())
        shown = _rows(town["privacy_officer"].get(ALL))
        assert [row[1:4] for row in shown] == [
            ["het systeem", "vrijwilliger", "gelezen"],
            ["het systeem", "het systeem", "taak"],
        ]

    def test_nobody_is_named(self, town: Town) -> None:
        for address in (town.url("dossier"), reverse("families:mothers"), "/vrijwilligers/"):
            town["ours"].get(address)
        words = text(town["privacy_officer"].get(ALL))
        for name in ("Madelief", "Sprookstra", "Truus", "Carla", "Marjan"):
            assert name not in words

    @pytest.mark.requirement("LOG-01")
    def test_reading_the_log_is_a_look_as_well(self, town: Town) -> None:
        _forget()
        _look(town.ours, uuid4())
        town["privacy_officer"].get(ALL)
        row = Reading.newest()[0]
        assert (row.role, row.action, row.scanned) == ("privacy_officer", "read", 1)
        assert place(row.purpose) == "Wie keek waar"
        assert not row.subjects.exists()

    def test_newest_first_fifty_a_page_every_look_once(self, town: Town) -> None:
        _forget()
        for number in range(2 * SIZE + 7):
            _look(town.ours, uuid4(), purpose=f"p{number:03}")
        address, shown, sizes = ALL, [], []
        while address:
            answer = town["privacy_officer"].get(address)
            rows = _rows(answer)
            shown += [row[4] for row in rows]
            sizes.append(len(rows))
            older = page(answer).find("a", href=lambda found: found and "ouder=" in found)
            address = f"{ALL}{older['href']}" if older else ""
        assert sizes == [SIZE, SIZE, 7]
        assert shown == [f"p{number:03}" for number in reversed(range(2 * SIZE + 7))]

    def test_exactly_fifty_are_one_page(self, town: Town) -> None:
        _forget()
        for _ in range(SIZE):
            _look(town.ours, uuid4())
        assert "ouder=" not in town["privacy_officer"].get(ALL).content.decode()

    @pytest.mark.parametrize("cursor", ["", "onzin", "-3", "1.5", "9" * 40, "٣", "0", "' OR 1=1"])
    def test_nonsense_in_the_address_is_not_a_fault(self, town: Town, cursor: str) -> None:
        page(town["privacy_officer"].get(ALL, {"ouder": cursor}))

    def test_it_asks_as_much_with_one_look_as_with_forty(self, town: Town) -> None:
        _forget()
        _look(town.ours, uuid4())
        one = questions(town["privacy_officer"], ALL)
        for _ in range(39):
            _look(Actor(uuid4(), Role.DEPUTY), uuid4(), uuid4())
        assert questions(town["privacy_officer"], ALL) == one <= 15


class TestOfOneCase:
    """The page that the mother may see as well."""

    def test_only_looks_at_this_case_stand_there(self, town: Town) -> None:
        _forget()
        _look(town.ours, town.dossier_id, purpose="hier")
        _look(town.ours, uuid4(), purpose="elders")
        _look(town.theirs, uuid4(), town.dossier_id, purpose="samen")
        assert [row[4] for row in _rows(town["ours"].get(town.url("dossier_seen")))] == ["samen", "hier"]

    @pytest.mark.requirement("LOG-01")
    def test_looking_who_looked_is_itself_a_look(self, town: Town) -> None:
        _forget()
        assert "Nog niemand keek" in text(town["ours"].get(town.url("dossier_seen")))
        (row,) = _rows(town["ours"].get(town.url("dossier_seen")))
        assert row[2:5] == ["coördinator", "gelezen", "Wie dit dossier zag"]

    def test_opening_the_case_stands_there_the_next_time(self, town: Town) -> None:
        _forget()
        town["deputy"].get(town.url("dossier"))
        (row,) = _rows(town["ours"].get(town.url("dossier_seen")))
        assert row[2:5] == ["vervanger", "gelezen", "Dossier, tijdlijn"]

    def test_it_pages_within_the_case(self, town: Town) -> None:
        _forget()
        for number in range(SIZE + 3):
            _look(town.ours, town.dossier_id, purpose=f"p{number:03}")
            _look(town.ours, uuid4(), purpose="elders")
        answer = town["ours"].get(town.url("dossier_seen"))
        older = page(answer).find("a", href=lambda found: found and "ouder=" in found)["href"]
        rest = _rows(town["ours"].get(f"{town.url('dossier_seen')}{older}"))
        assert [row[4] for row in rest] == ["p002", "p001", "p000"]


def test_a_sealed_block_stays_whole_when_its_looks_are_read(town: Town) -> None:
    town["ours"].get(town.url("dossier"))
    readings.seal(town.now.at + timedelta(days=1))
    town["privacy_officer"].get(ALL)
    town["ours"].get(town.url("dossier_seen"))
    assert list(readings.faults()) == []
