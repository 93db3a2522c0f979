"""A case goes to another team as a whole: both see it until the answer, one is responsible."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import Http404
from django.test import RequestFactory

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.rows import protected_models
from gib.core.access.tables import Role, Scope
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.families import actions as families
from gib.people.families import builders
from gib.people.families.models import Dossier, Involvement, Participant
from gib.people.partners.builders import two_teams
from gib.people.partners.models import Team
from gib.portal import actions, reactions, slots
from gib.portal.domain import TRANSFER_FLOW, TransferState, answer_due, check_transfer, is_late
from gib.portal.models import Transfer, open_transfer

NOW = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), date(2011, 1, 11))
TUESDAY = NOW.on


def test_the_term_of_an_answer_is_five_working_days() -> None:
    assert answer_due(TUESDAY, 5) == date(2011, 1, 18)
    assert not is_late(TransferState.PROPOSED, TUESDAY, 5, date(2011, 1, 18))
    assert is_late(TransferState.PROPOSED, TUESDAY, 5, date(2011, 1, 19))
    assert not is_late(TransferState.ACCEPTED, TUESDAY, 5, date(2012, 1, 1))


@pytest.mark.parametrize(
    ("to_team", "is_open", "code"), [(1, False, "transfer_same_team"), (2, True, "transfer_open")]
)
def test_a_second_or_empty_proposal_is_refused(to_team: int, is_open: bool, code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        check_transfer(1, to_team, is_open)


def test_an_answer_is_final() -> None:
    assert {state for state in TransferState if TRANSFER_FLOW.is_final(state)} == {
        TransferState.ACCEPTED,
        TransferState.DECLINED,
        TransferState.WITHDRAWN,
    }


@pytest.mark.django_db(databases="__all__")
class TestTransfer:
    """The acts, on the database."""

    @pytest.fixture
    def teams(self) -> tuple[Team, Team]:
        return two_teams()

    @pytest.fixture
    def ours(self, teams: Any) -> Actor:
        return Actor(uuid4(), Role.COORDINATOR, frozenset({teams[0].pk}))

    @pytest.fixture
    def theirs(self, teams: Any) -> Actor:
        return Actor(uuid4(), Role.COORDINATOR, frozenset({teams[1].pk}))

    @pytest.fixture
    def dossier(self, ours: Actor, seen: Any) -> UUID:
        return builders.a_dossier(ours, NOW).id

    def _sees(self, actor: Actor, dossier: UUID, days: int = 0) -> bool:
        on = NOW.on + timedelta(days=days)
        return Dossier.visible_to(actor, on).filter(pk=dossier).exists()

    def test_both_see_the_case_until_the_answer(self, ours: Actor, theirs: Actor, dossier: UUID) -> None:
        assert not self._sees(theirs, dossier)
        row = actions.propose_transfer(ours, dossier, min(theirs.team_ids), NOW)
        assert self._sees(theirs, dossier)
        assert self._sees(ours, dossier)
        actions.answer_transfer(theirs, row.id, TransferState.DECLINED, NOW)
        assert self._sees(ours, dossier)
        assert not self._sees(theirs, dossier), "also not for the rest of the day"

    def test_accepting_moves_every_row(self, ours: Actor, theirs: Actor, dossier: UUID) -> None:
        builders.with_child(ours, dossier, NOW)
        row = actions.propose_transfer(ours, dossier, min(theirs.team_ids), NOW)
        actions.answer_transfer(theirs, row.id, TransferState.ACCEPTED, NOW)
        assert self._sees(theirs, dossier, days=30)
        assert not self._sees(ours, dossier)
        with rls.system("test"):
            for model in protected_models():
                names = {field.name for field in model._meta.concrete_fields}
                if names >= {"dossier", "team"}:
                    teams = set(
                        model.for_house("test", NOW.on).filter(dossier_id=dossier).values_list("team_id")
                    )
                    assert teams <= {(min(theirs.team_ids),)}, model

    def test_only_the_asked_team_accepts_and_only_the_asking_team_withdraws(
        self, ours: Actor, theirs: Actor, dossier: UUID
    ) -> None:
        row = actions.propose_transfer(ours, dossier, min(theirs.team_ids), NOW)
        for actor, to in ((ours, TransferState.ACCEPTED), (theirs, TransferState.WITHDRAWN)):
            with pytest.raises(RuleBroken, match="not_found"):
                actions.answer_transfer(actor, row.id, to, NOW)
        assert actions.answer_transfer(ours, row.id, TransferState.WITHDRAWN, NOW).answered_on == NOW.on
        with pytest.raises(RuleBroken, match="illegal_move"):
            actions.answer_transfer(ours, row.id, TransferState.WITHDRAWN, NOW)

    def test_refusals_of_a_proposal(self, ours: Actor, theirs: Actor, dossier: UUID) -> None:
        with pytest.raises(Http404):
            actions.propose_transfer(theirs, dossier, min(theirs.team_ids), NOW)
        with pytest.raises(RuleBroken, match="transfer_same_team"):
            actions.propose_transfer(ours, dossier, min(ours.team_ids), NOW)
        with pytest.raises(RuleBroken, match="not_found"):
            actions.propose_transfer(ours, dossier, 99999, NOW)
        actions.propose_transfer(ours, dossier, min(theirs.team_ids), NOW)
        with pytest.raises(RuleBroken, match="transfer_open"):
            actions.propose_transfer(ours, dossier, min(theirs.team_ids), NOW)

    def test_a_move_to_another_prison_asks_its_team_once(
        self, ours: Actor, theirs: Actor, dossier: UUID, as_house: Any
    ) -> None:
        families.place(ours, dossier, "TPL", "", "remand", NOW.on, NOW)
        reactions.on_placed(dossier, {"prison": "TPL", "moved": True}, NOW)
        reactions.on_placed(dossier, {"prison": "TPL", "moved": True}, NOW)
        row = open_transfer(dossier)
        assert row is not None
        assert row.to_team_id == min(theirs.team_ids)
        assert Transfer.for_house("test", NOW.on).count() == 1
        assert Involvement.objects.filter(kind=Scope.RECEIVING).count() == 1

    def test_a_first_placement_or_a_prison_without_a_team_asks_nobody(
        self, dossier: UUID, as_house: Any
    ) -> None:
        reactions.on_placed(dossier, {"prison": "TPL", "moved": False}, NOW)
        reactions.on_placed(dossier, {"prison": "ZWO", "moved": True}, NOW)
        assert open_transfer(dossier) is None

    def test_the_question_that_waits_longest_comes_first(
        self, ours: Actor, theirs: Actor, dossier: UUID
    ) -> None:
        other = builders.a_dossier(ours, NOW).id
        for each, days in ((dossier, 1), (other, 0)):
            asked = Now(NOW.at + timedelta(days=days), NOW.on + timedelta(days=days))
            actions.propose_transfer(ours, each, min(theirs.team_ids), asked)
        for actor in (ours, theirs):
            request: Any = RequestFactory().get("/vandaag/")
            request.actor, request.now = actor, Now(NOW.at, NOW.on + timedelta(days=2))
            assert [task.dossier_id for task in slots.transfers(request)] == [other, dossier]

    @pytest.mark.parametrize(("days", "tone"), [(0, "busy"), (7, "busy"), (8, "stop")])
    def test_the_start_page_of_both_names_it_and_alarms_when_late(
        self, ours: Actor, theirs: Actor, dossier: UUID, days: int, tone: str
    ) -> None:
        actions.propose_transfer(ours, dossier, min(theirs.team_ids), NOW)
        for actor, button in ((ours, "Bekijk"), (theirs, "Beslis")):
            request: Any = RequestFactory().get("/vandaag/")
            request.actor, request.now = actor, Now(NOW.at, NOW.on + timedelta(days=days))
            (task,) = slots.transfers(request)
            assert (task.tone, task.button, task.dossier_id) == (tone, button, dossier)
            mother = Participant.visible_to(actor, NOW.on).get()
            assert task.who.startswith(mother.first_name)
