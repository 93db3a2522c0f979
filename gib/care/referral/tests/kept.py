"""What the database keeps of a referral, read as the house itself."""

from gib.care.referral.builders import TUESDAY
from gib.care.referral.models import Referral
from gib.core.access import rls
from gib.core.journal.models import Happening
from gib.people.families.models import rows_of


def fresh(row: Referral) -> Referral:
    """Read a referral again."""
    with rls.system("test"):
        found: Referral = rows_of(Referral, row.dossier_id).select_related("team").get(pk=row.id)
        return found


def all_rows() -> list[Referral]:
    """Read every referral, the oldest first."""
    with rls.system("test"):
        rows = Referral.for_house("test", TUESDAY.on).select_related("team")
        return list(rows.order_by("begun_at"))


def told(row: Referral) -> list[str]:
    """Name the events of referrals in this dossier, in order."""
    with rls.system("test"):
        rows = rows_of(Happening, row.dossier_id).order_by("position")
        return [each.name.removeprefix("referral.") for each in rows if each.name.startswith("referral.")]
