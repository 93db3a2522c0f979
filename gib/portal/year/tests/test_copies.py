"""A copy of a team is another life of the same days: complete, closed, sealed and with other names."""

import re
from collections import Counter
from datetime import date
from typing import Any, ClassVar
from unittest.mock import patch
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.test.utils import isolate_apps

from gib.core.access.tables import Role
from gib.core.journal import chain
from gib.core.journal.models import Delivery, Happening, Message, Reading
from gib.core.kernel.dates import Period
from gib.core.kernel.events import EVENTS
from gib.core.kernel.rules import CATALOGUE, RuleBroken
from gib.insight.reporting.domain import WORKED_OUT, Figure, Group
from gib.insight.reporting.models import count
from gib.people.accounts.builders import mark_as_demo
from gib.people.accounts.models import Appointment, Installation, User, forget_installation
from gib.people.families.models import Dossier, DuplicateMark, Participant
from gib.people.partners.actions import load_register
from gib.people.partners.models import Municipality, Postcode, Prison, SafetyHouse, Team
from gib.people.volunteers.models import Volunteer
from gib.portal.demo.days import TODAY
from gib.portal.year import copies, names
from gib.portal.year import copies_tables as what
from gib.portal.year.copies_journal import NUMBERS, SHARED_NUMBERS
from gib.portal.year.copies_names import EVERY, NAMES
from gib.portal.year.tests.lives import Lives, quiet, recognised, texts
from tests.world.base import WorldCase, as_house, rows_of
from tests.world.more import FurnishedCase
from tests.world.test_secrecy import told

TIMES = 3
#: After some checks the server keeps its plan.
CHECKS = 20
YEAR = Period(date(2010, 1, 1), date(2010, 12, 31))
SINCE = date(2010, 1, 1)


def _open(found: re.Match[str]) -> str:
    return "@" if found[1] else "#"


