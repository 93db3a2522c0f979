"""Talks with volunteers: planned, held, and seen in time when they are too long ago."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
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
from gib.people.volunteers import builders, slots_life
from gib.people.volunteers.actions import coaching as actions
from gib.people.volunteers.choices import TALKS
from gib.people.volunteers.domain import Requirement, State
from gib.people.volunteers.domain import coaching as domain
from gib.people.volunteers.domain.coaching import Talk, TalkKind
from gib.people.volunteers.models import Completion
from gib.people.volunteers.models.coaching import CoachingTalk, rhythm_weeks
from gib.people.volunteers.tests.pages import page, sent

TODAY = date(2011, 1, 11)
NOW = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), TODAY)
ONE, TWO = UUID(int=1), UUID(int=2)
COACHING, GROUP = TalkKind.COACHING, TalkKind.PEER_SUPERVISION


def day(number: int) -> date:
    """Give a day so many days from today."""
    return TODAY + timedelta(days=number)


def later(number: int) -> Now:
    return replace(NOW, on=day(number))


class TestRules:
    """What may be planned and said, without a database."""

    def test_every_kind_is_a_requirement_with_a_word(self) -> None:
        assert {Requirement(kind) for kind in TalkKind} == {
            Requirement.COACHING,
            Requirement.PEER_SUPERVISION,
        }
        assert set(TALKS) == set(TalkKind)

    @pytest.mark.parametrize(
        ("talk", "planned", "code"),
        [
            (Talk(COACHING, (ONE,), TODAY), 0, ""),
            (Talk(COACHING, (), TODAY), 0, "coaching_nobody"),
            (Talk(COACHING, (ONE,), day(-1)), 0, "coaching_in_past"),
            (Talk(COACHING, (ONE, TWO), day(1)), 1, "coaching_planned"),
        ],
    )
    def test_a_plan(self, talk: Talk, planned: int, code: str) -> None:
        if code:
            with pytest.raises(RuleBroken, match=code):
                domain.check_plan(talk, TODAY, planned)
        else:
            domain.check_plan(talk, TODAY, planned)

    @pytest.mark.parametrize(
        ("talk", "code"),
        [
            (Talk(COACHING, (ONE,), TODAY), ""),
            (Talk(COACHING, (), TODAY), "coaching_nobody"),
            (Talk(COACHING, (ONE,), day(1)), "coaching_ahead"),
        ],
    )
    def test_what_was_held(self, talk: Talk, code: str) -> None:
        if code:
            with pytest.raises(RuleBroken, match=code):
                domain.check_held(talk, TODAY)
        else:
            domain.check_held(talk, TODAY)

    @pytest.mark.parametrize(
        ("last", "since", "quiet"),
        [
            (day(-42), day(-300), None),
            (day(-43), day(-300), 43),
            (None, day(-42), None),
            (None, day(-50), 50),
            (day(-90), day(-10), None),
        ],
    )
    def test_quiet_is_longer_than_the_rhythm(self, last: date | None, since: date, quiet: int | None) -> None:
        assert domain.quiet_days(last, since, TODAY, 6) == quiet


pytestmark = pytest.mark.django_db(databases="__all__")


@dataclass
class House:
    """Two volunteers of one team, one at work and one on her way, and who may look."""

    carla: tuple[Any, Actor]
    marjan: tuple[Any, Actor]
    vera: tuple[Any, Actor]
    rik: tuple[Any, Actor]
    at_work: UUID
    newcomer: UUID

    @property
    def by(self) -> Actor:
        return self.carla[1]

    def talk(self, on: date, *who: UUID, kind: TalkKind = COACHING, note: str = "") -> Talk:
        return Talk(kind, who or (self.at_work,), on, note)

    def browser(self, made: tuple[Any, Actor]) -> Client:
        client = Client(headers={"accept-language": "nl"})
        accounts.sign_in(client, made[0])
        return client

    def url(self) -> str:
        return reverse("volunteers:talks_of", args=[self.at_work])


@pytest.fixture
def house(seen: Any) -> House:
    accounts.mark_as_demo(TODAY)
    one, other = two_teams()
    prison = two_prison_desks()[0]
    carla, marjan = accounts.coordinator(one), accounts.coordinator(other, "Marjan Fabeldal")
    at_work = builders.available(carla[1], later(-60)).id
    newcomer = builders.interested(carla[1], later(-60), "Nieuw").id
    vera, rik = accounts.volunteer_user(one, at_work), accounts.referrer(prison, one)
    return House(carla, marjan, vera, rik, at_work, newcomer)


def rows(model: Any, **which: Any) -> list[Any]:
    with rls.system("test"):
        return list(model.for_house("test", TODAY).filter(**which).order_by("id"))


def events() -> list[str]:
    with rls.system("test"):
        found = Happening.for_house("test", TODAY).order_by("position").values_list("name", flat=True)
        return [name.removeprefix("volunteers.") for name in found if "Talk" in name]


class TestTalks:
    """A plan becomes the talk that was held, and the requirement is in order from that day."""

    def test_a_plan_is_held(self, house: House) -> None:
        actions.plan_talk(house.by, house.talk(day(3)), NOW)
        actions.hold_talk(house.by, house.talk(day(5), note="Zij wil meer lezen."), later(6))
        (row,) = rows(CoachingTalk)
        assert (row.planned_on, row.held_on, row.led_by) == (day(3), day(5), house.by.user_id)
        assert row.note == "Zij wil meer lezen."
        (paper,) = rows(Completion, requirement=Requirement.COACHING)
        assert (paper.from_on, paper.seen_on, paper.seen_by) == (day(5), day(6), house.by.user_id)
        assert events() == ["TalkPlanned", "TalkHeld"]

    def test_the_note_lies_sealed(self, house: House) -> None:
        actions.hold_talk(house.by, house.talk(TODAY, note="Zij wil meer lezen."), NOW)
        with rls.system("test"), connection.cursor() as cursor:
            cursor.execute(f"SELECT note {rls.MARK} FROM volunteers_coachingtalk")
            assert b"lezen" not in bytes(cursor.fetchone()[0])

    def test_a_group_is_a_talk_for_each(self, house: House) -> None:
        talk = house.talk(TODAY, house.at_work, house.newcomer, kind=GROUP)
        actions.plan_talk(house.by, talk, NOW)
        actions.hold_talk(house.by, talk, NOW)
        assert {row.volunteer_id for row in rows(CoachingTalk, held_on=TODAY)} == set(talk.who)
        assert len(rows(Completion, requirement=Requirement.PEER_SUPERVISION)) == 2

    def test_another_kind_does_not_take_its_place(self, house: House) -> None:
        actions.plan_talk(house.by, house.talk(day(3), kind=GROUP), NOW)
        actions.hold_talk(house.by, house.talk(TODAY), NOW)
        assert sorted(row.kind for row in rows(CoachingTalk)) == [COACHING, GROUP]
        assert len(rows(CoachingTalk, held_on=None)) == 1

    def test_one_plan_of_a_kind_at_a_time(self, house: House) -> None:
        (row,) = actions.plan_talk(house.by, house.talk(day(3)), NOW)
        with pytest.raises(RuleBroken, match="coaching_planned"):
            actions.plan_talk(house.by, house.talk(day(4), house.at_work, house.newcomer), NOW)
        actions.cancel_talk(house.by, row.id, NOW)
        with pytest.raises(RuleBroken, match="coaching_over"):
            actions.cancel_talk(house.by, row.id, NOW)
        actions.plan_talk(house.by, house.talk(day(4)), NOW)
        assert events() == ["TalkPlanned", "TalkCancelled", "TalkPlanned"]

    def test_each_refusal(self, house: House) -> None:
        (held,) = actions.hold_talk(house.by, house.talk(TODAY), NOW)
        volunteers.move(house.by, house.newcomer, State.REJECTED, NOW)
        for code, act in (
            ("coaching_in_past", lambda: actions.plan_talk(house.by, house.talk(day(-1)), NOW)),
            ("coaching_ahead", lambda: actions.hold_talk(house.by, house.talk(day(1)), NOW)),
            ("coaching_nobody", lambda: actions.plan_talk(house.by, Talk(COACHING, (), TODAY), NOW)),
            ("coaching_nobody", lambda: actions.hold_talk(house.by, Talk(COACHING, (), TODAY), NOW)),
            ("coaching_gone", lambda: actions.plan_talk(house.by, house.talk(TODAY, house.newcomer), NOW)),
            ("coaching_gone", lambda: actions.hold_talk(house.by, house.talk(TODAY, house.newcomer), NOW)),
            ("coaching_over", lambda: actions.cancel_talk(house.by, held.id, NOW)),
        ):
            with pytest.raises(RuleBroken, match=code):
                act()
        assert (len(rows(CoachingTalk)), events()) == (1, ["TalkHeld"])

    def test_a_stranger_finds_nobody(self, house: House) -> None:
        (row,) = actions.plan_talk(house.by, house.talk(day(3)), NOW)
        for act in (
            lambda: actions.plan_talk(house.marjan[1], house.talk(day(3), kind=GROUP), NOW),
            lambda: actions.hold_talk(house.marjan[1], house.talk(TODAY), NOW),
            lambda: actions.cancel_talk(house.marjan[1], row.id, NOW),
        ):
            with pytest.raises(Http404):
                act()
        assert events() == ["TalkPlanned"]


def tasks(house: House, on: date, actor: Actor | None = None) -> list[Any]:
    return slots_life.quiet(SimpleNamespace(actor=actor or house.by, now=replace(NOW, on=on)))


class TestTheStartPage:
    """One row for all with whom nobody talked for longer than the rhythm."""

    def test_it_comes_the_day_after_the_rhythm(self, house: House) -> None:
        actions.hold_talk(house.by, house.talk(TODAY), NOW)
        assert tasks(house, day(42)) == []
        (task,) = tasks(house, day(43))
        assert (task.who, task.url) == ("Truus V.", reverse("volunteers:talks"))
        assert "43 dagen" in task.why
        actions.hold_talk(house.by, house.talk(day(43), kind=GROUP), later(43))
        assert tasks(house, day(43)) == []

    def test_two_are_one_row_and_who_is_not_at_work_none(self, house: House) -> None:
        builders.available(house.by, later(-50), given_name="Loes")
        (task,) = tasks(house, TODAY)
        assert "en 1 ander" in task.who
        assert tasks(house, TODAY, house.marjan[1]) == []

    def test_the_rhythm_is_a_term_with_dates(self, house: House) -> None:
        assert rhythm_weeks(TODAY) == domain.RHYTHM_WEEKS


class TestThePages:
    """A talk on screen, for her coordinator and for herself."""

    def test_from_plan_to_talk(self, house: House) -> None:
        client, told = house.browser(house.carla), {"kind": "coaching", "who": [str(house.at_work)]}
        sent(client, reverse("volunteers:talk_plan"), on="14-1-2011", **told)
        assert "Gepland" in page(client.get(house.url())).find("main").text
        answer = sent(client, reverse("volunteers:talk_hold"), on="11-1-2011", note="Wij bellen.", **told)
        assert answer.url == house.url()
        shown = page(client.get(house.url())).find("main").text
        assert ("Gehad" in shown, "Wij bellen." in shown) == (True, True)
        assert "op tijd" in page(client.get(reverse("volunteers:talks"))).find("main").text
        hers = page(house.browser(house.vera).get(house.url())).find("main").text
        assert ("Wij bellen." in hers, "Onze gesprekken" in hers, "Truus" in hers) == (True, True, False)

    def test_the_button_says_who_and_which(self, house: House) -> None:
        url = f"{reverse('volunteers:talk_plan')}?wie={house.at_work}&soort=peer_supervision"
        ticked = page(house.browser(house.carla).get(url)).find("main").find_all("input", checked=True)
        assert {box["value"] for box in ticked} == {"peer_supervision", str(house.at_work)}

    def test_silence_is_said_to_both(self, house: House) -> None:
        assert "Al 60 dagen" in page(house.browser(house.carla).get(house.url())).find("main").text
        own = house.browser(house.vera).get(reverse("volunteers:own_time"))
        assert "Vraag er een aan je coördinator" in page(own).find("main").text
        assert "al 8 weken" in page(house.browser(house.carla).get(reverse("volunteers:talks"))).text

    @pytest.mark.parametrize(
        ("name", "values", "said"),
        [
            ("talk_plan", {"on": "1-1-2011"}, "al voorbij"),
            ("talk_hold", {"on": "1-2-2011"}, "komt nog"),
            ("talk_hold", {"on": "11-1-2011", "who": []}, "Kies met wie"),
            ("talk_hold", {"on": "11-1-2011", "note": "a" * 301}, "300"),
        ],
    )
    def test_a_wrong_value_is_named(self, house: House, name: str, values: Any, said: str) -> None:
        client = house.browser(house.carla)
        told = {"kind": "coaching", "who": [str(house.at_work)]} | values
        answer = sent(client, reverse(f"volunteers:{name}"), 422, **told)
        assert said in page(answer, 422).find("main").text
        assert rows(CoachingTalk) == []

    def test_calling_off_is_one_press(self, house: House) -> None:
        (row,) = actions.plan_talk(house.by, house.talk(day(3)), NOW)
        client, url = house.browser(house.carla), reverse("volunteers:talk_cancel", args=[row.id])
        form = page(client.get(house.url())).find("form", action=url)
        assert client.post(url, {"token": form.find("input", {"name": "token"})["value"]}).status_code == 302
        assert "geweest of gaat niet door" in page(client.post(url, {"token": str(uuid4())}), 422).text
        assert client.get(url).status_code == 405

    def test_others_find_or_may_nothing(self, house: House) -> None:
        (row,) = actions.plan_talk(house.by, house.talk(day(3)), NOW)
        url = reverse("volunteers:talk_cancel", args=[row.id])
        assert house.browser(house.marjan).get(house.url()).status_code == 404
        assert house.browser(house.marjan).post(url).status_code == 404
        for made in (house.vera, house.rik):
            client = house.browser(made)
            assert client.post(url).status_code == 403
            for name in ("talks", "talk_plan", "talk_hold"):
                assert client.get(reverse(f"volunteers:{name}")).status_code == 403
        assert house.browser(house.rik).get(house.url()).status_code == 403
        assert house.browser(house.carla).post(house.url()).status_code == 405
