"""Who looked: over everything for the privacy officer, per case for the coordinator; neutral names only."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from gib.core.access.actor import Actor, house
from gib.core.access.tables import Role
from gib.core.journal import readings
from gib.core.journal.models import Reading, ReadingSubject
from gib.core.journal.readings import write
from gib.core.kernel.clock import real_now
from gib.core.vault.reads import ReadSet
from gib.people.accounts.models import User
from gib.portal.tests.town import Town, page, questions, text
from gib.portal.timeline import ROLE_WORDS
from gib.portal.views.readings import ACTIONS, SIZE

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
        assert row[1:] == [name, "coördinator", "uitgevoerd", "families:mothers", "2"]

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

    def test_reading_the_log_is_no_look_at_anybody(self, town: Town) -> None:
        town["ours"].get(town.url("dossier"))
        before = Reading.objects.count()
        town["privacy_officer"].get(ALL)
        assert Reading.objects.count() == before

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

    def test_looking_who_looked_is_not_itself_a_look(self, town: Town) -> None:
        _forget()
        for _ in range(2):
            assert "Nog niemand keek" in text(town["ours"].get(town.url("dossier_seen")))

    def test_opening_the_case_stands_there_the_next_time(self, town: Town) -> None:
        _forget()
        town["deputy"].get(town.url("dossier"))
        (row,) = _rows(town["ours"].get(town.url("dossier_seen")))
        assert row[2:5] == ["vervanger", "gelezen", "portal:dossier"]

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
