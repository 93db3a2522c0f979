"""Whose term is over: who is listed, since when and why, what stops it, and who sees which of it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import RequestFactory
from django.urls import reverse

from gib.care.handover import builders as needs
from gib.care.referral import actions as referral
from gib.care.referral.domain import Answers, Channel, Children, DeclineReason
from gib.care.referral.models import Referral
from gib.care.trajectory.builders import proposed_in
from gib.care.trajectory.models import Trajectory
from gib.core.access import rls
from gib.core.access.actor import Actor, house
from gib.core.access.tables import Role
from gib.core.kernel.clock import Now, now_on
from gib.core.vault.models import WrappedKey
from gib.people.families import builders
from gib.people.families.domain.codes import Purpose
from gib.people.families.models import number_of
from gib.people.volunteers import builders as volunteers
from gib.people.volunteers.actions import erasure as erasing
from gib.people.volunteers.domain.expenses import ClaimState
from gib.people.volunteers.models import Claim
from gib.portal import actions, dues, slots
from gib.portal.domain import ErasureGround, ErasureState, HoldKind
from gib.portal.dues import DueKind
from gib.portal.models import ErasureRequest
from gib.portal.tests.town import TODAY, Town, page, questions, text

LIST = "/wissen/aan-de-beurt/"
#: The last day on which something ended that may stay today, and the one before it.
KEPT, PAST = date(2009, 1, 11), date(2009, 1, 10)


@pytest.fixture
def leader() -> Actor:
    return Actor(uuid4(), Role.PROJECT_LEADER)


def helped(town: Town, dossier_id: UUID, closed_on: date | None) -> None:
    """Let help of a mother have ended on a day; without one it goes on."""
    builders.with_consent(town.ours, dossier_id, Purpose.SUPPORT, town.now)
    plan = proposed_in(town.ours, dossier_id, town.now)
    with rls.acting_as(town.ours, TODAY):
        state = "closed" if closed_on else plan.state
        Trajectory.for_action(town.ours, TODAY).filter(pk=plan.pk).update(closed_on=closed_on, state=state)


def declined(town: Town, ended_on: date, **more: Any) -> UUID:
    """Give the dossier of a referral that led nowhere."""
    told = Answers(
        first_name="Wendeline",
        last_name="Verzonnen",
        birth_year=1984,
        unit="B2",
        consent_seen_on=TODAY,
        children=Children.UNKNOWN,
        channel=Channel.MMD,
    )
    row = referral.refer(town.ours, told, town.now)
    referral.decline(town.ours, row.id, DeclineReason.NO_CHILDREN, town.now)
    with rls.acting_as(town.ours, TODAY):
        Referral.for_action(town.ours, TODAY).filter(pk=row.pk).update(ended_on=ended_on, **more)
    return UUID(str(row.dossier_id))


def left(town: Town, left_on: date) -> UUID:
    """Give a volunteer who left on a day."""
    row = volunteers.long_gone(town.ours, now_on(left_on - timedelta(400)), now_on(left_on))
    return UUID(str(row.id))


def shown(actor: Actor, on: date = TODAY) -> list[tuple[DueKind, UUID]]:
    return [(each.kind, each.id) for each in dues.listed(actor, on)]


@pytest.mark.django_db(databases="__all__")
class TestWhoIsDue:
    """The three kinds, each from the day after its term."""

    @pytest.mark.requirement("RET-01")
    @pytest.mark.parametrize(("closed_on", "is_due"), [(None, False), (KEPT, False), (PAST, True)])
    def test_a_dossier_two_years_after_the_help(
        self, town: Town, leader: Actor, closed_on: date | None, is_due: bool
    ) -> None:
        helped(town, town.dossier_id, closed_on)
        for actor in (town.ours, leader):
            assert shown(actor) == ([(DueKind.DOSSIER, town.dossier_id)] if is_due else [])
        assert shown(town.theirs) == []

    def test_the_last_of_two_periods_of_help_counts(self, town: Town) -> None:
        for closed_on in (date(2007, 5, 1), PAST):
            helped(town, town.dossier_id, closed_on)
        (each,) = dues.listed(town.ours, TODAY)
        assert (each.ended_on, each.kept_on) == (PAST, date(2011, 1, 10))
        helped(town, town.dossier_id, date(2010, 3, 1))
        assert dues.listed(town.ours, TODAY) == []

    @pytest.mark.requirement("RET-03")
    @pytest.mark.parametrize(("weeks", "days", "is_due"), [(6, 0, False), (6, 1, True), (5, 0, False)])
    def test_a_referral_without_sequel_after_six_weeks(
        self, town: Town, leader: Actor, weeks: int, days: int, is_due: bool
    ) -> None:
        dossier_id = declined(town, TODAY - timedelta(weeks=weeks, days=days))
        for actor in (town.ours, leader):
            assert shown(actor) == ([(DueKind.REFERRAL, dossier_id)] if is_due else [])

    def test_who_wants_to_be_asked_again_later_is_kept_until_then(self, town: Town) -> None:
        old = TODAY - timedelta(weeks=20)
        declined(town, old, not_before_on=TODAY)
        assert shown(town.ours) == []
        assert len(shown(town.ours, TODAY + timedelta(1))) == 1

    def test_a_referral_that_became_help_is_a_dossier(self, town: Town) -> None:
        dossier_id = declined(town, TODAY - timedelta(weeks=20))
        helped(town, dossier_id, TODAY - timedelta(weeks=10))
        assert shown(town.ours) == []

    @pytest.mark.requirement("VOL-03")
    @pytest.mark.parametrize(("left_on", "is_due"), [(KEPT, False), (PAST, True)])
    def test_a_volunteer_two_years_after_her_goodbye(
        self, town: Town, leader: Actor, left_on: date, is_due: bool
    ) -> None:
        volunteer_id = left(town, left_on)
        for actor in (town.ours, leader):
            assert shown(actor) == ([(DueKind.VOLUNTEER, volunteer_id)] if is_due else [])
        assert shown(town.theirs) == []

    def test_the_longest_due_stands_first(self, town: Town) -> None:
        helped(town, town.dossier_id, date(2008, 6, 1))
        gone, late = left(town, date(2008, 3, 1)), declined(town, TODAY - timedelta(weeks=7))
        assert [each.id for each in dues.listed(town.ours, TODAY)] == [gone, town.dossier_id, late]

    @pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.REFERRER, Role.MUNICIPALITY, Role.PRIVACY_OFFICER])
    def test_others_see_none(self, town: Town, role: Role) -> None:
        helped(town, town.dossier_id, PAST)
        assert dues.listed(Actor(uuid4(), role, town.ours.team_ids), TODAY) == []


@pytest.mark.django_db(databases="__all__", transaction=True)
class TestWhatIsErased:
    """What was erased is due no more, to nobody."""

    def test_an_erased_dossier_leaves_the_list(self, town: Town, leader: Actor) -> None:
        helped(town, town.dossier_id, PAST)
        asked = actions.ask_erasure(town.ours, town.dossier_id, ErasureGround.TERM, town.now)
        assert shown(leader) == [(DueKind.DOSSIER, town.dossier_id)]
        actions.answer_erasure(leader, asked.id, ErasureState.CARRIED_OUT, "", town.now)
        assert not WrappedKey.objects.filter(box_id=town.dossier_id).exists()
        assert shown(leader) == shown(town.ours) == []

    def test_an_erased_volunteer_leaves_the_list(self, town: Town, leader: Actor) -> None:
        volunteer_id = left(town, PAST)
        erasing.erase(town.ours, volunteer_id, town.now)
        assert shown(leader) == shown(town.ours) == []


@pytest.mark.django_db(databases="__all__")
class TestWhatStopsIt:
    """A hold, a question that waits, money that waits, a suspicion."""

    @pytest.mark.requirement("RET-05")
    def test_the_hold_that_lasts_longest_is_told(self, town: Town, leader: Actor) -> None:
        helped(town, town.dossier_id, PAST)
        for kind, days in ((HoldKind.COURT, 30), (HoldKind.COMPLAINT, 9)):
            until = TODAY + timedelta(days)
            actions.hold(town.ours, town.dossier_id, kind, "zitting", until, town.now)
        for actor in (town.ours, leader):
            (each,) = dues.listed(actor, TODAY)
            assert (each.hold, each.held_until) == (HoldKind.COURT, TODAY + timedelta(30))
            assert not each.is_free
        (each,) = dues.listed(leader, TODAY + timedelta(31))
        assert each.is_free

    def test_a_question_that_waits(self, town: Town, leader: Actor) -> None:
        helped(town, town.dossier_id, PAST)
        asked = actions.ask_erasure(town.ours, town.dossier_id, ErasureGround.TERM, town.now)
        for actor in (town.ours, leader):
            (each,) = dues.listed(actor, TODAY)
            assert (each.asked_id, each.is_free) == (asked.id, False)

    def test_money_of_a_volunteer_that_waits(self, town: Town, leader: Actor) -> None:
        volunteer_id = left(town, PAST)
        owes(town, volunteer_id)
        for actor in (town.ours, leader):
            (each,) = dues.listed(actor, TODAY)
            assert (each.is_owed, each.is_free) == (True, False)

    def test_nobody_learns_of_a_suspicion(self, town: Town, leader: Actor) -> None:
        helped(town, town.dossier_id, None)
        needs.unsafe(town.ours, town.dossier_id, town.now)
        with rls.acting_as(town.ours, TODAY):
            rows = Trajectory.for_action(town.ours, TODAY)
            rows.update(closed_on=PAST, state="closed")
        assert shown(town.ours) == shown(leader) == []


def owes(town: Town, volunteer_id: UUID) -> None:
    """Let a claim of a volunteer wait."""
    with rls.acting_as(house("test"), TODAY):
        Claim(
            volunteer_id=volunteer_id,
            team_id=min(town.ours.team_ids),
            on=PAST,
            cents=500,
            state=ClaimState.SUBMITTED,
            submitted_by=uuid4(),
            submitted_on=PAST,
        ).save()


@pytest.mark.django_db(databases="__all__")
class TestThePages:
    """What the project leader and the coordinator see."""

    def test_the_list_of_the_project_leader(self, town: Town) -> None:
        helped(town, town.dossier_id, PAST)
        gone, late = left(town, date(2008, 3, 1)), declined(town, TODAY - timedelta(weeks=7))
        leader = town[Role.PROJECT_LEADER]
        found = page(leader.get(LIST))
        words = text(leader.get(LIST))
        for each in (town.dossier_id, gone, late):
            assert number_of(each) in words
        for said in (
            "De hulp eindigde op za 10 jan 2009",
            "De aanmelding stopte op",
            "Zij vertrok op za 1 mrt 2008",
            "Nog niemand vroeg het",
            "Kan gewist worden",
            "Wat er gebeurt bij wissen",
            "U ziet alle teams",
        ):
            assert said in words
        assert builders.LAST_NAMES[0] not in words and "Verzonnen" not in words
        assert [link for link in found.select("tbody a")] == []

    def test_the_coordinator_goes_on_to_erase(self, town: Town) -> None:
        helped(town, town.dossier_id, PAST)
        gone = left(town, PAST)
        links = {link["href"] for link in page(town["ours"].get(LIST)).select("tbody th a")}
        assert links == {town.url("erase"), reverse("volunteers:erase", args=[gone])}
        for link in links:
            assert town["ours"].get(link).status_code == 200
        assert "Niets over de termijn" in text(town["theirs"].get(LIST))

    def test_it_is_filtered_and_sorted(self, town: Town) -> None:
        helped(town, town.dossier_id, PAST)
        gone = left(town, date(2008, 3, 1))
        leader = town[Role.PROJECT_LEADER]
        own = [number_of(gone), number_of(town.dossier_id)]
        for query, wanted in {
            "": own,
            "?soort=vrijwilligers": own[:1],
            "?soort=dossiers": own[1:],
            "?soort=aanmeldingen": [],
            "?soort=onzin": own,
            "?volgorde=-tot": own[::-1],
            "?volgorde=wat": own[::-1],
            "?volgorde=stand": own,
            "?volgorde=team": own,
            "?soort=dossiers&volgorde=-stand": own[1:],
        }.items():
            rows = page(leader.get(f"{LIST}{query}")).select("tbody th")
            assert [row.get_text(strip=True) for row in rows] == wanted, query

    def test_what_stops_it_is_said(self, town: Town) -> None:
        helped(town, town.dossier_id, PAST)
        leader = town[Role.PROJECT_LEADER]
        asked = actions.ask_erasure(town.ours, town.dossier_id, ErasureGround.TERM, town.now)
        found = page(leader.get(LIST))
        assert found.select_one("tbody td a")["href"] == reverse("portal:erasure", args=[asked.id])
        actions.hold(town.ours, town.dossier_id, HoldKind.COURT, "zitting", date(2011, 6, 1), town.now)
        words = text(leader.get(LIST))
        assert "Moet blijven tot en met wo 1 jun" in words and "Er loopt een zaak bij de rechter" in words
        owes(town, left(town, PAST))
        assert "Haar onkosten staan nog open" in text(leader.get(LIST))

    def test_more_than_fit_is_said(self, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(dues, "MOST", 1)
        left(town, PAST)
        leader = town[Role.PROJECT_LEADER]
        assert "Er zijn er nog meer" not in text(leader.get(LIST))
        left(town, date(2008, 3, 1))
        assert "Er zijn er nog meer" in text(leader.get(LIST))

    def test_who_may_not(self, town: Town) -> None:
        for name in (Role.VOLUNTEER, Role.REFERRER, Role.MUNICIPALITY, Role.TECHNICAL_ADMIN):
            assert town[name].get(LIST).status_code == 403
        assert town["ours"].post(LIST).status_code == 405
        assert town[Role.DEPUTY].get(LIST).status_code == 200

    def test_the_list_asks_as_much_for_one_as_for_many(self, town: Town) -> None:
        helped(town, town.dossier_id, PAST)
        left(town, PAST)
        before = {name: questions(town[name], LIST) for name in ("ours", Role.PROJECT_LEADER)}
        for number in range(1, 5):
            helped(town, builders.a_dossier(town.ours, town.now, number).id, PAST - timedelta(number))
            left(town, PAST - timedelta(number))
        for name, number in before.items():
            assert questions(town[name], LIST) == number <= 15


@pytest.mark.django_db(databases="__all__")
class TestTheFirstPageOfTheProjectLeader:
    """A row with the number for what waits on her, and one for what nobody asked yet."""

    def asked(self, leader: Actor, on: date = TODAY) -> list[str]:
        request: Any = RequestFactory().get("/")
        request.actor, request.now = leader, Now(now_on(on).at, on)
        rows = [*slots.erasures_to_decide(request), *slots.erasures_over(request)]
        return [task.who for task in rows]

    def test_nothing_waits(self, town: Town, leader: Actor) -> None:
        assert self.asked(leader) == []
        assert "Wacht op u" not in text(town[Role.PROJECT_LEADER].get("/dekking/"))

    def test_what_is_free_is_counted_and_what_was_asked_waits(self, town: Town, leader: Actor) -> None:
        helped(town, town.dossier_id, PAST)
        assert self.asked(leader) == ["1 is over de bewaartermijn"]
        left(town, PAST)
        assert self.asked(leader) == ["2 zijn over de bewaartermijn"]
        actions.ask_erasure(town.ours, town.dossier_id, ErasureGround.TERM, town.now)
        assert self.asked(leader) == ["1 vraag om te wissen", "1 is over de bewaartermijn"]
        assert ErasureRequest.visible_to(leader, TODAY).count() == 1

    def test_both_stand_on_the_page_of_cover(self, town: Town) -> None:
        helped(town, town.dossier_id, PAST)
        left(town, PAST)
        actions.ask_erasure(town.ours, town.dossier_id, ErasureGround.TERM, town.now)
        found = page(town[Role.PROJECT_LEADER].get("/dekking/"))
        links = [link["href"] for link in found.select("ul.tasks .task-who a")]
        assert links == ["/wissen/", LIST]
        assert questions(town[Role.PROJECT_LEADER], "/dekking/") <= 15


def test_more_of_one_kind_than_the_list_holds_is_told() -> None:
    """Each kind is cut off by itself, so that many volunteers do not hide that more dossiers wait."""
    one = dues.Due(DueKind.DOSSIER, uuid4(), 1, PAST, KEPT)
    other = dues.Due(DueKind.VOLUNTEER, uuid4(), 1, PAST, KEPT)
    assert not dues.is_more([])
    assert not dues.is_more([one] * dues.MOST + [other] * dues.MOST)
    assert dues.is_more([one] * (dues.MOST + 1))
    assert dues.is_more([one] + [other] * (dues.MOST + 1))
