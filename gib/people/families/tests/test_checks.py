"""What the tables themselves refuse, and which fields each role is shown of each of them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.rows import protected_models, shown_fields
from gib.core.access.tables import Role
from gib.core.kernel.ids import new_id
from gib.core.vault.fields import SealedField
from gib.people.families import builders
from gib.people.families.models import (
    Caregiver,
    Child,
    Consent,
    ContactRestriction,
    Custody,
    DetentionEpisode,
    Disclosure,
    Domicile,
    Dossier,
    DuplicateMark,
    Emergency,
    ExpectedRelease,
    Involvement,
    Participant,
    Placement,
    Residence,
    Separation,
    open_episode,
)
from gib.people.families.tests.conftest import NOW, TODAY

DAY = timedelta(days=1)
ALWAYS = {"id", "pk", "dossier_id", "team_id", "version", "box_id"}
OURS = [model for model in protected_models() if model.__module__.startswith("gib.people.families")]

#: What a good row of each table holds; each check below spoils one value.
GOOD: dict[type, dict[str, Any]] = {
    Participant: {"return_kind": "unknown"},
    Caregiver: {"relation": "family", "from_on": TODAY},
    Residence: {"kind": "with_family", "from_on": TODAY},
    Domicile: {"kind": "abroad", "from_on": TODAY},
    Custody: {"kind": "shared", "from_on": TODAY},
    ContactRestriction: {"kind": "ban", "issuer": "court", "from_on": TODAY},
    DetentionEpisode: {"from_on": TODAY, "to_on": TODAY},
    Placement: {"prison_id": "NSL", "regime": "remand", "from_on": TODAY, "to_on": TODAY},
    ExpectedRelease: {
        **{"source": "prison", "confidence": "guess", "entered_at": NOW.at},
        **{"entered_on": TODAY, "position": 7},
    },
    Consent: {"purpose": "support", "asked_on": TODAY, "text_version": "support-1", "text_hash": "x"},
    Disclosure: {"purpose": "municipality", "recipient": "0363", "shared_on": TODAY},
}
SPOILT = [
    (Participant, {"return_kind": "home"}),
    (Caregiver, {"relation": "ex"}),
    (Caregiver, {"to_on": TODAY - DAY}),
    (Residence, {"kind": "away"}),
    (Residence, {"to_on": TODAY - DAY}),
    (Domicile, {"kind": "away"}),
    (Domicile, {"to_on": TODAY - DAY}),
    (Custody, {"kind": "nobody"}),
    (Custody, {"to_on": TODAY - DAY}),
    (ContactRestriction, {"kind": "sometimes"}),
    (ContactRestriction, {"issuer": "neighbour"}),
    (ContactRestriction, {"about": "aunt"}),
    (ContactRestriction, {"to_on": TODAY - DAY}),
    (DetentionEpisode, {"release_kind": "escaped"}),
    (DetentionEpisode, {"expected_return_kind": "moon"}),
    (DetentionEpisode, {"to_on": TODAY - DAY}),
    (Placement, {"regime": "hotel"}),
    (Placement, {"to_on": TODAY - DAY}),
    (Placement, {"to_on": None}),
    (ExpectedRelease, {"source": "newspaper"}),
    (ExpectedRelease, {"confidence": "sure"}),
    (Consent, {"state": "maybe"}),
    (Consent, {"purpose": "curiosity"}),
    (Consent, {"place": "street"}),
    (Consent, {"state": "given", "given_on": TODAY}),
    (Consent, {"state": "given", "expires_on": TODAY}),
    (Consent, {"state": "withdrawn", "given_on": TODAY, "expires_on": TODAY}),
    (Consent, {"state": "refused"}),
    (Disclosure, {"purpose": "curiosity"}),
]


def fill(model: type, dossier: Dossier, child: Child, **values: object) -> Any:
    """Make a row with everything that its table needs."""
    names = {field.attname for field in model._meta.concrete_fields}
    own: dict[str, object] = {"dossier_id": dossier.id, "team_id": dossier.team_id}
    if "episode_id" in names:
        own["episode_id"] = open_episode(dossier.id).id
    if "child_id" in names:
        own["child_id"] = child.id
    if "source_id" in names:
        own["source_id"] = new_id()
    return model(**own | GOOD[model] | values)


def refused(row: Any) -> bool:
    """Tell whether the database refuses a row."""
    try:
        with rls.system("test"), transaction.atomic():
            row.save()
    except IntegrityError:
        return True
    return False


@pytest.fixture
def child(coordinator: Actor, dossier: Dossier) -> Child:
    return builders.with_child(coordinator, dossier.id, NOW)


@pytest.mark.parametrize("model", list(GOOD)[1:], ids=lambda model: model.__name__)
def test_a_good_row_is_taken(model: type, dossier: Dossier, child: Child) -> None:
    assert not refused(fill(model, dossier, child))


@pytest.mark.parametrize(("model", "spoilt"), SPOILT)
def test_a_spoilt_row_is_refused(
    model: type, spoilt: dict[str, object], dossier: Dossier, child: Child
) -> None:
    assert refused(fill(model, dossier, child, **spoilt))


def test_a_dossier_has_one_mother_and_one_mark(dossier: Dossier, child: Child) -> None:
    assert refused(fill(Participant, dossier, child))
    own = {"dossier_id": dossier.id, "team_id": dossier.team_id}
    assert refused(DuplicateMark(**own, mark="x"))


@pytest.mark.parametrize("model", [Residence, Custody, Domicile], ids=lambda model: model.__name__)
def test_one_episode_is_open_at_a_time(model: type, dossier: Dossier, child: Child) -> None:
    assert not refused(fill(model, dossier, child))
    assert refused(fill(model, dossier, child, from_on=TODAY + DAY))


def test_an_expectation_has_its_own_place_in_the_history(dossier: Dossier, child: Child) -> None:
    assert not refused(fill(ExpectedRelease, dossier, child))
    assert refused(fill(ExpectedRelease, dossier, child))


@pytest.mark.parametrize(
    "spoilt", [{"kind": "curious"}, {"to_on": TODAY - DAY}, {"kind": "own_team"}], ids=str
)
def test_involvement_is_of_a_known_kind_and_in_order(dossier: Dossier, spoilt: dict[str, object]) -> None:
    good = {"dossier_id": dossier.id, "kind": "matched", "party": "x", "from_on": TODAY}
    assert not refused(Involvement(**good, source_id=new_id()))
    assert refused(Involvement(**good | spoilt, source_id=new_id()))


# Fields

VOLUNTEER_SEES: dict[type, set[str]] = {
    Dossier: set(),
    Emergency: set(),
    Participant: {"first_name", "phone", "languages", "needs_interpreter"},
    Child: {"first_name", "birth_year"},
    Residence: {"child", "child_id", "kind", "from_on", "to_on"},
    Caregiver: set(),
    Domicile: set(),
    DuplicateMark: set(),
    DetentionEpisode: {"from_on", "to_on"},
    Placement: {"prison", "prison_id", "unit", "regime", "from_on", "to_on"},
    ExpectedRelease: {"expected_on", "source", "confidence", "entered_on", "entered_at", "position"},
    Custody: set(),
    ContactRestriction: set(),
    Separation: set(),
    Consent: set(),
    Disclosure: set(),
}


def test_every_table_stands_in_the_list_of_what_a_volunteer_sees() -> None:
    assert set(VOLUNTEER_SEES) == set(OURS)


@pytest.mark.requirement("PRV-11")
@pytest.mark.parametrize("model", VOLUNTEER_SEES, ids=lambda model: model.__name__)
def test_a_volunteer_is_shown_these_fields_and_no_other(model: type) -> None:
    volunteer = Actor(new_id(), Role.VOLUNTEER, volunteer_id=new_id())
    assert shown_fields(model, volunteer) - ALWAYS == VOLUNTEER_SEES[model]


@pytest.mark.parametrize("role", [Role.REFERRER, Role.MUNICIPALITY, Role.SAFETY_HOUSE, Role.TECHNICAL_ADMIN])
@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_outsiders_are_shown_no_field_of_a_family(model: type, role: Role) -> None:
    assert shown_fields(model, Actor(new_id(), role)) == ALWAYS


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_column_belongs_to_a_group(model: Any) -> None:
    named = {name for group in model.Access.groups.values() for name in group}
    columns = {field.name for field in model._meta.concrete_fields} - ALWAYS - {"dossier", "team", "mark"}
    relations = {field.name for field in model._meta.concrete_fields if field.is_relation}
    missing = {name for name in columns - named if f"{name}_id" not in named or name not in relations}
    assert missing == set()


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_names_and_births_lie_sealed(model: Any) -> None:
    private = {"first_name", "last_name", "born_on", "phone", "address", "name", "holder_name", "person"}
    private |= {"reason", "remark"} if model is Emergency else set()
    for field in model._meta.concrete_fields:
        assert isinstance(field, SealedField) is (field.name in private), field


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_what_erasure_puts_away_are_columns_of_the_table(model: Any) -> None:
    columns = {field.attname for field in model._meta.concrete_fields}
    assert set(getattr(model.Access, "erased", {})) <= columns
