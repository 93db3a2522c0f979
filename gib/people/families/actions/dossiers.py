"""The dossier as a whole: opening, correcting, handing to another team, erasing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F

from gib.core.access import rls
from gib.core.access.actor import Actor, house
from gib.core.access.rows import ScopedModel, protected_models
from gib.core.access.tables import P, Role
from gib.core.journal.acts import act, carry_out, remove
from gib.core.journal.models import Happening
from gib.core.kernel.clock import Now
from gib.core.kernel.events import Event
from gib.core.kernel.ids import new_id
from gib.core.kernel.rules import RuleBroken
from gib.core.kernel.stamps import check_version
from gib.core.vault import boxes
from gib.core.vault.fields import SealedField
from gib.core.vault.models import BoxKind
from gib.core.vault.scan import scan
from gib.people.families import domain
from gib.people.families.actions.changes import changed
from gib.people.families.domain.detention import NewFamily, check_born
from gib.people.families.models import (
    DetentionEpisode,
    Dossier,
    DuplicateMark,
    ExpectedRelease,
    Involvement,
    Participant,
    Placement,
    Separation,
    rows_of,
)
from gib.people.families.models.marks import mark_of
from gib.people.partners import actions as places
from gib.people.partners.models import Team


@dataclass(frozen=True, kw_only=True)
class MotherFacts:
    """What the form about the mother holds; `version` is that of the row it was made from."""

    first_name: str
    last_name: str
    born_on: date | None
    birth_year: int | None
    languages: str
    needs_interpreter: bool
    phone: str
    address: str
    origin_id: str | None
    version: int | None = None


@act(P.REFER)
def open_dossier(actor: Actor, family: NewFamily, now: Now) -> Dossier:
    """Open a dossier with a key of its own, the mother, and her detention as far as it is known.

    Raises:
        RuleBroken: 'born_in_future'.
    """
    check_born(family.born_on, family.birth_year, now.on)
    dossier = Dossier(id=new_id(), team_id=family.team_id, opened_on=now.on)
    boxes.make(dossier.id, BoxKind.DOSSIER)
    mother = Participant(
        dossier_id=dossier.id,
        team_id=family.team_id,
        first_name=family.first_name,
        last_name=family.last_name,
        born_on=family.born_on,
        birth_year=family.born_on.year if family.born_on else family.birth_year,
        languages=family.languages,
        needs_interpreter=family.needs_interpreter,
        phone=family.phone,
        address=family.address,
        origin_id=family.origin_code,
    )
    rows = [dossier, mother, *_marks(mother), *_detention(family, dossier, now)]
    opened = domain.DossierOpened(dossier_id=dossier.id, team_id=family.team_id)
    carry_out(actor, now, rows=rows, events=[opened])
    return dossier


def _marks(mother: Participant) -> list[DuplicateMark]:
    if mother.born_on is None:
        return []
    mark = mark_of(mother.last_name, mother.born_on)
    return [DuplicateMark(dossier_id=mother.dossier_id, team_id=mother.team_id, mark=mark)]


def _detention(family: NewFamily, dossier: Dossier, now: Now) -> list[ScopedModel]:
    if not (family.prison_code or family.detained_from or family.expected_on):
        return []
    own: dict[str, Any] = {"dossier_id": dossier.id, "team_id": dossier.team_id}
    from_on = family.detained_from or now.on
    episode = DetentionEpisode(**own, from_on=from_on)
    rows: list[ScopedModel] = [episode]
    if family.prison_code:
        where = {"prison_id": family.prison_code, "unit": family.unit, "regime": family.regime}
        rows.append(Placement(**own, episode_id=episode.id, from_on=from_on, **where))
    if family.expected_on:
        said = {"source": family.source, "confidence": family.confidence}
        entered = {"entered_at": now.at, "entered_on": now.on}
        rows.append(
            ExpectedRelease(**own, episode_id=episode.id, expected_on=family.expected_on, **said, **entered)
        )
    return rows


@act(P.EDIT_FAMILY)
def correct_participant(actor: Actor, dossier_id: UUID, facts: MotherFacts, now: Now) -> Participant:
    """Correct what is known about the mother; nothing happens when nothing differs.

    Raises:
        RuleBroken: 'born_in_future', 'newer_version' when somebody else changed her meanwhile.
    """
    check_born(facts.born_on, facts.birth_year, now.on)
    mother: Participant = Participant.for_action(actor, now.on).get_or_404(dossier_id=dossier_id)
    check_version(mother.version, facts.version)
    birth_year = facts.born_on.year if facts.born_on else facts.birth_year
    names = changed(mother, vars(facts) | {"birth_year": birth_year, "version": mother.version})
    if not names:
        return mother
    rows: list[Any] = [mother]
    if {"last_name", "born_on"} & set(names):
        _forget_marks(dossier_id, now)
        rows += _marks(mother)
    corrected = domain.ParticipantCorrected(dossier_id=dossier_id, fields=tuple(names))
    carry_out(actor, now, rows=rows, events=[corrected])
    return mother


def _forget_marks(dossier_id: UUID, now: Now) -> None:
    with rls.system("duplicate_check", now.on):
        rows_of(DuplicateMark, dossier_id).delete()


def possible_duplicate(
    actor: Actor, last_name: str, born_on: date, now: Now, besides: UUID | None = None
) -> Team | None:
    """Tell whose coordinator to ask whether this mother is known already, and nothing else.

    Args:
        besides: the dossier that was just opened for her.

    Returns: the team of another dossier with the same mark, also outside the actor's own; None without one.
    One line in the reading log tells who asked.
    """
    with rls.system("duplicate_check", now.on):
        marks = DuplicateMark.for_house("duplicate_check", now.on).filter(mark=mark_of(last_name, born_on))
        teams = scan("duplicate_check", marks.exclude(dossier_id=besides), lambda row: row.team_id)
    return Team.objects.filter(pk__in=teams).order_by("pk").first()


@act(P.TRANSFER)
def hand_to_team(actor: Actor, dossier_id: UUID, team_id: int, now: Now) -> Dossier:
    """Make another team responsible for every row of a dossier, in one act.

    The house itself moves the rows: who handed over sees them no more, who takes over not yet.

    Raises:
        RuleBroken: 'no_change' when the team has it already.
    """
    dossier: Dossier = Dossier.for_action(actor, now.on).get_or_404(pk=dossier_id)
    if dossier.team_id == team_id:
        raise RuleBroken("no_change")
    handed = domain.TeamChanged(dossier_id=dossier_id, old_team_id=dossier.team_id, team_id=team_id)
    with rls.acting_as(house("hand_to_team"), now.on):
        for model in case_tables():
            _rows(model, dossier_id, now).update(team_id=team_id, version=F("version") + 1)
        carry_out(actor, now, events=[handed])
    dossier.team_id = team_id
    return dossier


def case_tables() -> list[type[ScopedModel]]:
    """List the tables whose rows belong to a dossier and a team, the dossier itself first."""
    names = {model: {field.name for field in model._meta.concrete_fields} for model in protected_models()}
    return [Dossier, *(model for model in names if names[model] >= {"dossier", "team"})]


def _rows(model: type[ScopedModel], dossier_id: UUID, now: Now) -> Any:
    column = "pk" if model is Dossier else "dossier_id"
    return model.for_house("dossier", now.on).filter(**{column: dossier_id})


@act(P.ANSWER_ERASURE)
def erase_dossier(actor: Actor, dossier_id: UUID, now: Now) -> Dossier:
    """Destroy the key of a dossier, every sealed value, and the columns that are more than counts.

    What stays is what figures need: prison, year of birth, municipality, days and codes. Each table names in
    `Access.erased` what else it puts away; from whom she was kept apart is forgotten on both sides.
    The rows go to a team in which nobody sits: nobody sees them more.

    Raises:
        RuleBroken: 'no_change' when it was erased before.

    Source: security page, D12.
    """
    dossier: Dossier = Dossier.for_action(actor, now.on).get_or_404(pk=dossier_id)
    if dossier.erased_on:
        raise RuleBroken("no_change")
    dossier.erased_on = now.on
    carry_out(actor, now, rows=[dossier], events=[domain.DossierErased(dossier_id=dossier_id)])
    with rls.acting_as(house("erase_dossier"), now.on):
        _rows(DuplicateMark, dossier_id, now).delete()
        pairs: Any = Separation.for_house("erase_dossier", now.on)
        pairs.of(dossier_id).delete()
        nobodys = places.nobodys_team(dossier.team.prison_id)
        for model in case_tables():
            _rows(model, dossier_id, now).update(**_emptied(model), team_id=nobodys.pk)
    Involvement.objects.filter(dossier_id=dossier_id).delete()
    boxes.erase(dossier_id, now.at)
    return dossier


@act(P.IMPORT)
def take_back_dossier(actor: Actor, dossier_id: UUID, now: Now, *, own: Collection[type[Event]] = ()) -> None:
    """Undo that a sheet brought a mother in, as if she was never here: every row goes, and her key.

    Args:
        own: what a person does in the act that brings her in; all else that a person did counts as use.

    Raises:
        RuleBroken: 'sheet_in_use' when somebody worked with her meanwhile.
    """
    Dossier.for_action(actor, now.on).get_or_404(pk=dossier_id)
    with rls.acting_as(house("take_back"), now.on):
        done = Happening.for_house("take_back", now.on).filter(dossier_id=dossier_id)
        if done.exclude(role=Role.SYSTEM).exclude(name__in=[kind.event_name() for kind in own]).exists():
            raise RuleBroken("sheet_in_use")
        Involvement.objects.filter(dossier_id=dossier_id).delete()
        remove(*(_rows(model, dossier_id, now) for model in case_tables()))
    carry_out(actor, now, events=[domain.DossierTakenBack(dossier_id=dossier_id)])
    boxes.erase(dossier_id, now.at)


def _emptied(model: type[ScopedModel]) -> dict[str, Any]:
    sealed = {field.attname: None for field in model._meta.concrete_fields if isinstance(field, SealedField)}
    return sealed | getattr(model.Access, "erased", {})
