"""A small part of the year, told on the database: every rule of the house holds in it, and it is foretold."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase

from gib.care.products.models import Contact, Match, Participation
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild
from gib.care.trajectory.domain import CloseReason
from gib.care.trajectory.domain.outreach import Rung
from gib.care.trajectory.models import AreaScore, Outreach, OutreachAttempt, Trajectory
from gib.core.access.actor import house
from gib.core.journal import chain
from gib.core.journal.models import Delivery, Happening
from gib.core.kernel.clock import now_on
from gib.core.sheets.template import TEMPLATES
from gib.insight.reporting.domain import days_of, in_places
from gib.insight.reporting.models import cells, first_day, gap, journal_cells, team_places
from gib.people.accounts.models import Installation
from gib.people.families.domain.codes import Issuer, RestrictionKind
from gib.people.families.models import ContactRestriction, Participant, home_areas
from gib.people.partners.domain import Product
from gib.people.partners.models import Postcode
from gib.people.volunteers.domain import State
from gib.people.volunteers.domain.coaching import RHYTHM_WEEKS, quiet_days
from gib.people.volunteers.models import Volunteer
from gib.people.volunteers.models.coaching import WAITING, CoachingTalk, last_talks
from gib.portal.demo.days import TODAY
from gib.portal.imports import actions
from gib.portal.year import family, inside, names, year
from gib.portal.year import parameters as known
from gib.portal.year.play import Play, Tale
from tests.world.base import as_house, rows_of

SEED, MOTHERS, VOLUNTEERS = 5, 12, 24
WEEKS = timedelta(weeks=6)


def journal() -> list[tuple[Any, ...]]:
    """Give what was done, to whom, when and with what, without the keys that a table counts up."""
    with as_house():
        rows = Happening.for_house("test", TODAY).order_by("at", "name", "id")
        return [(row.at, row.name, row.dossier_id, row.actor_id) for row in rows]


def exports() -> dict[str, Any]:
    """Give every list that can be taken along, and the figures, as they would be told today."""
    actor, days = house("export_sheet"), days_of(known.YEAR, first_day(TODAY), TODAY)
    with as_house():
        taken = {
            key: actions.export(actor, template, True, now_on(TODAY))
            for key, template in TEMPLATES.items()
            if template.export
        }
        figures = [in_places(rows, team_places()) for rows in (cells(days, TODAY), gap(days, TODAY))]
        return taken | {"figures": figures}


def let_go_in_silence() -> list[str]:
    """Name the plans that ended out of reach while not every way to reach her was tried for weeks."""
    tried: dict[Any, dict[str, date]] = defaultdict(dict)
    searches = {row.id: row.trajectory_id for row in rows_of(Outreach)}
    for row in rows_of(OutreachAttempt):
        tried[searches[row.outreach_id]][row.rung] = row.tried_on
    gone = [row for row in rows_of(Trajectory) if row.close_reason == CloseReason.OUT_OF_REACH]
    return [
        f"{row.id} was let go in silence"
        for row in gone
        if tried[row.id].keys() != {*Rung} or row.closed_on < min(tried[row.id].values()) + WEEKS
    ]


def quiet(on: date) -> tuple[int, int]:
    """Count the volunteers at work with whom nobody talked for longer than the rhythm, and all at work."""
    at_work = [row.id for row in rows_of(Volunteer) if row.state == State.AVAILABLE]
    last = last_talks(CoachingTalk.for_house("test", on))
    late = [one for one in at_work if quiet_days(last.get(one), known.FIRST_ON, on, RHYTHM_WEEKS)]
    return len(late), len(at_work)


def neighbours() -> list[str]:
    """Name who helps at home, or is to do so, in her own postcode area or village."""
    villages = dict(Postcode.objects.exclude(village="").values_list("digits", "village"))
    areas = home_areas(rows_of(Participant))
    helpers = {row.pk: row.pc4 for row in rows_of(Volunteer)}
    pairs = [
        (row, areas[row.dossier_id], helpers[row.volunteer_id]) for row in rows_of(Match) if at_home(row)
    ]
    return [
        f"{row.id} is a match of neighbours"
        for row, hers, theirs in pairs
        if theirs in hers or (theirs in villages and villages[theirs] in map(villages.get, hers))
    ]


def at_home(row: Any) -> bool:
    """Tell whether a part or a match is help at home."""
    return bool(row.product == Product.MOEDERMAATJES)


def faults() -> list[str]:
    """Name what no rule of the house allows, among the rows of the year."""
    found = []
    with as_house():
        found += [f"the chain: {fault}" for fault in chain.faults()]
        banned = {
            row.child_id
            for row in rows_of(ContactRestriction)
            if row.kind == RestrictionKind.BAN and not row.to_on
        }
        visits = [row for row in rows_of(MeetingChild) if row.inside_at or row.picked_up_at]
        found += [f"child {row.child_id} came against an order" for row in visits if row.child_id in banned]
        found += [f"{row.id} was held tomorrow" for row in rows_of(Contact) if (row.held_on or TODAY) > TODAY]
        found += [*let_go_in_silence(), *neighbours()]
        gone = {row.id for row in rows_of(Volunteer) if row.state in (State.LEAVING, State.LEFT)}
        planned = CoachingTalk.for_house("test", TODAY).filter(WAITING, volunteer_id__in=gone)
        found += [f"{row.id} is planned with who stopped" for row in planned]
        found += [f"{row.handler} waits" for row in Delivery.objects.filter(done_at__isnull=True)]
    return found


class TestPartOfTheYear(TransactionTestCase):
    """A few mothers, told day by day; what follows from an act needs a commit."""

    databases = "__all__"

    def told(self, seed: int = SEED) -> list[float]:
        """Tell it, and give how much was told each time that something happened."""
        shares: list[float] = []
        year.build(seed, shares.append, MOTHERS, VOLUNTEERS)
        return shares

    def told_again(self, seed: int) -> None:
        """Tell it on an empty database."""
        for alias in connections:
            call_command("flush", database=alias, interactive=False, reset_sequences=False, verbosity=0)
        self.told(seed)

    def test_every_rule_of_the_house_holds(self) -> None:
        shares = self.told()
        assert faults() == []
        self._same_as_the_journal()
        self._everybody_is_there()
        assert shares == sorted(set(shares))
        assert [year.share_told(on) for on in (known.FIRST_ON, TODAY)] == [0, 1]
        assert 0 <= shares[0] < 0.01 < 0.9 < shares[-1] <= 1
        here = Installation.objects.get()
        assert (here.is_demo, here.business_on, here.story) == (True, TODAY, "")
        with as_house():
            assert {row.rung for row in rows_of(OutreachAttempt)} == {*Rung}
            homes = {row.dossier_id for row in rows_of(Participation) if at_home(row)}
            assert homes <= home_areas(rows_of(Participant)).keys()
            areas = set(Postcode.objects.values_list("digits", flat=True))
            assert {row.pc4 for row in rows_of(Volunteer)} < areas
            assert {row.score for row in rows_of(AreaScore)} <= {None, *range(6)}
            assert len({row.dossier_id for row in rows_of(AreaScore)}) in range(1, MOTHERS)
            late, at_work = quiet(TODAY)
            assert late < at_work / 5
            assert quiet(TODAY + timedelta(weeks=RHYTHM_WEEKS + 1)) == (at_work, at_work)
        self._broken_rules_are_noticed()

    def _same_as_the_journal(self) -> None:
        days, places = days_of(known.YEAR, first_day(TODAY), TODAY), team_places()
        for rows, acts in zip(
            (cells(days, TODAY), gap(days, TODAY)), journal_cells(days, TODAY), strict=True
        ):
            assert in_places(rows, places) == in_places(acts, places)

    def _everybody_is_there(self) -> None:
        with as_house():
            heard = {row.dossier_id for row in rows_of(Trajectory)}
            mothers = {row.dossier_id: row.first_name for row in rows_of(Participant)}
        assert len(heard) == MOTHERS
        assert heard <= mothers.keys()
        assert set(mothers.values()) <= set(names.MOTHERS)

    def _broken_rules_are_noticed(self) -> None:
        with as_house():
            row = next(row for row in rows_of(MeetingChild) if row.inside_at)
            order = {"dossier_id": row.dossier_id, "team_id": row.team_id, "child_id": row.child_id}
            ban = {"kind": RestrictionKind.BAN, "issuer": Issuer.COURT, "from_on": TODAY}
            ContactRestriction(**order, **ban).save()
            Delivery.objects.filter(pk=Delivery.objects.earliest("pk").pk).update(done_at=None)
            ended = next(row for row in rows_of(Trajectory) if row.closed_on)
            Trajectory.objects.filter(pk=ended.pk).update(close_reason=CloseReason.OUT_OF_REACH)
            OutreachAttempt.objects.filter(rung=Rung.CALL).delete()
            talk = CoachingTalk.for_house("test", TODAY).filter(WAITING).earliest("id")
            Volunteer.objects.filter(pk=talk.volunteer_id).update(state=State.LEFT)
            pair = next(row for row in rows_of(Match) if at_home(row))
            (area, *_more) = home_areas(rows_of(Participant))[pair.dossier_id]
            Volunteer.objects.filter(pk=pair.volunteer_id).update(pc4=area)
        told = " ".join(faults())
        assert "against an order" in told
        assert "waits" in told
        assert "in silence" in told
        assert "who stopped" in told
        assert "neighbours" in told

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="it does not hang on the database")
    def test_a_seed_foretells_every_act(self) -> None:
        self.told()
        once, taken = journal(), exports()
        assert len(once) > 1_000
        assert all(len(rows) > 400 for name, rows in taken.items() if name != "figures")
        assert all(taken["figures"])
        self.told_again(SEED)
        assert (journal(), exports()) == (once, taken)
        self.told_again(SEED + 1)
        other = exports()
        assert all(other[name] != taken[name] for name in ("figures", "volunteers"))


def test_stories_are_told_in_the_order_of_their_days() -> None:
    play = Play(date(2010, 1, 1), date(2010, 1, 10))
    heard: list[tuple[str, date]] = []

    def tale(name: str, *days: int) -> Tale:
        for wait in days:
            heard.append((name, play.on))
            yield play.on + timedelta(days=wait)
        heard.append((name, play.on))

    play.begin_on(date(2010, 1, 3), tale("b", 0, 20))
    play.begin_on(date(2010, 1, 2), tale("a", 1, 4))
    with patch("gib.portal.year.play.outbox.catch_up"):
        play.run(lambda on: None)
    days = [on.day for _name, on in heard]
    assert days == sorted(days)
    assert [(name, on.day) for name, on in heard] == [("a", 2), ("b", 3), ("a", 3), ("b", 4), ("a", 7)]
    first, second = play.now, play.now
    assert first.at < second.at
    assert first.on == date(2010, 1, 10)


def test_no_note_names_anybody() -> None:
    people = {*names.MOTHERS, *names.CHILDREN, *names.FAMILIES}
    words = " ".join((*family.NOTES, *family.WISHES)).split()
    assert people.isdisjoint(word.strip(".,") for word in words)
    assert inside.COURSE in known.WANTS
