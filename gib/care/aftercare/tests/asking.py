"""What tests of aftercare ask of the house: refusals, covers, sight, and forms sent as a browser does."""

from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from gib.care.aftercare.models import FundingRequest
from gib.care.aftercare.tests.conftest import NOW
from gib.care.referral.tests.reader import hidden
from gib.care.trajectory.models import Trajectory, is_covered
from gib.core.access import rls
from gib.core.kernel.rules import RuleBroken
from gib.people.families.models import Involvement


def broken(code: str) -> AbstractContextManager[object]:
    """Expect that a rule with this code is broken."""
    return pytest.raises(RuleBroken, match=f"^{code}$")


def trajectory_of(dossier_id: UUID) -> Trajectory:
    """Give the trajectory of a dossier, as the house sees it."""
    with rls.system("test"):
        found: Trajectory = Trajectory.for_house("test", NOW.on).get_or_404(dossier_id=dossier_id)
        return found


def covered(dossier_id: UUID, days: int = 0) -> bool:
    """Tell whether somebody pays some days from the story's today."""
    with rls.system("test"):
        return is_covered(dossier_id, NOW.on + timedelta(days=days))


def sight(row: FundingRequest, days: int = 0) -> list[str]:
    """Name who sees a request through an involvement on a day."""
    current = Involvement.current(row.dossier_id, NOW.on + timedelta(days=days))
    return [one.party for one in current.filter(source_id=row.id)]


def state_of(pk: Any) -> str:
    """Give the state of a request, as the house sees it."""
    with rls.system("test"):
        return str(FundingRequest.for_house("test", NOW.on).get_or_404(pk=pk).state)


def send(client: Client, url: str, told: dict[str, Any]) -> Any:
    """Open a form and send it with what was filled in."""
    return client.post(url, told | hidden(client.get(url)))
