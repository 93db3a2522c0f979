"""Acts on reference data: what they change, what they refuse, what they record."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

import gib
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal.models import Happening
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.partners import actions, builders
from gib.people.partners.actions import ProviderFacts, RuleFacts, TermFacts
from gib.people.partners.actions.load import DATA
from gib.people.partners.domain import Confirmable, PartnerKind
from gib.people.partners.domain.register import RegisterDiff
from gib.people.partners.models import (
    CareProvider,
    LegalParameter,
    Municipality,
    Partner,
    PlannedChange,
    Prison,
    PrisonUnit,
    SafetyRegion,
    Succession,
    Team,
    VisitingRule,
    legal_value,
    register,
    unconfirmed_terms,
)
from gib.people.partners.tests.conftest import TUESDAY

REGISTER = (DATA / "municipalities.csv").read_text("utf-8")
ACTOR = Actor(UUID(int=7), Role.PROJECT_LEADER)
PROVIDER = ProviderFacts(
    name="Schuldhulp Voorbeeld",
    kind="debt_counselling",
    municipality_id="0363",
    safety_house_id=None,
    phone="",
    website="",
)
RULE = RuleFacts(
    kind="regular",
    regime="",
    weekday=None,
    start=None,
    end=None,
    max_adults=3,
    max_children=None,
    accompany_age=12,
    id_age=14,
    notice_days=7,
    valid_from=date(2011, 1, 1),
    source="Huisregels 2011",
)
pytestmark = pytest.mark.usefixtures("loaded")


def recorded() -> list[tuple[str, dict[str, Any]]]:
    """Give what the journal holds of this slice."""
    with rls.system("test"):
        rows = (
            Happening.for_house("test", TUESDAY.on)
            .filter(name__startswith="partners.")
            .order_by("at", "position")
        )
        assert {row.actor_id for row in rows} <= {ACTOR.user_id}
        return [(row.name, row.payload) for row in rows]


def changed(*lines: str, **replaced: str) -> str:
    """Write the register with some texts replaced and some lines added."""
    text = REGISTER
    for old, new in replaced.items():
        key = old.removeprefix("_")
        found = next(line for line in text.splitlines() if line.startswith(key))
        text = text.replace(found, new)
    return text + "".join(f"{line}\n" for line in lines)


MERGER = changed(
    "1999,Nieuwdorp,Utrecht,2027-06-01,,,52.1,5.1,V",
    _0307="0307,Amersfoort,Utrecht,,2027-06-01,1999,52.169,5.386,V",
    _0308="0308,Baarn-Nieuw,Utrecht,,,,52.2,5.2,V",
)


@pytest.mark.requirement("REF-08")
def test_a_proposal_changes_nothing_until_somebody_approves_it(now: Now) -> None:
    before = register()
    proposal = actions.propose_update(ACTOR, MERGER, now)
    assert actions.told(proposal)[1] == RegisterDiff(("1999",), ("0307",), ("0308",), ())
    assert (proposal.proposed_by, proposal.approved_on) == (ACTOR.user_id, None)
    assert register() == before and recorded() == []


@pytest.mark.requirement("REF-08")
def test_an_approved_register_is_in_force_under_a_name(now: Now) -> None:
    Municipality.objects.filter(pk="0307").update(confirmed_on=now.on)
    proposal = actions.propose_update(ACTOR, MERGER, now)
    approved = actions.approve_update(ACTOR, proposal.pk, now)
    assert (approved.approved_by, approved.approved_on) == (ACTOR.user_id, now.on)
    assert Municipality.objects.get(pk="0307").valid_to == date(2027, 6, 1)
    assert Municipality.objects.get(pk="0308").name == "Baarn-Nieuw"
    assert register()["0307"].successors == ("1999",)
    assert Municipality.objects.count() == 477
    counts = {"proposal_id": proposal.pk, "added": 1, "ended": 1, "renamed": 1, "moved": 0}
    assert recorded() == [("partners.RegisterUpdated", counts)]
    assert actions.told(approved)[1].is_empty


def test_another_successor_replaces_the_one_before(now: Now) -> None:
    text = changed(_0993="0993,Meerlo-Wanssum,Limburg,,2010-01-01,1507,,,K")
    actions.approve_update(ACTOR, actions.propose_update(ACTOR, text, now).pk, now)
    assert list(Succession.objects.filter(old_id="0993").values_list("new_id", flat=True)) == ["1507"]


def test_an_approval_is_given_once_and_about_what_was_seen(now: Now) -> None:
    first, second = (actions.propose_update(ACTOR, MERGER, now) for _ in range(2))
    actions.approve_update(ACTOR, first.pk, now)
    with pytest.raises(RuleBroken, match="update_closed"):
        actions.approve_update(ACTOR, first.pk, now)
    with pytest.raises(RuleBroken, match="update_stale"):
        actions.approve_update(ACTOR, second.pk, now)
    with pytest.raises(Http404):
        actions.approve_update(ACTOR, 0, now)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (REGISTER, "update_unchanged"),
        (REGISTER.replace("code,name", "kode,naam"), "register_unreadable"),
        (changed("0307,Amersfoort,Utrecht,,,,,,V"), "register_code_twice"),
        (changed(_0307="1999,Nieuwdorp,Utrecht,,,,,,V"), "code_missing"),
        (changed(_0307="0307,Amersfoort,Utrecht,,2027-06-01,,,,V"), "successors_missing"),
        (changed(_0307="0307,Amersfoort,Utrecht,,2027-06-01,1999,,,V"), "successor_unknown"),
    ],
)
def test_a_file_that_is_no_better_register_is_refused(text: str, code: str, now: Now) -> None:
    with pytest.raises(RuleBroken, match=code):
        actions.propose_update(ACTOR, text, now)


@pytest.mark.requirement("REF-04")
def test_a_planned_merger_counts_from_its_day_once_confirmed(now: Now) -> None:
    planned = PlannedChange.objects.get()
    actions.confirm(ACTOR, Confirmable.CHANGE, str(planned.pk), now)
    fact = register()["1696"]
    assert (fact.valid_to, fact.successors) == (date(2027, 1, 1), ("0402",))
    assert fact.is_valid_on(date(2026, 12, 31)) and not fact.is_valid_on(date(2027, 1, 1))
    assert Municipality.objects.valid(date(2027, 1, 2)).count() == 341


@pytest.mark.parametrize("fact", Confirmable)
def test_a_person_stands_for_a_fact_once(fact: Confirmable, now: Now) -> None:
    key = str(actions.CONFIRMABLE[fact].objects.unconfirmed().first().pk)
    row = actions.confirm(ACTOR, fact, key, now)
    row.refresh_from_db()
    assert (row.confirmed_by, row.confirmed_on, row.is_confirmed) == (ACTOR.user_id, now.on, True)
    assert recorded() == [("partners.FactConfirmed", {"fact": str(fact), "key": key})]
    with pytest.raises(RuleBroken, match="change_confirmed"):
        actions.confirm(ACTOR, fact, key, now)
    with pytest.raises(Http404):
        actions.confirm(ACTOR, fact, "0", now)


@pytest.mark.requirement("CMP-02")
def test_a_term_gets_another_value_from_a_day_on(now: Now) -> None:
    assert ("triage", "A") in unconfirmed_terms(now.on)
    assert legal_value("triage", date(2011, 2, 1)) == 2
    row = actions.set_term(
        ACTOR, "triage", TermFacts(value=3, valid_from=date(2011, 2, 1), source="Besluit 2011"), now
    )
    assert legal_value("triage", date(2011, 1, 31)) == 2
    assert legal_value("triage", date(2011, 2, 1)) == 3
    assert (row.unit, row.confirmed_by, row.source) == ("workdays", ACTOR.user_id, "Besluit 2011")
    assert ("triage", "A") not in unconfirmed_terms(date(2011, 2, 1))
    facts = {"key": "triage", "value": 3, "valid_from": "2011-02-01"}
    assert recorded() == [("partners.TermSet", facts)]


def test_a_term_cannot_begin_before_the_one_before_or_come_from_nowhere(now: Now) -> None:
    facts = TermFacts(value=3, valid_from=date(2011, 2, 1), source="Besluit 2011")
    actions.set_term(ACTOR, "triage", facts, now)
    with pytest.raises(RuleBroken, match="term_too_early"):
        actions.set_term(ACTOR, "triage", facts, now)
    with pytest.raises(Http404):
        actions.set_term(ACTOR, "niets", facts, now)


@pytest.mark.requirement("CMP-02")
def test_every_term_that_the_house_asks_for_has_a_row() -> None:
    asked: dict[str, str] = {}
    for path in sorted(Path(gib.__path__[0]).rglob("*.py")):
        text = path.read_text("utf-8")
        if "tests" not in path.parts and ("legal_value" in text or "NORMS" in text):
            asked |= dict.fromkeys(_asked(text), path.name)
    known = set(LegalParameter.objects.values_list("key", flat=True))
    assert {key: name for key, name in asked.items() if key not in known} == {}
    assert {"funding_silence", "triage", "reopen_months"} <= known


def _asked(text: str) -> Iterator[str]:
    """Find the keys of terms: asked by name, or listed with a default in a table of norms."""
    yield from re.findall(r"""\b(?:legal_value|norm)\(\s*"(\w+)\"""", text)
    for node in ast.walk(ast.parse(text)):
        if (
            isinstance(node, ast.AnnAssign)
            and ast.unparse(node.target) == "NORMS"
            and isinstance(node.value, ast.Dict)
        ):
            yield from (str(ast.literal_eval(key)) for key in node.value.keys if key)


