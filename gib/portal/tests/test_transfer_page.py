"""Handing a case over on screen: asking, answering, taking back; each side its own question."""

from datetime import date, timedelta
from itertools import chain
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from gib.core.access import rls
from gib.core.journal.models import Happening
from gib.core.kernel.holidays import is_working_day
from gib.core.kernel.rules import RuleBroken
from gib.people.families.models import Dossier
from gib.people.partners.models import Team, teams_besides
from gib.portal import actions
from gib.portal.domain import (
    TRANSFER_FLOW,
    TransferState,
    answer_due,
    check_transfer,
    is_late,
)
from gib.portal.models import Transfer, open_transfer, open_transfers
from gib.portal.tests.town import Town, page, send, text

STATES = st.sampled_from(sorted(TransferState))


# The rules.


@given(st.dates(date(2009, 1, 1), date(2013, 1, 1)), st.integers(0, 30))
def test_a_term_ends_on_the_nth_working_day_after(on: date, days: int) -> None:
    due, counted, day = answer_due(on, days), 0, on
    while day < due:
        day += timedelta(days=1)
        counted += is_working_day(day)
    assert counted == days
    assert days == 0 or (is_working_day(due) and due.isoweekday() <= 5)


@given(STATES, st.dates(date(2010, 1, 1), date(2011, 1, 1)), st.integers(1, 10), st.integers(0, 40))
def test_only_a_question_that_waits_can_be_late_and_stays_so(
    state: str, proposed: date, days: int, later: int
) -> None:
    on = proposed + timedelta(days=later)
    late = is_late(state, proposed, days, on)
    assert not late or state == TransferState.PROPOSED
    if late:
        assert is_late(state, proposed, days, on + timedelta(days=1))


@given(st.integers(1, 4), st.integers(1, 4), st.booleans())
def test_a_proposal_is_refused_for_one_reason_at_a_time(one: int, other: int, is_open: bool) -> None:
    wanted = "transfer_same_team" if one == other else "transfer_open" if is_open else ""
    try:
        check_transfer(one, other, is_open)
        assert wanted == ""
    except RuleBroken as broken:
        assert broken.code == wanted


@given(st.lists(STATES, max_size=5))
def test_a_question_is_answered_once(answers: list[str]) -> None:
    here, moves = TRANSFER_FLOW.start, 0
    for to in answers:
        if TRANSFER_FLOW.may_move(here, TransferState(to)):
            here, moves = TRANSFER_FLOW.move(here, TransferState(to)), moves + 1
    assert moves <= 1


# The page.


def _team_of(town: Town) -> int:
    with rls.system("test"):
        return int(Dossier.for_house("test", town.now.on).get(pk=town.dossier_id).team_id)


def _events(town: Town) -> list[str]:
    with rls.system("test"):
        rows = Happening.for_house("test", town.now.on).filter(
            dossier_id=town.dossier_id, name__startswith="portal."
        )
        return list(rows.order_by("position").values_list("name", flat=True))


def _rows(town: Town) -> list[tuple[str, date | None]]:
    with rls.system("test"):
        rows = Transfer.for_house("test", town.now.on).order_by("proposed_on")
        return [(row.state, row.answered_on) for row in rows]


