"""Which fields within a row: a projection holds what the table shows, and raises on all else."""

from typing import Any, ClassVar, Final
from uuid import uuid4

import pytest

from gib.core.access.actor import Actor
from gib.core.access.rows import NotShown, ScopedModel, Shown, protected_models, shown_fields
from gib.core.access.tables import SHOWS, Kind, Role
from tests.world.base import ROLES, as_house, rows_of
from tests.world.more import FurnishedCase

#: Names that are no content: which row this is, of which case, in which version.
KEYS: Final = {"id", "pk", "dossier_id", "team_id", "version", "box_id"}

#: Written by hand from the description of the field: what a role never sees of a table.
NEVER: Final[dict[Role, dict[str, str]]] = {
    Role.VOLUNTEER: {
        "Participant": "last_name born_on address birth_year",
        "Child": "born_on",
        "Caregiver": "name phone",
        "Trajectory": "close_reason paused_reason trail_id let_go_municipality",
        "Match": "mother_said_on end_reason",
        "NeedSignal": "raised_by triaged_by",
    },
    Role.REFERRER: {"Referral": "wish call_back decline_reason"},
    Role.SAFETY_HOUSE: {"Referral": "wish call_back decline_reason"},
    Role.PROJECT_LEADER: {"Participant": "phone address", "Trajectory": "let_go_municipality"},
}


def allowed(model: Any, role: Role) -> set[str]:
    """Give the names a role is shown of a table, read slowly from the table of access."""
    groups = model.Access.groups
    named = SHOWS[model.Access.kind].get(role, frozenset())
    found = set(KEYS)
    for group, names in groups.items():
        if "*" in named or group in named:
            found |= set(names)
    return found


def names_of(model: Any) -> set[str]:
    """Give every name under which a field of a table can be asked for, but for other protected rows."""
    fields = model._meta.concrete_fields
    rows = {
        field.name for field in fields if field.related_model and issubclass(field.related_model, ScopedModel)
    }
    groups = {name for names in model.Access.groups.values() for name in names}
    return ({name for field in fields for name in (field.name, field.attname)} | groups) - rows


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("model", protected_models(), ids=lambda model: model.__name__)
def test_the_fields_of_a_projection_are_those_of_the_table(model: Any, role: Role) -> None:
    assert shown_fields(model, Actor(uuid4(), role)) == allowed(model, role)


@pytest.mark.parametrize("role", NEVER)
def test_what_a_role_never_sees_is_never_shown(role: Role) -> None:
    tables = {model.__name__: model for model in protected_models()}
    for name, words in NEVER[role].items():
        assert not allowed(tables[name], role) & set(words.split()), name


def test_who_keeps_the_machine_or_the_log_is_shown_nothing() -> None:
    assert [kind for kind in Kind if SHOWS[kind].get(Role.TECHNICAL_ADMIN)] == []
    # She judges emergencies, and sees of each who opened it and why; never the dossier.
    assert [kind for kind in Kind if SHOWS[kind].get(Role.PRIVACY_OFFICER)] == [Kind.EMERGENCY]


class TestProjections(FurnishedCase):
    """One row of every table, asked for every name by every role."""

    rows: ClassVar[list[Any]]

    @classmethod
    def setUpTestData(cls) -> None:
        """Take one row of each table."""
        super().setUpTestData()
        with as_house():
            cls.rows = [next(iter(rows_of(model))) for model in protected_models()]

    def test_every_other_name_raises(self) -> None:
        wrong, asked = [], 0
        with as_house():
            for row in self.rows:
                annotated = set(getattr(type(row).Access, "annotated", ()))
                for role in ROLES:
                    shown, fine = Shown(row, Actor(uuid4(), role)), allowed(type(row), role)
                    for name in names_of(type(row)) - annotated:
                        asked += 1
                        if _gives(shown, name) != (name in fine):
                            wrong.append(f"{role} {type(row).__name__}.{name}")
        assert wrong == []
        assert asked > 3000

    def test_a_projection_keeps_its_row_to_itself(self) -> None:
        shown = Shown(self.rows[0], Actor(uuid4(), Role.VOLUNTEER))
        assert not hasattr(shown, "__dict__")
        with pytest.raises(NotShown):
            str(shown.objects)


def _gives(shown: Any, name: str) -> bool:
    try:
        getattr(shown, name)
    except NotShown:
        return False
    return True
