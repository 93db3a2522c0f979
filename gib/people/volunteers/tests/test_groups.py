"""Trainings: who joins, who came, and that passing puts it in order in the same act."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.journal.models import Happening
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.accounts import builders as accounts
from gib.people.partners.builders import two_prison_desks, two_teams
from gib.people.volunteers import actions as volunteers
from gib.people.volunteers import builders
from gib.people.volunteers.actions import groups as actions
from gib.people.volunteers.choices import TRAINERS
from gib.people.volunteers.domain import Requirement, State
from gib.people.volunteers.domain import groups as domain
from gib.people.volunteers.domain.groups import TAUGHT, NewTraining, Outcome, Trainer
from gib.people.volunteers.models import Completion
from gib.people.volunteers.models.groups import Trainee, TrainingGroup, TrainingPresence, TrainingSession
from gib.people.volunteers.tests.pages import page, sent

TODAY = date(2011, 1, 11)
NOW = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), TODAY)
ONE, TWO = UUID(int=1), UUID(int=2)


def day(number: int) -> date:
    """Give a day so many days from today."""
    return TODAY + timedelta(days=number)


def later(number: int) -> Now:
    return replace(NOW, on=day(number))


NEW = NewTraining("basic_training", (day(7), TODAY), time(10), "Zaal 3", places=2)


class TestRules:
    """What may be done with a training, without a database."""

    def test_every_subject_is_a_requirement_with_a_word(self) -> None:
        assert {Requirement(code) for code in TAUGHT} < set(Requirement)
        assert set(TRAINERS) == set(Trainer)

    @pytest.mark.parametrize("days", [(), (TODAY, TODAY), tuple(day(number) for number in range(13))])
    def test_days_are_one_to_twelve_and_differ(self, days: tuple[date, ...]) -> None:
        domain.check_days((TODAY,))
        domain.check_days([day(number) for number in range(12)])
        with pytest.raises(RuleBroken, match="training_days_wrong"):
            domain.check_days(days)

    @pytest.mark.parametrize(
        ("taken", "last", "is_in", "is_gone", "code"),
        [
            (1, 0, False, False, ""),
            (2, 0, False, False, "training_full"),
            (0, -1, False, False, "training_over"),
            (0, 0, True, False, "trainee_known"),
            (9, -1, True, True, "trainee_gone"),
        ],
    )
    def test_who_joins(self, taken: int, last: int, is_in: bool, is_gone: bool, code: str) -> None:
        facts: Any = (taken, 2, day(last), TODAY)
        if code:
            with pytest.raises(RuleBroken, match=code):
                domain.check_join(*facts, is_in=is_in, is_gone=is_gone)
        else:
            domain.check_join(*facts, is_in=is_in, is_gone=is_gone)

    def test_who_came_is_said_from_the_day_itself(self) -> None:
        domain.check_day(TODAY, TODAY)
        with pytest.raises(RuleBroken, match="training_day_ahead"):
            domain.check_day(day(1), TODAY)

    def test_a_training_closes_on_its_last_day_for_who_came(self) -> None:
        domain.check_closing(TODAY, TODAY, [ONE], {ONE: 1})
        domain.check_closing(TODAY, TODAY, [], {})
        with pytest.raises(RuleBroken, match="training_not_over"):
            domain.check_closing(day(1), TODAY, [ONE], {ONE: 1})
        with pytest.raises(RuleBroken, match="trainee_never_came"):
            domain.check_closing(TODAY, TODAY, [ONE, TWO], {ONE: 1})


pytestmark = pytest.mark.django_db(databases="__all__")


@dataclass
class House:
    """A training in two days, three volunteers of its team and one elsewhere."""

    carla: tuple[Any, Actor]
    marjan: tuple[Any, Actor]
    people: list[UUID]
    elsewhere: UUID
    training_id: int
    prison: Any

    @property
    def by(self) -> Actor:
        return self.carla[1]

    def sessions(self) -> list[int]:
        return [row.pk for row in TrainingSession.objects.filter(training_id=self.training_id)]

    def joined(self, number: int) -> UUID:
        row: UUID = actions.join(self.by, self.training_id, self.people[number], NOW).id
        return row

    def url(self, name: str, key: Any = None) -> str:
        return reverse(f"volunteers:{name}", args=[key or self.training_id])

    def browser(self, made: tuple[Any, Actor]) -> Client:
        client = Client(headers={"accept-language": "nl"})
        accounts.sign_in(client, made[0])
        return client


@pytest.fixture
def house(seen: Any) -> House:
    accounts.mark_as_demo(TODAY)
    one, other = two_teams()
    prison = two_prison_desks()[0]
    carla, marjan = accounts.coordinator(one), accounts.coordinator(other, "Marjan Fabeldal")
    people = [builders.interested(carla[1], NOW, name).id for name in ("Bea", "Cor", "Dien")]
    elsewhere = builders.interested(marjan[1], NOW, "Elders").id
    training = actions.plan_training(carla[1], one.pk, NEW, NOW)
    return House(carla, marjan, people, elsewhere, training.pk, (prison, one))


def rows(model: Any, **which: Any) -> list[Any]:
    with rls.system("test"):
        return list(model.for_house("test", TODAY).filter(**which).order_by("id"))


def events() -> list[str]:
    with rls.system("test"):
        found = Happening.for_house("test", TODAY).order_by("position").values_list("name", flat=True)
        return [name.removeprefix("volunteers.") for name in found if "Registered" not in name]


class TestPlanning:
    """A training has its days in order, and belongs to one team."""

    def test_days_are_kept_in_order(self, house: House) -> None:
        row = TrainingGroup.objects.get(pk=house.training_id)
        assert (row.from_on, row.to_on, row.closed_on) == (TODAY, day(7), None)
        assert [one.planned_on for one in row.sessions.all()] == [TODAY, day(7)]
        assert events() == ["TrainingPlanned"]

    def test_wrong_days_and_other_teams_are_refused(self, house: House) -> None:
        for team, new, code in (
            (min(house.by.team_ids), replace(NEW, days=()), "training_days_wrong"),
            (min(house.marjan[1].team_ids), NEW, "not_found"),
        ):
            with pytest.raises(RuleBroken, match=code):
                actions.plan_training(house.by, team, new, NOW)
        assert TrainingGroup.objects.count() == 1


class TestJoining:
    """Joining is an episode, until she stops or the training closes."""

    def test_each_refusal(self, house: House) -> None:
        house.joined(0)
        with pytest.raises(RuleBroken, match="trainee_known"):
            house.joined(0)
        house.joined(1)
        with pytest.raises(RuleBroken, match="training_full"):
            house.joined(2)
        with pytest.raises(RuleBroken, match="training_over"):
            actions.join(house.by, house.training_id, house.people[2], later(8))
        volunteers.move(house.by, house.people[2], State.REJECTED, NOW)
        with pytest.raises(RuleBroken, match="trainee_gone"):
            house.joined(2)
        assert len(rows(Trainee)) == 2

    def test_who_stops_leaves_her_place(self, house: House) -> None:
        first = house.joined(0)
        house.joined(1)
        actions.stop(house.by, first, NOW)
        (row,) = rows(Trainee, pk=first)
        assert (row.to_on, row.outcome) == (TODAY, Outcome.STOPPED)
        house.joined(2)
        with pytest.raises(RuleBroken, match="trainee_left"):
            actions.stop(house.by, first, NOW)
        assert events()[-2:] == ["TrainingLeft", "TrainingJoined"]

    def test_a_stranger_finds_nothing(self, house: House) -> None:
        trainee, session = house.joined(0), house.sessions()[0]
        by = house.marjan[1]
        for act in (
            lambda: actions.join(by, house.training_id, house.elsewhere, NOW),
            lambda: actions.join(house.by, house.training_id, house.elsewhere, NOW),
            lambda: actions.stop(by, trainee, NOW),
            lambda: actions.note_day(by, session, [trainee], NOW),
            lambda: actions.close(by, house.training_id, [trainee], later(9)),
        ):
            with pytest.raises(Http404):
                act()
        assert (len(rows(Trainee)), rows(TrainingPresence), rows(Completion)) == (1, [], [])


class TestPassing:
    """Who passes has it in order from the last day, seen by whoever closed the training."""

    def test_a_day_is_written_down_and_again(self, house: House) -> None:
        first, second = house.joined(0), house.joined(1)
        session = house.sessions()[0]
        for came in ([first, second], [second], [second, uuid4()]):
            actions.note_day(house.by, session, came, NOW)
        assert [row.trainee_id for row in rows(TrainingPresence)] == [second]
        assert TrainingSession.objects.get(pk=session).noted_on == TODAY
        with pytest.raises(RuleBroken, match="training_day_ahead"):
            actions.note_day(house.by, house.sessions()[1], [first], NOW)

    def test_passing_records_the_requirement_in_the_same_act(self, house: House) -> None:
        first, second = house.joined(0), house.joined(1)
        actions.note_day(house.by, house.sessions()[0], [first], NOW)
        with pytest.raises(RuleBroken, match="training_not_over"):
            actions.close(house.by, house.training_id, [first], later(6))
        with pytest.raises(RuleBroken, match="trainee_never_came"):
            actions.close(house.by, house.training_id, [first, second], later(7))
        assert (rows(Completion), TrainingGroup.objects.get().closed_on) == ([], None)
        actions.close(house.by, house.training_id, [first], later(9))
        (paper,) = rows(Completion)
        assert (paper.volunteer_id, paper.requirement) == (house.people[0], Requirement.BASIC_TRAINING)
        assert (paper.from_on, paper.seen_on, paper.seen_by) == (day(7), day(9), house.by.user_id)
        ends = {row.id: (row.outcome, row.to_on) for row in rows(Trainee)}
        assert ends == {first: (Outcome.PASSED, day(9)), second: (Outcome.NOT_PASSED, day(9))}
        assert events()[-2:] == ["RequirementSeen", "TrainingClosed"]

    def test_a_closed_training_takes_nothing_more(self, house: House) -> None:
        first = house.joined(0)
        actions.close(house.by, house.training_id, [], later(9))
        for act in (
            lambda: actions.close(house.by, house.training_id, [], later(9)),
            lambda: actions.note_day(house.by, house.sessions()[0], [first], later(9)),
        ):
            with pytest.raises(RuleBroken, match="training_over"):
                act()


FORM = {
    "requirement": "reporting_code",
    "days": "3-1-2011, 10-1-2011",
    "at": "10:00",
    "room": "Zaal 1",
    "trainer": "partner",
    "places": "8",
}


class TestThePages:
    """The whole of a training on screen, and who may not see it."""

    def test_from_plan_to_passed(self, house: House) -> None:
        client = house.browser(house.carla)
        assert "Zaal 1" in str(page(client.get(sent(client, reverse("volunteers:training_add"), **FORM).url)))
        assert "Module meldcode" in str(page(client.get(reverse("volunteers:trainings"))))
        here = house.url("training")
        sent(client, house.url("training_join"), who=str(house.people[0]))
        trainee = rows(Trainee)[0].id
        sent(client, house.url("training_day", house.sessions()[0]), who=[str(trainee)])
        shown = page(client.get(here)).find("main").text
        assert ("Bea V." in shown, "was er" in shown, "Doet mee" in shown) == (True, True, True)
        ticked = page(client.get(house.url("training_day", house.sessions()[0]))).find_all(checked=True)
        assert [box["value"] for box in ticked] == [str(trainee)]
        TrainingGroup.objects.update(to_on=TODAY)
        sent(client, house.url("training_close"), who=[str(trainee)])
        assert "Geslaagd" in page(client.get(here)).find("main").text
        assert rows(Completion)[0].requirement == Requirement.BASIC_TRAINING

    def test_who_is_in_or_gone_is_not_offered(self, house: House) -> None:
        house.joined(0)
        volunteers.move(house.by, house.people[1], State.REJECTED, NOW)
        offered = page(house.browser(house.carla).get(house.url("training_join"))).find_all("option")
        assert [one["value"] for one in offered] == [str(house.people[2])]

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"days": ""}, "Vul dit nog in"),
            ({"days": "ooit"}, "datum"),
            ({"days": "3-1-2011 3-1-2011"}, "verschillende dagen"),
            ({"places": "0"}, "1"),
            ({"requirement": "vog_85"}, "vog_85"),
        ],
    )
    def test_a_wrong_value_is_named(self, house: House, values: Any, said: str) -> None:
        client = house.browser(house.carla)
        answer = sent(client, reverse("volunteers:training_add"), 422, **FORM | values)
        assert said in str(page(answer, 422).find("main"))
        assert TrainingGroup.objects.count() == 1

    def test_who_stops_is_one_press(self, house: House) -> None:
        trainee = house.joined(0)
        client, url = house.browser(house.carla), house.url("training_stop", trainee)
        assert client.get(url).status_code == 405
        form = page(client.get(house.url("training"))).find("form", action=url)
        token = form.find("input", {"name": "token"})["value"]
        assert client.post(url, {"token": token}).status_code == 302
        again = client.post(url, {"token": str(uuid4())})
        assert "doet niet meer mee" in page(again, 422).find("main").text

    def test_others_find_or_may_nothing(self, house: House) -> None:
        trainee, session = house.joined(0), house.sessions()[0]
        stranger = house.browser(house.marjan)
        vera = house.browser(accounts.volunteer_user(house.prison[1], house.people[0]))
        rik = house.browser(accounts.referrer(house.prison[0], house.prison[1]))
        for name, key in (
            ("training", None),
            ("training_join", None),
            ("training_close", None),
            ("training_day", session),
        ):
            assert stranger.get(house.url(name, key)).status_code == 404
            for client in (vera, rik):
                assert client.get(house.url(name, key)).status_code == 403
        assert stranger.post(house.url("training_stop", trainee)).status_code == 404
        assert vera.post(house.url("training_stop", trainee)).status_code == 403
        assert house.browser(house.carla).post(house.url("training")).status_code == 405
