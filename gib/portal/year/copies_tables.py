"""Which tables a copy of a team takes along, by which key a row is of its team, and what stays behind."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.db.models import UUIDField

from gib.core.journal.models import Happening, Message
from gib.people.accounts.models import Appointment, User
from gib.people.families.models import Dossier
from gib.people.partners.models import NOBODYS_UNTIL, Team
from gib.portal.year.copies_journal import NUMBERS

#: What all teams share: a copy points at the same row.
SHARED: Final = frozenset(
    {
        *("auth.permission", "auth.group", "auth.group_permissions", "contenttypes.contenttype"),
        *("accounts.installation", "aftercare.agreement", "sheets.rememberedmapping"),
        *("partners.municipality", "partners.succession", "partners.plannedchange", "partners.postcode"),
        *("partners.safetyhouse", "partners.safetyregion", "partners.border", "partners.registerproposal"),
        *("partners.prison", "partners.prisonunit", "partners.prisonclosure"),
        *("partners.visitingrule", "partners.careprovider"),
        *("partners.partner", "partners.legalparameter"),
        *("partners.allowancetariff", "partners.kilometrerate", "volunteers.payout"),
    }
)
#: What stays with the original, and why.
LEFT: Final = {
    "accounts.attempts": "guesses belong to who guessed",
    "accounts.invitation": "a letter lets in the one person who got it",
    "portal.calendarfeed": "a secret address belongs to who made it",
    "accounts.recoverycode": "a means to sign in belongs to a person",
    "mfa.authenticator": "a means to sign in belongs to a person",
    "account.emailaddress": "a means to sign in belongs to a person",
    "account.emailconfirmation": "a means to sign in belongs to a person",
    "sessions.session": "nobody has signed in",
    "usersessions.usersession": "nobody has signed in",
    "ui.submission": "a form was sent once",
    "sheets.upload": "a sheet is undone within a day by who brought it",
    "django_tasks_database.dbtaskresult": "a job was done once",
    "journal.reading": "nobody has looked at a copy",
    "journal.readingsubject": "nobody has looked at a copy",
    "journal.readingseal": "nobody has looked at a copy",
    "vault.tombstone": "nothing of a copy was erased",
}
#: What is written by a road of its own: the keys of the boxes, and the chains of the journal.
APART: Final = frozenset({"vault.wrappedkey", "journal.happening", "journal.chainhead", "journal.delivery"})
#: How the source of a copied team begins; its number follows.
MARK: Final = "kopie "
_TEAM: Final = "team"
#: The house sees every row on every day.
ON: Final = date(2000, 1, 1)


@dataclass(frozen=True)
class Table:
    """A table that is copied, and how its rows are found of one team."""

    model: type[models.Model]
    rows: Callable[[Team], Any]

    @property
    def counts(self) -> bool:
        """Tell whether its keys are numbers that something else of a copy points at."""
        return not isinstance(self.model._meta.pk, UUIDField) and self.model in _targets()


def originals() -> Any:
    """Give the teams that are no copy; the places where erased cases lie are nobody's team."""
    return Team.objects.exclude(source__startswith=MARK).exclude(valid_to=NOBODYS_UNTIL).order_by("pk")


def tables() -> list[Table]:
    """List what is copied row by row, the teams first and whoever is pointed at before who points."""
    found = [Table(model, _BY_HAND.get(model) or partial(_of_team, model)) for model in _copied()]
    return sorted(found, key=lambda table: (table.model is not Team, table.model._meta.label_lower))


def _copied() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if _has_place(model)]


def _has_place(model: type[models.Model]) -> bool:
    if model._meta.label_lower in SHARED | LEFT.keys() | APART:
        return False
    return model is Team or model in _BY_HAND or way(model) is not None


def unplaced(every: Iterable[type[models.Model]]) -> list[str]:
    """Name the tables of which nobody said whether a copy takes them along, and the names of no table."""
    known = {model._meta.label_lower: model for model in every}
    named = SHARED | LEFT.keys() | APART
    lost = [name for name, model in known.items() if name not in named and not _has_place(model)]
    return sorted([*lost, *(f"{name} is no table" for name in named - known.keys())])


def way(model: Any, seen: tuple[Any, ...] = ()) -> Any:
    """Give the key over which a row belongs to its team, that every row has; None without one."""
    keys = [key for key in model._meta.concrete_fields if key.is_relation and not key.null]
    for key in sorted(keys, key=lambda key: key.name != _TEAM):
        target = key.related_model
        if target is Team or (target not in (*seen, model) and way(target, (*seen, model))):
            return key
    return None


def _of_team(model: Any, team: Team) -> Any:
    rows = model.for_house("copies", ON) if hasattr(model, "for_house") else model._base_manager.all()
    if model is Team:
        return rows.filter(pk=team.pk)
    key = way(model)
    if key.related_model is Team:
        return rows.filter(**{key.attname: team.pk})
    return rows.filter(**{f"{key.name}__in": _of_team(key.related_model, team).values("pk")})


def users_of(team: Team) -> Any:
    """Give who has an appointment in this team, and none in one that comes before it."""
    seated = User.objects.filter(appointments__team=team)
    return seated.exclude(appointments__team__lt=team.pk).distinct()


def shared_ids() -> frozenset[int]:
    """Give the identifiers that mean the same in every copy: of who sits in no team, shared, or erased."""
    alone = User.objects.exclude(appointments__team__isnull=False)
    erased = Dossier.for_house("copies", ON).filter(team__valid_to=NOBODYS_UNTIL)
    found = [rows.values_list("pk", flat=True) for rows in (alone, erased, *_shared_rows())]
    return frozenset(key.int for keys in found for key in keys)


def _shared_rows() -> list[Any]:
    common = [model for model in apps.get_models() if model._meta.label_lower in SHARED]
    return [model._base_manager.all() for model in common if isinstance(model._meta.pk, UUIDField)]


def _targets() -> frozenset[type[models.Model]]:
    """Give the tables of which a number stands in another one, or in an event of the journal."""
    keys = [field for model in _copied() for field in model._meta.concrete_fields]
    return frozenset({*NUMBERS.values(), *(field.related_model for field in keys if field.related_model)})


_BY_HAND: Final[dict[type[models.Model], Callable[[Team], Any]]] = {
    User: users_of,
    Appointment: lambda team: Appointment.objects.filter(user__in=users_of(team)),
    Message: lambda team: Message.objects.filter(recipient_id__in=users_of(team).values("pk")),
}


def happenings(team: Team | None) -> Any:
    """Give what happened in the cases of a team, or without a team what happened in no case."""
    rows = Happening.for_house("copies", ON)
    if team is None:
        return rows.filter(dossier_id__isnull=True)
    return rows.filter(dossier_id__in=_of_team(Dossier, team).values("pk"))
