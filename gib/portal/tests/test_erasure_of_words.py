"""What she wrote down in a course or said at a farewell is gone with her dossier; marks stay without her."""

from typing import Any
from uuid import uuid4

import pytest

from gib.care.products.ik_jij_wij.models import CourseScores, PersonalPlan
from gib.care.products.models import Participation
from gib.care.products.moedermaatjes.models import CheckCall, Farewell
from gib.care.trajectory.models import AreaScore, NetworkMap, NetworkPerson, Review, Trajectory
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.vault.models import WrappedKey
from gib.people.families.models import rows_of
from gib.portal import actions
from gib.portal.domain import ErasureGround, ErasureState
from gib.portal.models import ErasureRequest
from gib.portal.tests.town import TODAY, Town


def a_finished_course(town: Town) -> None:
    """Write down, as the house, a course that she finished long ago, with her plan and her marks."""
    dossier = {"dossier_id": town.dossier_id, "team_id": min(town.ours.team_ids)}
    plan = Trajectory(**dossier, state="closed", opened_on=TODAY, closed_on=TODAY, close_reason="goals_met")
    part = Participation(
        **dossier, trajectory=plan, product="ik_jij_wij", state="completed", wished_on=TODAY, ended_on=TODAY
    )
    about: dict[str, Any] = {**dossier, "participation": part}
    words = PersonalPlan(**about, me="Ik durf nee te zeggen.", you="", we="", written_on=TODAY)
    marks = CourseScores(**about, moment="after", filled_on=TODAY, calm=4)
    with rls.system("test"):
        for row in (plan, part, words, marks):
            row.save()


@pytest.mark.django_db(databases="__all__", transaction=True)
def test_her_own_plan_is_erased_with_her_dossier(town: Town) -> None:
    a_finished_course(town)
    assert PersonalPlan.visible_to(town.ours, TODAY).get().me == "Ik durf nee te zeggen."
    actions.ask_erasure(town.ours, town.dossier_id, ErasureGround.HER_WISH, town.now)
    leader = Actor(uuid4(), Role.PROJECT_LEADER)
    asked = ErasureRequest.visible_to(leader, TODAY).get()
    actions.answer_erasure(leader, asked.id, ErasureState.CARRIED_OUT, "", town.now)
    assert not WrappedKey.objects.filter(box_id=town.dossier_id).exists()
    assert not PersonalPlan.visible_to(town.ours, TODAY).exists()
    assert not CourseScores.visible_to(town.ours, TODAY).exists()
    assert rows_of(CourseScores, town.dossier_id).get().calm == 4


def a_scored_talk(town: Town) -> None:
    """Write down, as the house, a talk of long ago with her scores and her network."""
    dossier = {"dossier_id": town.dossier_id, "team_id": min(town.ours.team_ids)}
    plan = Trajectory(**dossier, state="closed", opened_on=TODAY, closed_on=TODAY, close_reason="goals_met")
    talk = Review(**dossier, trajectory=plan, held_on=TODAY, note="Zij kijkt vooruit.")
    facts = {"edition": 1, "number": 1, "area": "housing", "score": 4, "given_on": TODAY}
    scored = AreaScore(**dossier, review=talk, **facts)
    drawing = NetworkMap(**dossier, trajectory=plan, drawn_on=TODAY)
    told = {"thread": uuid4(), "role": "family", "ring": "heart", "name": "Zus Zeester"}
    with rls.system("test"):
        for row in (plan, talk, scored, drawing, NetworkPerson(**dossier, map=drawing, **told)):
            row.save()


@pytest.mark.django_db(databases="__all__", transaction=True)
def test_her_scores_and_her_network_are_nobodys_once_she_is_erased(town: Town) -> None:
    a_scored_talk(town)
    assert AreaScore.visible_to(town.ours, TODAY).get().score == 4
    assert NetworkPerson.visible_to(town.ours, TODAY).get().name == "Zus Zeester"
    actions.ask_erasure(town.ours, town.dossier_id, ErasureGround.HER_WISH, town.now)
    leader = Actor(uuid4(), Role.PROJECT_LEADER)
    asked = ErasureRequest.visible_to(leader, TODAY).get()
    actions.answer_erasure(leader, asked.id, ErasureState.CARRIED_OUT, "", town.now)
    assert not Review.visible_to(town.ours, TODAY).exists()
    assert not AreaScore.visible_to(town.ours, TODAY).exists()
    assert not NetworkPerson.visible_to(town.ours, TODAY).exists()
    assert rows_of(AreaScore, town.dossier_id).get().score == 4


def a_farewell_and_a_call(town: Town) -> None:
    """Write down, as the house, help at home of long ago with what was said at its end and months later."""
    dossier = {"dossier_id": town.dossier_id, "team_id": min(town.ours.team_ids)}
    plan = Trajectory(**dossier, state="closed", opened_on=TODAY, closed_on=TODAY, close_reason="goals_met")
    days = {"wished_on": TODAY, "planned_on": TODAY, "started_on": TODAY, "ended_on": TODAY}
    part = Participation(**dossier, trajectory=plan, product="moedermaatjes", state="completed", **days)
    about = dossier | {"participation": part}
    said = Farewell(**about, held_on=TODAY, note="Zij bakte een taart.")
    call = CheckCall(**about, called_on=TODAY, faring="hard", note="Zij slaapt slecht.")
    with rls.system("test"):
        for row in (plan, part, said, call):
            row.save()


@pytest.mark.django_db(databases="__all__", transaction=True)
def test_what_was_said_at_the_farewell_is_erased_with_her_dossier(town: Town) -> None:
    a_farewell_and_a_call(town)
    assert Farewell.visible_to(town.ours, TODAY).get().note == "Zij bakte een taart."
    assert CheckCall.visible_to(town.ours, TODAY).get().note == "Zij slaapt slecht."
    actions.ask_erasure(town.ours, town.dossier_id, ErasureGround.HER_WISH, town.now)
    leader = Actor(uuid4(), Role.PROJECT_LEADER)
    asked = ErasureRequest.visible_to(leader, TODAY).get()
    actions.answer_erasure(leader, asked.id, ErasureState.CARRIED_OUT, "", town.now)
    assert not WrappedKey.objects.filter(box_id=town.dossier_id).exists()
    for model in (Farewell, CheckCall):
        assert not model.visible_to(town.ours, TODAY).exists()
    assert rows_of(CheckCall, town.dossier_id).get().faring == "hard"