class TestCopies(FurnishedCase):
    """The small world with a row in every table, three times."""

    lives: ClassVar[Lives]
    before: ClassVar[dict[Any, tuple[int, int]]]
    figures: ClassVar[Any]
    steps: ClassVar[list[tuple[int, int]]]

    @classmethod
    def setUpTestData(cls) -> None:
        """Count the world, and copy it."""
        super().setUpTestData()
        cls.figures = count(YEAR, TODAY)
        cls.steps = []
        with as_house():
            cls.before = {table.model: cls._numbers(table) for table in what.tables()}
            cls.looks, cls.waiting = Reading.objects.count(), Delivery.waiting().count()
        copies.multiply(TIMES, lambda done, wanted: cls.steps.append((done, wanted)))
        with as_house():
            cls.lives = Lives(TIMES)

    @staticmethod
    def _numbers(table: what.Table) -> tuple[int, int]:
        own = sum(table.rows(team).count() for team in what.originals())
        return own, len(list(rows_of(table.model))) - own

    def test_every_table_holds_as_many_rows_for_each_life(self) -> None:
        with as_house():
            for model, (own, others) in self.before.items():
                assert len(list(rows_of(model))) == TIMES * own + others, model
                assert [len(self.lives.rows[model][number]) for number in range(TIMES)] == [own] * TIMES
        empty = {model._meta.label for model, (own, _others) in self.before.items() if not own}
        assert empty == set()

    def test_progress_is_told(self) -> None:
        assert self.steps[-1] == (TIMES - 1, TIMES - 1)

    def test_no_key_leads_from_one_life_into_another(self) -> None:
        assert self.lives.crossings() == []
        connection.check_constraints()

    def test_a_key_that_leads_elsewhere_is_found(self) -> None:
        rows = self.lives.rows[Participant]
        row = next(iter(rows[1].values()))
        before, row.dossier_id = row.dossier_id, next(iter(rows[0].values())).dossier_id
        try:
            assert self.lives.crossings() == ["families.Participant.dossier: 1 -> 0"]
        finally:
            row.dossier_id = before

    def test_what_is_sealed_opens_and_is_the_same_but_for_names(self) -> None:
        seen: Counter[str] = Counter()
        with as_house():
            known = self.lives.known()
            for row, copied in self.lives.pairs():
                mine, other = texts(row), texts(copied)
                assert mine.keys() == other.keys()
                for name in mine.keys() - {"email"}:
                    if (row._meta.db_table, name) in NAMES:
                        assert mine[name] != other[name] and set(recognised(other[name])) <= set("# ")
                    else:
                        assert known.sub(_open, mine[name]) == recognised(other[name])
                    seen[f"{row._meta.db_table}.{name}"] += 1
        assert len(seen) > 40

    def test_no_name_of_the_original_stands_in_a_copy(self) -> None:
        with as_house():
            names = " ".join(getattr(row, column) for row, (_table, column) in self.lives.names())
            wanted = {word for word in re.findall(r"\w{4,}", names) if word[0].isupper()}
            pairs = list(self.lives.pairs())
            mine = " ".join(text for row, _ in pairs for text in texts(row).values())
            other = " ".join(text for _, row in pairs for text in texts(row).values())
        assert len(wanted) > 100
        assert told(other, wanted) == []
        assert len(told(mine, wanted)) > 100

    def test_somebody_has_one_name_wherever_it_stands(self) -> None:
        with as_house():
            volunteers = {row.pk: row for row in self.lives.copied(Volunteer)}
            for seat in self.lives.copied(Appointment):
                if row := volunteers.get(seat.volunteer_id):
                    assert seat.user.display_name == f"{row.given_name} {row.family_name}"

    def test_the_journal_is_whole_and_begins_with_the_newest_year(self) -> None:
        with as_house():
            assert list(chain.faults()) == []
            rows = {row.pk: row for row in Happening.for_house("test", TODAY)}
        copied = [(row, found) for row in rows.values() if (found := self.lives.original(row))]
        for row, (_number, first_id) in copied:
            first = rows[first_id]
            assert (row.name, row.on, row.role) == (first.name, first.on, first.role)
        assert min(row.on for row, _ in copied) >= SINCE
        mine = [row for row in rows.values() if self.lives.ids.get(row.dossier_id) == 0]
        of_cases = [row for row, _ in copied if row.dossier_id]
        assert len(of_cases) == len([row for row in mine if row.on >= SINCE]) * (TIMES - 1)
        assert len(copied) > len(of_cases)

    def test_what_was_to_be_heard_or_sent_has_happened_and_nobody_looked(self) -> None:
        with as_house():
            happened = set(Happening.for_house("test", TODAY).values_list("pk", flat=True))
            users = {row.pk for row in self.lives.copied(User)}
            assert Reading.objects.count() == self.looks + 1
        assert {row.happening_id for row in Delivery.objects.all()} <= happened
        assert Delivery.waiting().count() == self.waiting and self.waiting
        sent = Message.objects.filter(recipient_id__in=users)
        assert sent.count() and not sent.filter(sent_at__isnull=True).exists()

    def test_a_copied_coordinator_sees_exactly_her_cases(self) -> None:
        for number, mask in self.lives.masks.items():
            for team in what.originals():
                own = Team.objects.get(source=f"{what.MARK}{number}", name=f"{team.name} {number + 1}")
                seat = Appointment.objects.get(team=own, role=Role.COORDINATOR)
                first = Appointment.objects.get(team=team, role=Role.COORDINATOR)
                mine = {row.id for row in Dossier.visible_to(first.actor(), TODAY)}
                found = {row.id for row in Dossier.visible_to(seat.actor(), TODAY)}
                assert found == {UUID(int=key.int ^ mask) for key in mine} and found

    def test_figures_are_as_many_times_as_large(self) -> None:
        found = count(YEAR, TODAY)
        for figure in set(Figure) - WORKED_OUT.keys():
            assert found[Group.YEAR, figure] == TIMES * self.figures[Group.YEAR, figure], figure
        assert found[Group.YEAR, Figure.MOTHERS] > 0 and found[Group.YEAR, Figure.CHILDREN] > 0

    def test_nobody_signs_in_with_what_another_has(self) -> None:
        for user in self.lives.copied(User):
            assert not user.has_usable_password() and user.last_login is None
            assert re.fullmatch(r"gib-[0-9a-f]{16}", user.username)

    def test_a_mark_is_that_of_the_new_name(self) -> None:
        with as_house():
            mothers = {row.dossier_id: row for row in self.lives.copied(Participant)}
            for row in self.lives.copied(DuplicateMark):
                mother = mothers[row.dossier_id]
                assert row.mark == copies.mark_of(mother.last_name, mother.born_on)

    def test_a_second_time_adds_nothing(self) -> None:
        copies.multiply(TIMES, quiet)
        assert copies.copies_there() == TIMES - 1


def _scans(cursor: Any, key: int) -> int:
    """Check a key of `below` again and again, and tell how often `above` was read as a whole until now."""
    cursor.execute("INSERT INTO below SELECT %s FROM generate_series(1, %s)", [key, CHECKS])
    connection.check_constraints()
    cursor.execute("SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relname = 'above'")
    return int(cursor.fetchone()[0])