def test_a_care_provider_comes_changes_and_goes(now: Now) -> None:
    row = actions.add_provider(ACTOR, PROVIDER, now)
    assert (row.valid_from, row.confirmed_by, str(row)) == (now.on, ACTOR.user_id, "Schuldhulp Voorbeeld")
    actions.change_provider(ACTOR, row.pk, replace(PROVIDER, phone="020 1234567", version=0), now)
    with pytest.raises(RuleBroken) as broken:
        actions.change_provider(ACTOR, row.pk, replace(PROVIDER, version=0), now)
    assert (broken.value.code, broken.value.facts) == ("newer_version", {"version": 1})
    ended = actions.end_provider(ACTOR, row.pk, date(2011, 2, 1), now)
    ended.refresh_from_db()
    assert (ended.phone, ended.valid_to, ended.version) == ("020 1234567", date(2011, 2, 1), 2)
    provider = {"provider_id": row.pk, "valid_to": None}
    last = ("partners.ProviderRecorded", provider | {"valid_to": "2011-02-01"})
    assert recorded() == [("partners.ProviderRecorded", provider)] * 2 + [last]


def test_a_visiting_rule_comes_and_goes(now: Now) -> None:
    row = actions.add_rule(ACTOR, "NSL", RULE, now)
    assert (row.prison_id, row.is_confirmed) == ("NSL", True)
    actions.end_rule(ACTOR, row.pk, date(2011, 2, 1), now)
    assert VisitingRule.objects.get(pk=row.pk).valid_to == date(2011, 2, 1)
    facts = {"rule_id": row.pk, "prison": "NSL"}
    assert [payload for _, payload in recorded()] == [
        facts | {"valid_to": None},
        facts | {"valid_to": "2011-02-01"},
    ]