@pytest.mark.django_db(databases="__all__")
class TestThePage:
    """What the team that has the case sees, and what the other."""

    @pytest.fixture
    def asked(self, town: Town) -> Town:
        team = min(town.theirs.team_ids)
        assert send(town["ours"], town.url("transfer"), team=team).url == town.url("dossier")
        return town

    def test_every_other_team_can_be_asked(self, town: Town) -> None:
        shown = page(town["ours"].get(town.url("transfer")))
        offered = {option["value"] for option in shown.select("select[name=team] option") if option["value"]}
        assert offered == {str(team.pk) for team in teams_besides(town.ours.team_ids, town.now.on)}
        assert str(min(town.theirs.team_ids)) in offered
        assert str(min(town.ours.team_ids)) not in offered

    def test_a_team_that_stopped_cannot_be_asked(self, town: Town) -> None:
        Team.objects.filter(pk__in=town.theirs.team_ids).update(valid_to=town.now.on - timedelta(days=1))
        answer = send(town["ours"], town.url("transfer"), team=min(town.theirs.team_ids))
        assert answer.status_code == 422
        assert _rows(town) == []
        with pytest.raises(RuleBroken, match="not_found"):
            actions.propose_transfer(town.ours, town.dossier_id, min(town.theirs.team_ids), town.now)

    @pytest.mark.parametrize("team", ["", "x", "0", "99999"])
    def test_no_team_or_none_that_exists_is_refused(self, town: Town, team: str) -> None:
        assert send(town["ours"], town.url("transfer"), team=team).status_code == 422
        assert (_rows(town), _events(town)) == ([], [])

    def test_asking_leaves_one_row_one_event_and_opens_the_case(self, asked: Town) -> None:
        assert _rows(asked) == [(TransferState.PROPOSED, None)]
        assert _events(asked) == ["portal.TransferProposed"]
        assert asked["theirs"].get(asked.url("dossier")).status_code == 200

    def test_asking_twice_at_once_asks_once(self, town: Town) -> None:
        values = {"team": min(town.theirs.team_ids), "token": str(uuid4())}
        urls = {town["ours"].post(town.url("transfer"), values).url for _ in range(2)}
        assert len(urls) == 1
        assert len(_rows(town)) == 1

    def test_each_side_gets_its_own_question(self, asked: Town) -> None:
        for who, offered in (("theirs", {"accepted", "declined"}), ("ours", {"withdrawn"})):
            shown = page(asked[who].get(asked.url("transfer")))
            assert {one["value"] for one in shown.select("input[name=to]")} == offered
            assert "Tot het antwoord zien beide teams het dossier" in shown.main.get_text()

    @pytest.mark.parametrize(
        ("who", "to"), [("ours", "accepted"), ("ours", "declined"), ("theirs", "withdrawn"), ("theirs", "x")]
    )
    def test_an_answer_of_the_other_side_is_refused(self, asked: Town, who: str, to: str) -> None:
        assert send(asked[who], asked.url("transfer"), to=to).status_code == 422
        assert _rows(asked) == [(TransferState.PROPOSED, None)]
        assert _events(asked) == ["portal.TransferProposed"]

    def test_a_yes_moves_the_case_and_leads_into_it(self, asked: Town) -> None:
        answer = send(asked["theirs"], asked.url("transfer"), to="accepted")
        assert answer.url == asked.url("dossier")
        assert _team_of(asked) == min(asked.theirs.team_ids)
        assert asked["ours"].get(asked.url("dossier")).status_code == 404
        assert asked["theirs"].get(asked.url("dossier")).status_code == 200
        assert _rows(asked) == [(TransferState.ACCEPTED, asked.now.on)]

    @pytest.mark.parametrize(("who", "to"), [("theirs", "declined"), ("ours", "withdrawn")])
    def test_a_no_leaves_the_case_where_it_was(self, asked: Town, who: str, to: str) -> None:
        assert send(asked[who], asked.url("transfer"), to=to).url == "/"
        assert _team_of(asked) == min(asked.ours.team_ids)
        assert asked["ours"].get(asked.url("dossier")).status_code == 200
        assert _rows(asked) == [(to, asked.now.on)]
        assert _events(asked) == ["portal.TransferProposed", "portal.TransferAnswered"]

    def test_after_a_no_one_may_ask_again(self, asked: Town) -> None:
        send(asked["theirs"], asked.url("transfer"), to="declined")
        again = send(asked["ours"], asked.url("transfer"), team=min(asked.theirs.team_ids))
        assert again.url == asked.url("dossier")
        assert sorted(state for state, _ in _rows(asked)) == ["declined", "proposed"]

    def test_an_answer_to_a_question_that_was_taken_back_is_refused(self, asked: Town) -> None:
        row = open_transfer(asked.dossier_id)
        assert row is not None
        actions.answer_transfer(asked.ours, row.id, TransferState.WITHDRAWN, asked.now)
        with pytest.raises(Http404):
            actions.answer_transfer(asked.theirs, row.id, TransferState.ACCEPTED, asked.now)
        assert _team_of(asked) == min(asked.ours.team_ids)

    @pytest.mark.parametrize(("who", "to"), [("theirs", "accepted"), ("ours", "withdrawn")])
    def test_an_answer_sent_twice_answers_once(self, asked: Town, who: str, to: str) -> None:
        values = {"to": to, "token": str(uuid4())}
        urls = {asked[who].post(asked.url("transfer"), values).url for _ in range(2)}
        assert len(urls) == 1
        assert _events(asked) == ["portal.TransferProposed", "portal.TransferAnswered"]

    def test_a_late_answer_hears_that_it_cannot_be(self, asked: Town) -> None:
        shown = page(asked["ours"].get(asked.url("transfer")))
        send(asked["ours"], asked.url("transfer"), to="withdrawn")
        token = shown.find("input", {"name": "token"})["value"]
        late = asked["ours"].post(asked.url("transfer"), {"token": token, "to": "declined"})
        assert "Dit kan niet vanuit deze stand" in text(late, 422)
        assert _rows(asked) == [(TransferState.WITHDRAWN, asked.now.on)]

    def test_a_second_team_is_not_asked_beside_the_first(self, asked: Town) -> None:
        values = {"team": min(asked.theirs.team_ids), "token": str(uuid4())}
        answer = asked["ours"].post(asked.url("transfer"), values)
        assert "Er loopt al een voorstel" in text(answer, 422)
        assert len(_rows(asked)) == 1

    @pytest.mark.parametrize("who", ["volunteer", "referrer", "municipality", "project_leader"])
    def test_another_role_may_neither_ask_nor_answer(self, asked: Town, who: str) -> None:
        assert asked[who].post(asked.url("transfer"), {"to": "accepted"}).status_code == 403
        assert _rows(asked) == [(TransferState.PROPOSED, None)]

    def test_a_stranger_may_not_ask_for_a_case_she_does_not_see(self, town: Town) -> None:
        answer = town["theirs"].post(town.url("transfer"), {"team": min(town.theirs.team_ids)})
        assert answer.status_code == 404
        assert _rows(town) == []

    def test_both_days_show_the_question_and_only_while_it_waits(self, asked: Town) -> None:
        for who in ("ours", "theirs"):
            assert "Madelief" in text(asked[who].get("/vandaag/"))
        send(asked["theirs"], asked.url("transfer"), to="declined")
        assert "Madelief" not in text(asked["theirs"].get("/vandaag/"))

    def test_open_questions_are_there_for_both_sides(self, asked: Town) -> None:
        for actor in (asked.ours, asked.theirs):
            found = chain(*open_transfers(actor, asked.now.on))
            assert [row.dossier_id for row in found] == [asked.dossier_id]

    def test_a_deputy_answers_for_her_team(self, town: Town) -> None:
        with rls.system("test"):
            row = actions.propose_transfer(town.ours, town.dossier_id, min(town.theirs.team_ids), town.now)
        assert send(town["deputy"], town.url("transfer"), to="withdrawn").status_code == 302
        assert _rows(town)[0][0] == TransferState.WITHDRAWN
        assert row.state == TransferState.PROPOSED


@pytest.mark.django_db(databases="__all__", transaction=False)
def test_two_open_questions_for_one_case_cannot_exist(town: Town, as_house: Any) -> None:
    row = actions.propose_transfer(town.ours, town.dossier_id, min(town.theirs.team_ids), town.now)
    facts = {name: getattr(row, name) for name in ("dossier_id", "team_id", "from_team_id", "proposed_on")}
    twin = Transfer(**facts, to_team_id=row.to_team_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