class TestAgain(WorldCase):
    """A run that was broken off goes on, and ends as if it had not been."""

    def _told(self) -> dict[str, Any]:
        with as_house():
            return {
                "teams": sorted(Team.objects.values_list("name", flat=True)),
                "mothers": sorted(
                    (str(row.id), row.first_name, row.last_name) for row in rows_of(Participant)
                ),
                "users": sorted((row.username, row.display_name) for row in rows_of(User)),
                "acts": Happening.for_house("test", TODAY).count(),
                "deliveries": Delivery.objects.count(),
            }

    def test_one_run_and_two_runs_tell_the_same(self) -> None:
        with transaction.atomic(), transaction.atomic(using="keys"):
            copies.multiply(TIMES, quiet)
            once = self._told()
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="keys")
        with patch.object(copies, "AT_ONCE", 1):
            steps: list[int] = []
            copies.multiply(2, lambda done, wanted: steps.append(done))
            assert copies.copies_there() == 1
            copies.multiply(TIMES, lambda done, wanted: steps.append(done))
        assert steps == [1, 2]
        assert self._told() == once
        assert len(once["teams"]) == 2 * TIMES

    def test_keys_that_a_broken_run_left_are_taken_up(self) -> None:
        with (
            patch.object(copies.Run, "_tell", side_effect=OSError("away")),
            pytest.raises(OSError, match="away"),
        ):
            copies.multiply(2, quiet)
        assert copies.copies_there() == 0
        copies.multiply(2, quiet)
        with as_house():
            assert all(row.first_name for row in rows_of(Participant))

    def test_a_check_of_keys_follows_a_table_that_grows(self) -> None:
        """Planned on one row it would read the whole table for every row, as the control does."""
        if connection.vendor != "postgresql":
            pytest.skip("another engine finds every key in its index")
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE above AS SELECT 1 AS id")
            cursor.execute("ALTER TABLE above ADD PRIMARY KEY (id)")
            cursor.execute("ANALYZE above")
            key = "int REFERENCES above (id) DEFERRABLE INITIALLY DEFERRED"
            cursor.execute(" ".join(("CREATE TEMP TABLE below (above", key, ")")))
            first = _scans(cursor, 1)
            cursor.execute("INSERT INTO above SELECT generate_series(2, 20000)")
            assert _scans(cursor, 19_000) == first + CHECKS
            copies.engine().settle()
            assert _scans(cursor, 19_000) == first + CHECKS

    def test_a_scale_that_does_not_fit_is_refused(self) -> None:
        with patch.object(copies.shutil, "disk_usage") as usage, pytest.raises(RuleBroken) as refused:
            usage.return_value.free = 1_500_000_000
            copies.multiply(100_000, quiet)
        assert refused.value.code == "scale_does_not_fit"
        sentence = CATALOGUE["scale_does_not_fit"].format(**refused.value.facts)
        assert "1 GB vrij" in sentence and refused.value.facts["needed"] > 1
        assert copies.copies_there() == 0

    def test_the_disk_of_a_database_elsewhere_is_not_known(self) -> None:
        with patch.dict(connection.settings_dict, {"HOST": "ergens.invalid"}):
            copies.check_room(1_000_000, 10**12)

    def test_a_house_that_is_no_demonstration_is_not_copied(self) -> None:
        Installation.objects.update(is_demo=False)
        forget_installation()
        with pytest.raises(RuleBroken, match="not_a_demo"):
            copies.multiply(2, quiet)
        mark_as_demo(TODAY)


def test_of_every_table_is_said_whether_it_is_copied() -> None:
    assert what.unplaced(apps.get_models(include_auto_created=True)) == []


@isolate_apps("gib.portal")
def test_a_table_of_which_nobody_said_it_is_found() -> None:
    class Planted(models.Model):
        note = models.TextField()

        class Meta:
            app_label = "portal"

    class Placed(models.Model):
        team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")

        class Meta:
            app_label = "portal"

    known = apps.get_models(include_auto_created=True)
    assert what.unplaced([*known, Planted, Placed]) == ["portal.planted"]
    assert "portal.planted is no table" not in what.unplaced(known)
    assert what.unplaced([]) == sorted(
        f"{name} is no table" for name in what.SHARED | what.LEFT.keys() | what.APART
    )


def test_of_every_number_in_an_event_is_known_whose_it_is() -> None:
    numbers = {
        name
        for event in EVENTS.values()
        if event.__module__.startswith("gib.") and ".tests" not in event.__module__
        for name, kind in event.__annotations__.items()
        if name.endswith("_id") and "int" in str(kind)
    }
    assert numbers == NUMBERS.keys() | SHARED_NUMBERS


@pytest.mark.django_db(databases="__all__")
def test_nobody_is_called_like_a_place_or_like_somebody_of_the_original() -> None:
    load_register()
    places = {
        *Municipality.objects.values_list("name", flat=True),
        *Prison.objects.values_list("place", flat=True),
    }
    places |= {
        *Postcode.objects.values_list("place", flat=True),
        *SafetyHouse.objects.values_list("name", flat=True),
    }
    places |= {*Municipality.objects.values_list("province", flat=True)}
    words = {word for place in places for word in re.findall(r"\w+", place)}
    assert len(words) > 300
    assert EVERY.isdisjoint(words)
    told_before = {
        *(*names.MOTHERS, *names.FAMILIES, *names.CHILDREN, *names.VOLUNTEERS, *names.VOLUNTEER_FAMILIES),
        *(word for name in names.COORDINATORS for word in name.split()),
    }
    assert EVERY.isdisjoint(told_before)
    assert len(EVERY) > 400
