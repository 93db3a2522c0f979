"""What tests of handover ask of the house: refusals, rows as they lie, and forms sent as a browser does."""

from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client

from gib.care.handover.tests.conftest import NOW
from gib.care.referral.tests.reader import hidden
from gib.core.access import rls
from gib.core.kernel.rules import RuleBroken


def broken(code: str) -> AbstractContextManager[object]:
    """Expect that a rule with this code is broken."""
    return pytest.raises(RuleBroken, match=f"^{code}$")


def kept(model: Any, pk: Any) -> Any:
    """Give a row as it lies, as the house sees it."""
    with rls.system("test"):
        return model.for_house("test", NOW.on).get_or_404(pk=pk)


def send(client: Client, url: str, told: dict[str, Any]) -> Any:
    """Open a form and send it with what was filled in."""
    return client.post(url, told | hidden(client.get(url)))