Ending = Callable[[int, date, Now], Any]
ENDINGS: list[tuple[Callable[[Now], int], Ending]] = [
    (
        lambda now: actions.add_provider(ACTOR, PROVIDER, now).pk,
        lambda pk, on, now: actions.end_provider(ACTOR, pk, on, now),
    ),
    (
        lambda now: actions.add_rule(ACTOR, "NSL", RULE, now).pk,
        lambda pk, on, now: actions.end_rule(ACTOR, pk, on, now),
    ),
]


@pytest.mark.parametrize(("make", "end"), ENDINGS)
def test_an_end_comes_after_the_beginning_and_once(make: Callable[[Now], int], end: Ending, now: Now) -> None:
    pk = make(now)
    with pytest.raises(RuleBroken, match="ends_too_early"):
        end(pk, date(2011, 1, 1), now)
    end(pk, date(2011, 2, 1), now)
    with pytest.raises(RuleBroken, match="fact_over"):
        end(pk, date(2011, 3, 1), now)
    end(pk, date(2011, 1, 20), now)
    with pytest.raises(Http404):
        end(0, date(2011, 3, 1), now)


def test_what_is_not_there_cannot_be_changed(now: Now) -> None:
    with pytest.raises(Http404):
        actions.change_provider(ACTOR, 0, PROVIDER, now)
    with pytest.raises(Http404):
        actions.add_rule(ACTOR, "XXX", RULE, now)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Prison.objects.filter(pk="NSL").update(valid_to=date(2000, 1, 1)),
        lambda: Prison.objects.filter(pk="NSL").update(mark="?"),
        lambda: CareProvider.objects.create(name="x", kind="anders"),
        lambda: VisitingRule.objects.create(prison_id="NSL", kind="anders"),
        lambda: VisitingRule.objects.create(prison_id="NSL", kind="regular", regime="anders"),
        lambda: VisitingRule.objects.create(prison_id="NSL", kind="regular", weekday=7),
        lambda: Partner.objects.create(name="x", kind=PartnerKind.PRISON),
        lambda: Succession.objects.create(old_id="0003", new_id="1979"),
        lambda: LegalParameter.objects.bulk_create(
            LegalParameter(key="x", value=n, unit="days", valid_from=date(2011, 1, 1)) for n in (1, 2)
        ),
        lambda: CareProvider.objects.create(
            name="x", kind="other", municipality_id="0363", safety_house=SafetyRegion.objects.first().house
        ),
    ],
)
def test_the_database_refuses_what_cannot_be(wrong: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong()


def test_builders_give_two_of_each_and_the_same_twice() -> None:
    pairs = [
        builders.two_prisons,
        builders.two_teams,
        builders.two_prison_desks,
        builders.a_paying_and_a_refusing_municipality,
    ]
    for pair in pairs:
        one, other = pair()
        assert one != other and pair() == (one, other) and str(one) != str(other)
    assert Team.objects.count() == 2
    house = builders.a_safety_house()
    assert house == builders.a_safety_house() and house.safety_house is not None
    kinds = set(Partner.objects.values_list("kind", flat=True))
    assert kinds == set(PartnerKind)


def test_units_are_listed_on_their_day() -> None:
    unit = PrisonUnit.objects.create(prison_id="NSL", name="B2", valid_to=date(2011, 1, 1))
    assert list(unit.prison.units.valid(date(2010, 12, 31))) == [unit]
    assert not unit.prison.units.valid(date(2011, 1, 1)).exists()
