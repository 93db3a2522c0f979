"""From the public page to the first talk; and who does not go on is forgotten in time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.urls import reverse

from gib.core.access import rls
from gib.core.access.actor import Actor, house
from gib.core.journal.models import Happening, Message
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.core.vault.models import Tombstone
from gib.people.partners.domain import Product
from gib.people.volunteers import actions as volunteers
from gib.people.volunteers import builders, slots_life
from gib.people.volunteers.actions import availability
from gib.people.volunteers.actions import interest as actions
from gib.people.volunteers.choices import CONCLUSIONS, CONSENT, HEARD, WORK
from gib.people.volunteers.domain import State
from gib.people.volunteers.domain import interest as domain
from gib.people.volunteers.domain.availability import Away
from gib.people.volunteers.domain.interest import CONSENT_VERSION, Conclusion, Heard, Spot
from gib.people.volunteers.models import Absence, Enquiry, Interview, Volunteer, VolunteerStand
from gib.people.volunteers.models.interest import desks, kept_weeks, team_near
from gib.people.volunteers.tests.conftest import TOLD, Desk

TODAY = date(2011, 1, 11)
NOW = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), TODAY)
#: What the text of each version says, as a digest: another text asks for another number.
TEXTS = {"2011-1": "846c59ea"}


def day(number: int) -> date:
    """Give a day so many days from today."""
    return TODAY + timedelta(days=number)


def later(number: int) -> Now:
    return replace(NOW, on=day(number))


class TestRules:
    """What is asked and decided, without a database."""

    def test_a_way_to_reach_her_is_needed(self) -> None:
        domain.check_reach("06", "")
        domain.check_reach("", "m@voorbeeld.invalid")
        with pytest.raises(RuleBroken, match="enquiry_reach"):
            domain.check_reach("", "")

    def test_the_nearest_is_by_distance_not_by_degrees(self) -> None:
        # One degree to the east is shorter here than one to the north.
        home = Spot("3511", 52.0, 5.0)
        assert domain.nearest(home, [Spot("N", 52.9, 5.0), Spot("E", 52.0, 6.0)]) == "E"
        assert domain.nearest(home, [Spot("B", 52.0, 6.0), Spot("A", 52.0, 4.0)]) == "A"

    def test_a_first_talk_is_planned_ahead_and_judged_afterwards(self) -> None:
        domain.check_interview(TODAY, TODAY)
        domain.check_conclusion(TODAY, TODAY)
        with pytest.raises(RuleBroken, match="interview_in_past"):
            domain.check_interview(day(-1), TODAY)
        with pytest.raises(RuleBroken, match="interview_ahead"):
            domain.check_conclusion(day(1), TODAY)

    def test_all_codes_have_words(self) -> None:
        assert (set(HEARD), set(CONCLUSIONS), set(WORK)) == (set(Heard), set(Conclusion), set(Product))

    def test_another_text_needs_another_number(self) -> None:
        digest = sha256(str(CONSENT).encode()).hexdigest()
        assert digest.startswith(TEXTS[CONSENT_VERSION]), digest


pytestmark = pytest.mark.django_db(databases="__all__")


def rows(model: Any, **which: Any) -> list[Any]:
    with rls.system("test"):
        return list(model.for_house("test", TODAY).filter(**which).order_by("id"))


def events() -> list[str]:
    with rls.system("test"):
        found = Happening.for_house("test", TODAY).order_by("position").values_list("name", flat=True)
        return [name.removeprefix("volunteers.") for name in found]


class TestEnquiring:
    """It is sealed from the first moment, and goes to one team."""

    @pytest.mark.parametrize(
        ("area", "prison", "team"), [("3511", "", 0), ("5971", "", 1), ("3511", 1, 1), ("9999", 1, 1)]
    )
    def test_it_goes_to_the_nearest_or_the_chosen_team(
        self, desk: Desk, area: str, prison: Any, team: int
    ) -> None:
        chosen = desk.teams[prison].prison_id if prison else ""
        row = desk.new(area=area, prison=chosen)
        assert (row.team_id, row.state, row.pc4) == (desk.teams[team].pk, State.INTERESTED, area)
        assert len(desks(TODAY)) == 2

    def test_an_area_that_nobody_knows_asks_for_a_choice(self, desk: Desk) -> None:
        assert team_near("9999", TODAY) is None
        for told in ({"area": "9999"}, {"area": "9999", "prison": "XXX"}):
            with pytest.raises(RuleBroken, match="enquiry_place"):
                desk.new(**told)
        with pytest.raises(RuleBroken, match="enquiry_reach"):
            desk.new(phone="")
        assert (rows(Volunteer), events(), Message.objects.count()) == ([], [], 0)

    def test_what_she_told_is_kept_and_sealed(self, desk: Desk) -> None:
        row = desk.new()
        shown = Volunteer.visible_to(desk.by, TODAY).get_or_404(pk=row.id)
        assert (shown.given_name, shown.phone, shown.languages) == ("Marjolein", "+31612345678", "nl,tr")
        (told,) = rows(Enquiry)
        assert (told.products, told.heard, told.told_on) == ("bezoekmoeders", "friend", TODAY)
        assert told.consent_version == CONSENT_VERSION
        assert events() == ["VolunteerRegistered", "EnquiryReceived"]
        with rls.system("test"), connection.cursor() as cursor:
            cursor.execute(f"SELECT given_name {rls.MARK} FROM volunteers_volunteer")
            assert b"Marjolein" not in bytes(cursor.fetchone()[0])

    def test_her_coordinator_is_told_without_a_word_about_her(self, desk: Desk) -> None:
        row = desk.new()
        (message,) = Message.objects.all()
        assert (message.recipient_id, message.occasion) == (desk.by.user_id, "enquiry")
        assert str(row.id) not in message.effect_key

    def test_no_person_does_this_for_somebody(self, desk: Desk) -> None:
        for act in (
            lambda: actions.enquire(desk.by, TOLD, NOW),
            lambda: actions.forget(desk.by, uuid4(), NOW),
        ):
            with pytest.raises(PermissionDenied):
                act()


class TestTheFirstTalk:
    """Planned, moved, and then a yes or a no without a reason."""

    def test_a_yes_begins_her_screening(self, desk: Desk) -> None:
        row = desk.new()
        for ahead in (3, 5):
            actions.plan_interview(desk.by, row.id, day(ahead), NOW)
        actions.decide(desk.by, row.id, day(5), Conclusion.YES, later(6))
        (talk,) = rows(Interview)
        assert (talk.planned_on, talk.held_on, talk.conclusion) == (day(5), day(5), "yes")
        assert rows(Volunteer)[0].state == State.SCREENING
        assert events()[-2:] == ["VolunteerMoved", "InterviewHeld"]

    def test_a_no_ends_it(self, desk: Desk) -> None:
        row = desk.new()
        volunteers.move(desk.by, row.id, State.INTERVIEW, NOW)
        actions.decide(desk.by, row.id, TODAY, Conclusion.NO, NOW)
        (gone,) = rows(Volunteer)
        assert (gone.state, gone.left_on, gone.left_reason) == (State.REJECTED, TODAY, "")
        assert rows(Interview)[0].conclusion == "no"

    def test_each_refusal(self, desk: Desk) -> None:
        row = desk.new()
        at_work = builders.available(desk.by, NOW).id
        for code, act in (
            ("interview_in_past", lambda: actions.plan_interview(desk.by, row.id, day(-1), NOW)),
            ("interview_state", lambda: actions.plan_interview(desk.by, at_work, TODAY, NOW)),
            ("interview_state", lambda: actions.decide(desk.by, row.id, TODAY, Conclusion.YES, NOW)),
            ("interview_ahead", lambda: actions.decide(desk.by, row.id, day(1), Conclusion.YES, NOW)),
        ):
            with pytest.raises(RuleBroken, match=code):
                act()
        for act in (
            lambda: actions.plan_interview(desk.marjan[1], row.id, TODAY, NOW),
            lambda: actions.decide(desk.marjan[1], row.id, TODAY, Conclusion.NO, NOW),
        ):
            with pytest.raises(Http404):
                act()
        assert rows(Interview) == []


class TestForgetting:
    """Four weeks after a no nothing of her is left (VOL-03)."""

    def rejected(self, desk: Desk) -> UUID:
        row = desk.new()
        availability.tell_absence(desk.by, row.id, Away(day(3)), NOW)
        actions.plan_interview(desk.by, row.id, TODAY, NOW)
        actions.decide(desk.by, row.id, TODAY, Conclusion.NO, NOW)
        key: UUID = row.id
        return key

    def test_she_is_kept_four_weeks_and_then_gone(self, desk: Desk) -> None:
        volunteer_id = self.rejected(desk)
        stays = desk.new(given_name="Blijft")
        weeks = kept_weeks(TODAY)
        assert (weeks, actions.forget_due(house("test"), later(7 * weeks))) == (4, 0)
        assert actions.forget_due(house("test"), later(7 * weeks + 1)) == 1
        assert [row.id for row in rows(Volunteer)] == [stays.id]
        for model in (Absence, Interview):
            assert rows(model) == []
        assert {row.volunteer_id for row in rows(VolunteerStand)} == {stays.id}
        assert events()[-1] == "VolunteerForgotten"
        assert Tombstone.objects.filter(box_id=volunteer_id).exists()
        assert actions.forget_due(house("test"), later(90)) == 0

    def test_who_goes_on_or_left_is_not_forgotten_so(self, desk: Desk) -> None:
        row = desk.new()
        with pytest.raises(Http404):
            actions.forget(house("test"), row.id, later(90))
        assert actions.forget_due(house("test"), later(90)) == 0


def tasks(part: Any, desk: Desk, on: date, actor: Actor | None = None) -> list[Any]:
    found: list[Any] = part(SimpleNamespace(actor=actor or desk.by, now=replace(NOW, on=on)))
    return found


class TestTheStartPage:
    """Her coordinator sees her at once, with the days that she waits."""

    def test_who_comes_is_a_task_with_her_age_in_days(self, desk: Desk) -> None:
        row = desk.new()
        (fresh,) = tasks(slots_life.newcomers, desk, TODAY)
        (old,) = tasks(slots_life.newcomers, desk, day(8))
        assert (fresh.who, fresh.tone, old.tone) == ("Marjolein I.", "busy", "warn")
        assert ("Wacht" in fresh.why, "Wacht 8 dagen" in old.why) == (False, True)
        assert fresh.url == reverse("volunteers:interview", args=[row.id])
        assert tasks(slots_life.newcomers, desk, TODAY, desk.marjan[1]) == []

    def test_the_talk_of_today_and_the_one_without_a_conclusion(self, desk: Desk) -> None:
        row = desk.new()
        actions.plan_interview(desk.by, row.id, day(2), NOW)
        assert tasks(slots_life.newcomers, desk, TODAY) == []
        assert tasks(slots_life.interviews, desk, day(1)) == []
        assert "is vandaag" in tasks(slots_life.interviews, desk, day(2))[0].why
        assert "Hoe ging het?" in tasks(slots_life.interviews, desk, day(3))[0].why
        actions.decide(desk.by, row.id, day(3), Conclusion.YES, later(3))
        assert tasks(slots_life.interviews, desk, day(3)) == []
