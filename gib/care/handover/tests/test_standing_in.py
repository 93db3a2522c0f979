"""Whoever visits for another volunteer may raise a worry, once both said yes and as long as she has sight."""

import pytest
from django.http import Http404
from django.urls import reverse

from gib.care.handover.actions import raise_signal
from gib.care.handover.domain import NeedKind, Urgency
from gib.care.handover.models import NeedSignal
from gib.care.products import actions
from gib.care.products.tests.conftest import NOW, coordinator, day, house, later
from gib.care.products.tests.test_standin import LAST, SIGHT, a_pair, asked, phone
from gib.care.referral.tests.reader import visitor
from gib.core.access.actor import Actor

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
__all__ = ["coordinator", "house"]


def test_a_worry_of_who_stands_in_reaches_the_coordinator(house: Actor) -> None:
    match, other = a_pair(house)
    hers = phone(other.id)
    row = asked(house, match, other)
    page = reverse("handover:worry", args=[match.dossier_id])
    told = (match.dossier_id, NeedKind.OTHER, Urgency.TALK, "Zij was stil.")
    assert visitor(hers).get(page).status_code == 404
    with pytest.raises(Http404):
        raise_signal(hers, *told, NOW)
    actions.stand_in_answers(hers, row.id, True, NOW)
    actions.mother_allows(house, row.id, True, NOW)
    assert visitor(hers).get(page).status_code == 200
    signal = raise_signal(hers, *told, NOW)
    assert visitor(hers).get(reverse("handover:worried", args=[signal.id])).status_code == 200
    for days, seen in ((LAST + SIGHT, True), (LAST + SIGHT + 1, False)):
        assert NeedSignal.visible_to(hers, day(days)).filter(pk=signal.id).exists() is seen
    with pytest.raises(Http404):
        raise_signal(hers, *told, later(LAST + SIGHT + 1))
