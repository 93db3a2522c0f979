"""The same questions for every act on reference data: who may, what it leaves, what stays when it fails."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import Http404

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import APPOINTED, MAY, P, Role
from gib.core.journal import chain
from gib.core.journal.models import Happening
from gib.core.kernel.rules import RuleBroken
from gib.people.partners import actions, builders
from gib.people.partners.actions import AllowanceFacts, DeskFacts, RateFacts, TermFacts
from gib.people.partners.domain import Confirmable, PartnerKind, RateKind
from gib.people.partners.models import (
    AllowanceTariff,
    CareProvider,
    KilometreRate,
    LegalParameter,
    Municipality,
    Partner,
    PlannedChange,
    PrisonUnit,
    RegisterProposal,
    Succession,
    Team,
    VisitingRule,
)
from gib.people.partners.tests.conftest import TUESDAY
from gib.people.partners.tests.test_actions import MERGER, PROVIDER, RULE

LATER = TUESDAY.on + timedelta(days=30)
LEADER = Actor(UUID(int=7), Role.PROJECT_LEADER)
TABLES: tuple[Any, ...] = (
    *(CareProvider, LegalParameter, Municipality, Partner, PlannedChange, PrisonUnit),
    *(RegisterProposal, Succession, Team, VisitingRule, AllowanceTariff, KilometreRate),
)
pytestmark = pytest.mark.usefixtures("loaded")


class Ground:
    """One row of each kind, for acts that change or end it."""

    def __init__(self) -> None:
        self.team = builders.two_teams()[0]
        self.desk = builders.two_prison_desks()[0]
        self.unit = actions.add_unit(LEADER, "NSL", "Proefafdeling", TUESDAY)
        self.provider = actions.add_provider(LEADER, PROVIDER, TUESDAY)
        self.rule = actions.add_rule(LEADER, "NSL", RULE, TUESDAY)
        self.proposal = actions.propose_update(LEADER, MERGER, TUESDAY)
        self.house = builders.a_safety_house().safety_house_id


@pytest.fixture
def ground() -> Ground:
    return Ground()


Act = Callable[[Actor, Ground], object]
DESK = DeskFacts(kind=PartnerKind.MUNICIPALITY, place="0307", name="", valid_from=TUESDAY.on)
TERM = TermFacts(value=3, valid_from=LATER, source="Besluit 2011")
YEAR = AllowanceFacts(
    year=2026,
    month_cents=21_000,
    year_cents=210_000,
    hour_cents=None,
    young_hour_cents=None,
    adult_age=None,
    source="Besluit",
)
RATE = RateFacts(kind=RateKind.OWN, cents=19, valid_from=LATER, source="Besluit 2011")
#: Act -> what it does, and the event that it leaves ("" when the journal does not tell of it).
ACTS: dict[str, tuple[Act, str]] = {
    "confirm": (
        lambda a, g: actions.confirm(a, Confirmable.CHANGE, str(PlannedChange.objects.get().pk), TUESDAY),
        "FactConfirmed",
    ),
    "set_term": (lambda a, g: actions.set_term(a, "triage", TERM, TUESDAY), "TermSet"),
    "add_provider": (lambda a, g: actions.add_provider(a, PROVIDER, TUESDAY), "ProviderRecorded"),
    "change_provider": (
        lambda a, g: actions.change_provider(a, g.provider.pk, PROVIDER, TUESDAY),
        "ProviderRecorded",
    ),
    "end_provider": (lambda a, g: actions.end_provider(a, g.provider.pk, LATER, TUESDAY), "ProviderRecorded"),
    "add_rule": (lambda a, g: actions.add_rule(a, "TPL", RULE, TUESDAY), "VisitingRuleRecorded"),
    "end_rule": (lambda a, g: actions.end_rule(a, g.rule.pk, LATER, TUESDAY), "VisitingRuleRecorded"),
    "approve": (lambda a, g: actions.approve_update(a, g.proposal.pk, TUESDAY), "RegisterUpdated"),
    "propose": (lambda a, g: actions.propose_update(a, MERGER, TUESDAY), ""),
    "add_team": (lambda a, g: actions.add_team(a, "NSL", "Team Proef", TUESDAY.on, TUESDAY), "TeamRecorded"),
    "end_team": (lambda a, g: actions.end_team(a, g.team.pk, LATER, TUESDAY), "TeamRecorded"),
    "add_unit": (lambda a, g: actions.add_unit(a, "TPL", "Proefvleugel", TUESDAY), "UnitRecorded"),
    "end_unit": (lambda a, g: actions.end_unit(a, g.unit.pk, LATER, TUESDAY), "UnitRecorded"),
    "add_desk": (lambda a, g: actions.add_desk(a, DESK, TUESDAY), "DeskRecorded"),
    "end_desk": (lambda a, g: actions.end_desk(a, g.desk.pk, LATER, TUESDAY), "DeskRecorded"),
}
ACTS |= {
    "set_allowance": (lambda a, g: actions.set_allowance(a, YEAR, TUESDAY), "AllowanceSet"),
    "set_rate": (lambda a, g: actions.set_rate(a, RATE, TUESDAY), "RateSet"),
}
OF_THE_LEADER = {"add_team", "end_team", "add_desk", "end_desk"}
ENDS: dict[str, Callable[[Actor, Ground, date], object]] = {
    "provider": lambda a, g, on: actions.end_provider(a, g.provider.pk, on, TUESDAY),
    "rule": lambda a, g, on: actions.end_rule(a, g.rule.pk, on, TUESDAY),
    "team": lambda a, g, on: actions.end_team(a, g.team.pk, on, TUESDAY),
    "unit": lambda a, g, on: actions.end_unit(a, g.unit.pk, on, TUESDAY),
    "desk": lambda a, g, on: actions.end_desk(a, g.desk.pk, on, TUESDAY),
}


def everything() -> list[str]:
    """Read every row of this slice and the journal of what belongs to no case."""
    rows = [repr(row) for model in TABLES for row in model.objects.order_by("pk").values_list()]
    with rls.system("test"):
        found = Happening.for_house("test", TUESDAY.on).order_by("position").values_list("hash", flat=True)
        return rows + list(found)


def told() -> list[tuple[str, UUID]]:
    """Give the events of this slice with who caused them."""
    with rls.system("test"):
        rows = Happening.for_house("test", TUESDAY.on).filter(name__startswith="partners.")
        return [
            (row.name.removeprefix("partners."), row.actor_id)
            for row in rows.order_by("chain_id", "position")
        ]


@pytest.mark.parametrize("name", ACTS)
def test_it_is_told_once_under_the_name_of_who_did_it(ground: Ground, name: str) -> None:
    act, event = ACTS[name]
    before = told()
    act(LEADER, ground)
    assert told()[len(before) :] == ([(event, LEADER.user_id)] if event else [])


@pytest.mark.parametrize("name", ACTS)
def test_when_the_journal_is_away_nothing_happened(ground: Ground, name: str, monkeypatch: Any) -> None:
    def away(*given: Any) -> None:
        raise DatabaseError("disk full")

    if not ACTS[name][1]:
        pytest.skip("a proposal changes nothing that counts")
    before = everything()
    monkeypatch.setattr(chain, "append", away)
    with pytest.raises(DatabaseError), transaction.atomic():
        ACTS[name][0](LEADER, ground)
    assert everything() == before


@pytest.mark.parametrize("name", ACTS)
def test_only_who_has_the_permission_may(ground: Ground, name: str) -> None:
    needed = P.ORGANISE if name in OF_THE_LEADER else P.EDIT_REFERENCE
    before = everything()
    for role in APPOINTED:
        if needed not in MAY[role]:
            with pytest.raises(PermissionDenied), transaction.atomic():
                ACTS[name][0](Actor(UUID(int=8), role, frozenset({ground.team.pk})), ground)
    assert everything() == before
    ACTS[name][0](LEADER, ground)
    assert everything() != before


@pytest.mark.parametrize("what", ENDS)
def test_what_does_not_exist_does_not_end(ground: Ground, what: str) -> None:
    getattr(ground, what).pk = 0
    with pytest.raises(Http404), transaction.atomic():
        ENDS[what](LEADER, ground, LATER)


@pytest.mark.parametrize("what", ENDS)
def test_it_holds_until_the_day_before_its_end_and_ends_once(ground: Ground, what: str) -> None:
    row = getattr(ground, what)
    ENDS[what](LEADER, ground, LATER)
    rows = type(row).objects
    assert rows.valid(LATER - timedelta(days=1)).filter(pk=row.pk).exists()
    assert not rows.valid(LATER).filter(pk=row.pk).exists()
    before = everything()
    for on in (LATER, LATER + timedelta(days=9)):
        with pytest.raises(RuleBroken, match="fact_over"), transaction.atomic():
            ENDS[what](LEADER, ground, on)
    assert everything() == before


@pytest.mark.parametrize("what", ENDS)
def test_an_end_may_be_brought_forward_but_not_before_the_beginning(ground: Ground, what: str) -> None:
    row = getattr(ground, what)
    ENDS[what](LEADER, ground, LATER)
    ENDS[what](LEADER, ground, LATER - timedelta(days=5))
    row.refresh_from_db()
    assert row.valid_to == LATER - timedelta(days=5)
    with pytest.raises(RuleBroken, match="ends_too_early"), transaction.atomic():
        ENDS[what](LEADER, ground, row.valid_from)
    row.refresh_from_db()
    assert row.valid_to == LATER - timedelta(days=5)


@pytest.mark.parametrize(
    ("name", "again"),
    [
        ("Team Proef", True),
        ("TEAM PROEF", True),
        ("Team Proef 2", False),
    ],
)
def test_a_name_is_free_again_after_its_end(ground: Ground, name: str, again: bool) -> None:
    team = actions.add_team(LEADER, "NSL", "Team Proef", TUESDAY.on, TUESDAY)
    if again:
        with pytest.raises(RuleBroken, match="name_taken"), transaction.atomic():
            actions.add_team(LEADER, "NSL", name, LATER, TUESDAY)
        actions.end_team(LEADER, team.pk, LATER, TUESDAY)
    assert actions.add_team(LEADER, "NSL", name, LATER, TUESDAY).pk
    before = Team.objects.valid(LATER - timedelta(days=1)).filter(name__iexact=name).count()
    assert before == (1 if again else 0)


@pytest.mark.parametrize(
    ("kind", "place", "called"),
    [
        (PartnerKind.MUNICIPALITY, "0307", "Gemeente Amersfoort"),
        (PartnerKind.PRISON, "TPL", None),
        (PartnerKind.SAFETY_HOUSE, None, "Veiligheidshuis "),
    ],
)
def test_a_desk_is_named_after_its_place_unless_it_has_a_name(
    ground: Ground, kind: PartnerKind, place: str | None, called: str | None
) -> None:
    Partner.objects.filter(kind=kind).update(valid_to=TUESDAY.on)
    facts = DeskFacts(kind=kind, place=place or str(ground.house), name="", valid_from=TUESDAY.on)
    row = actions.add_desk(LEADER, facts, TUESDAY)
    assert row.name.startswith(called or "")
    assert row.kind == kind
    with pytest.raises(RuleBroken, match="desk_there"), transaction.atomic():
        actions.add_desk(LEADER, facts, TUESDAY)
