"""What the database keeps of an intake, read as the house itself."""

from typing import Any

from gib.care.intake.models import Intake
from gib.care.referral.models import Referral, latest_referral
from gib.core.access import rls
from gib.core.journal.models import Happening
from gib.people.families.models import rows_of


def fresh(intake: Intake) -> Intake:
    """Read an intake again."""
    with rls.system("test"):
        found: Intake = rows_of(Intake, intake.dossier_id).get(pk=intake.id)
        return found


def part(model: Any, intake: Intake) -> list[Any]:
    """Read the rows of one table that belong to an intake."""
    with rls.system("test"):
        return list(rows_of(model, intake.dossier_id).filter(intake_id=intake.id))


def referral_of(intake: Intake) -> Referral:
    """Read the referral of an intake."""
    with rls.system("test"):
        found = latest_referral(intake.dossier_id)
        assert found is not None
        return found


def told(intake: Intake) -> list[str]:
    """Name the events of intakes in this dossier, in order."""
    with rls.system("test"):
        rows = rows_of(Happening, intake.dossier_id).order_by("position")
        return [row.name.removeprefix("intake.") for row in rows if row.name.startswith("intake.")]
