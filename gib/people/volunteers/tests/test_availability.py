"""When a volunteer can and what she likes: the rules, the acts and the pages."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal.models import Happening
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.engines.matching import problem
from gib.engines.matching.problem import AgeGroup, Daypart, Gender
from gib.people.accounts import builders as accounts
from gib.people.partners.builders import two_prison_desks, two_teams
from gib.people.volunteers import builders
from gib.people.volunteers.actions import availability as actions
from gib.people.volunteers.choices import DAYS, PARTS
from gib.people.volunteers.domain import availability as domain
from gib.people.volunteers.domain.availability import AbsenceKind, Away, Interest, RatherNot, Wishes
from gib.people.volunteers.models import Volunteer
from gib.people.volunteers.models.availability import Absence, Preference, Week, told_of
from gib.people.volunteers.tests.pages import page, sent

TODAY = date(2011, 1, 11)
NOW = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), TODAY)
MONDAY = (Daypart.MON_MORNING, Daypart.MON_EVENING)
WISHES = Wishes(
    languages=("nl", "tr"),
    has_car=True,
    most_matches=2,
    most_minutes=45,
    interests=(Interest.MUSIC, Interest.COOKING),
    experience=(AgeGroup.BABY,),
    rather_not=(RatherNot.PETS,),
    areas=("3512",),
    months=12,
    gender=Gender.WOMAN,
)


def day(number: int) -> date:
    """Give a day so many days from today."""
    return TODAY + timedelta(days=number)


class TestRules:
    """What may be told, without a database."""

    def test_a_week_stands_in_order_each_part_once(self) -> None:
        told = [Daypart.SUN_EVENING, Daypart.MON_MORNING, Daypart.SUN_EVENING]
        assert domain.in_order(told) == (Daypart.MON_MORNING, Daypart.SUN_EVENING)

    def test_a_week_begins_today_or_later(self) -> None:
        domain.check_week(TODAY, TODAY)
        with pytest.raises(RuleBroken, match="week_in_past"):
            domain.check_week(day(-1), TODAY)

    @pytest.mark.parametrize(
        ("wanted", "code"),
        [
            (Away(day(3), day(2)), "period_backwards"),
            (Away(day(-9), day(-1)), "absence_over"),
            (Away(day(1), day(10)), "absence_overlaps"),
            (Away(day(19), None), "absence_overlaps"),
            (Away(day(1), day(9)), ""),
            (Away(day(21), None), ""),
            (Away(day(-9), TODAY), ""),
        ],
    )
    def test_days_away(self, wanted: Away, code: str) -> None:
        known = [Away(day(10), day(20))]
        if code:
            with pytest.raises(RuleBroken, match=code):
                domain.check_absence(known, wanted, TODAY)
        else:
            domain.check_absence(known, wanted, TODAY)

    def test_leave_without_an_end_overlaps_all_that_comes_later(self) -> None:
        with pytest.raises(RuleBroken, match="absence_overlaps"):
            domain.check_absence([Away(day(5))], Away(day(300), day(301)), TODAY)

    @pytest.mark.parametrize(
        ("on", "holds"), [(day(-1), False), (TODAY, True), (day(4), True), (day(5), False)]
    )
    def test_an_absence_holds_through_its_last_day(self, on: date, holds: bool) -> None:
        assert Away(TODAY, day(4)).holds_on(on) is holds
        assert Away(TODAY).holds_on(on) is (on >= TODAY)

    def test_areas_are_four_digits_each_once_in_order(self) -> None:
        assert domain.parse_areas("3512, 3511;3512 1234") == ("1234", "3511", "3512")
        assert domain.parse_areas("  ") == ()

    @pytest.mark.parametrize("text", ["351", "35111", "0123", "3511 AB", "Utrecht", "٣٥١١"])
    def test_what_is_no_area_is_refused(self, text: str) -> None:
        with pytest.raises(RuleBroken, match="area_unknown"):
            domain.parse_areas(text)

    def test_more_areas_than_ten_are_refused(self) -> None:
        domain.parse_areas(" ".join(str(1000 + number) for number in range(10)))
        with pytest.raises(RuleBroken, match="areas_too_many"):
            domain.parse_areas(" ".join(str(1000 + number) for number in range(11)))

    def test_no_wish_is_about_origin_faith_offence_or_risk(self) -> None:
        words = {*Interest, *RatherNot, *AbsenceKind, *Wishes.__dataclass_fields__}
        forbidden = ("ethn", "nation", "relig", "faith", "origin", "offen", "crim", "risk", "race", "colour")
        assert not [word for word in words for part in forbidden if part in word]

    def test_every_part_of_the_week_has_its_words(self) -> None:
        assert [f"{name}_{part}" for name in DAYS for part in PARTS] == list(problem.Daypart)


pytestmark = pytest.mark.django_db(databases="__all__")


@dataclass
class House:
    """A volunteer, her coordinator, a coordinator elsewhere, and their browsers."""

    volunteer_id: UUID
    coordinator: Actor
    elsewhere: Actor
    herself: Actor
    team: Client
    stranger: Client
    own: Client
    other_own: Client
    referrer: Client

    def url(self, name: str) -> str:
        """Write the address of a page about her."""
        return reverse(f"volunteers:{name}", args=[self.volunteer_id])


@pytest.fixture
def house(seen: Any) -> House:
    accounts.mark_as_demo(TODAY)
    one, other = two_teams()
    prison = two_prison_desks()[0]

    def browser(made: tuple[Any, Actor]) -> Client:
        client = Client(headers={"accept-language": "nl"})
        accounts.sign_in(client, made[0])
        return client

    carla, marjan = accounts.coordinator(one), accounts.coordinator(other, "Marjan Fabeldal")
    row = builders.interested(carla[1], NOW)
    second = builders.interested(carla[1], NOW, "Loes")
    vera = accounts.volunteer_user(one, row.id)
    return House(
        row.id,
        carla[1],
        marjan[1],
        vera[1],
        browser(carla),
        browser(marjan),
        browser(vera),
        browser(accounts.volunteer_user(one, second.id, "Wil Verzonnen")),
        browser(accounts.referrer(prison, one)),
    )


def rows(model: Any, **which: Any) -> list[Any]:
    """Give the rows of a table as they lie there."""
    with rls.system("test"):
        return list(model.for_house("test", TODAY).filter(**which).order_by("id"))


def events() -> list[str]:
    with rls.system("test"):
        found = Happening.for_house("test", TODAY).order_by("position").values_list("name", flat=True)
        return [name.removeprefix("volunteers.") for name in found if "Registered" not in name]


class TestTheWeek:
    """Telling a week is an episode: what was said before counts until the day before."""

    def test_the_new_week_ends_the_old_one(self, house: House) -> None:
        actions.tell_week(house.coordinator, house.volunteer_id, MONDAY, None, NOW)
        actions.tell_week(house.herself, house.volunteer_id, (Daypart.TUE_MORNING,), day(7), NOW)
        assert sorted((row.from_on, row.dayparts, row.to_on) for row in rows(Week)) == [
            (TODAY, "mon_morning,mon_evening", day(6)),
            (day(7), "tue_morning", None),
        ]
        assert events() == ["WeekTold", "WeekTold"]
        for on, parts in ((day(6), MONDAY), (day(7), (Daypart.TUE_MORNING,))):
            assert told_of(house.coordinator, on)[house.volunteer_id].dayparts == parts

    def test_what_was_told_for_later_no_longer_counts(self, house: House) -> None:
        for start in (TODAY, day(10), day(20), day(5), day(5)):
            actions.tell_week(house.herself, house.volunteer_id, MONDAY, start, NOW)
        assert {(row.from_on, row.to_on) for row in rows(Week)} == {(TODAY, day(4)), (day(5), None)}

    def test_a_week_in_the_past_is_refused(self, house: House) -> None:
        with pytest.raises(RuleBroken, match="week_in_past"):
            actions.tell_week(house.herself, house.volunteer_id, MONDAY, day(-1), NOW)
        assert (rows(Week), events()) == ([], [])


class TestWishes:
    """Wishes lie in codes, and the matching reads them."""

    def test_they_are_kept_and_read_back(self, house: House) -> None:
        actions.tell_wishes(house.herself, house.volunteer_id, WISHES, NOW)
        told = told_of(house.coordinator, TODAY, [house.volunteer_id])[house.volunteer_id]
        assert (told.interests, told.experience) == (WISHES.interests, WISHES.experience)
        assert (told.rather_not, told.areas) == (WISHES.rather_not, WISHES.areas)
        assert (told.months, told.gender) == (12, Gender.WOMAN)
        (row,) = rows(Volunteer, pk=house.volunteer_id)
        assert (row.languages, row.has_car, row.most_matches, row.most_minutes) == ("nl,tr", True, 2, 45)
        assert events() == ["WishesTold"]

    def test_a_change_replaces_them(self, house: House) -> None:
        for wishes in (WISHES, Wishes()):
            actions.tell_wishes(house.coordinator, house.volunteer_id, wishes, NOW)
        (row,) = rows(Preference)
        assert (row.interests, row.areas, row.months, row.gender) == ("", "", 0, "")

    def test_an_older_page_does_not_overwrite(self, house: House) -> None:
        actions.tell_wishes(house.herself, house.volunteer_id, WISHES, NOW)
        with pytest.raises(RuleBroken, match="newer_version"):
            actions.tell_wishes(house.coordinator, house.volunteer_id, Wishes(version=0), NOW)


class TestAway:
    """Days away are told, and taken back."""

    def test_they_are_told_once(self, house: House) -> None:
        row = actions.tell_absence(house.herself, house.volunteer_id, Away(day(3), day(9)), NOW)
        assert told_of(house.coordinator, TODAY)[house.volunteer_id].absences[0].id == row.id
        assert house.volunteer_id not in told_of(house.coordinator, day(10))
        for code, away in (
            ("absence_overlaps", Away(day(9))),
            ("absence_over", Away(day(-3), day(-1))),
            ("period_backwards", Away(day(30), day(29))),
        ):
            with pytest.raises(RuleBroken, match=code):
                actions.tell_absence(house.herself, house.volunteer_id, away, NOW)
        assert events() == ["AbsenceTold"]

    def test_what_did_not_begin_falls_away(self, house: House) -> None:
        for start in (TODAY, day(3)):
            row = actions.tell_absence(house.coordinator, house.volunteer_id, Away(start), NOW)
            assert actions.end_absence(house.herself, row.id, NOW) == house.volunteer_id
        assert rows(Absence) == []
        assert events() == ["AbsenceTold", "AbsenceEnded"] * 2

    def test_what_began_ends_yesterday_and_only_once(self, house: House) -> None:
        row = actions.tell_absence(house.herself, house.volunteer_id, Away(day(-3)), NOW)
        actions.end_absence(house.herself, row.id, NOW)
        assert rows(Absence)[0].to_on == day(-1)
        with pytest.raises(RuleBroken, match="absence_over"):
            actions.end_absence(house.herself, row.id, NOW)


def test_a_stranger_finds_nobody(house: House) -> None:
    row = actions.tell_absence(house.herself, house.volunteer_id, Away(day(3)), NOW)
    other = Actor(uuid4(), Role.VOLUNTEER, house.coordinator.team_ids, volunteer_id=uuid4())
    for actor in (house.elsewhere, other):
        for act in (
            lambda actor: actions.tell_week(actor, house.volunteer_id, MONDAY, None, NOW),
            lambda actor: actions.tell_wishes(actor, house.volunteer_id, WISHES, NOW),
            lambda actor: actions.tell_absence(actor, house.volunteer_id, Away(day(90)), NOW),
            lambda actor: actions.end_absence(actor, row.id, NOW),
        ):
            with pytest.raises(Http404):
                act(actor)
        assert told_of(actor, TODAY) == {}
    assert (events(), len(rows(Absence))) == (["AbsenceTold"], 1)


FILLED: dict[str, dict[str, Any]] = {
    "week": {"dayparts": ["wed_evening", "mon_morning"]},
    "wishes": {
        "interests": ["music"],
        "languages": ["nl"],
        "most_matches": "2",
        "most_minutes": "30",
        "months": "6",
        "areas": "3512, 3511",
    },
    "away": {"kind": "leave", "from_on": "20-01-2011"},
}
SAID = {"week": "woensdag", "wishes": "muziek maken", "away": "vanaf do 20 jan"}


class TestThePages:
    """Five questions for each page, for herself and for her coordinator."""

    @pytest.mark.parametrize("name", FILLED)
    def test_she_and_her_coordinator_fill_it_in(self, house: House, name: str) -> None:
        for client in (house.own, house.team):
            sent(client, house.url(name), **FILLED[name])
            assert SAID[name] in str(page(client.get(house.url("time"))))
            for row in rows(Absence):
                actions.end_absence(house.coordinator, row.id, NOW)

    @pytest.mark.parametrize("name", [*FILLED, "time"])
    def test_for_others_she_does_not_exist(self, house: House, name: str) -> None:
        for client in (house.stranger, house.other_own):
            assert client.get(house.url(name)).status_code == 404
            assert client.post(house.url(name), FILLED.get(name)).status_code in (404, 405)
        assert house.referrer.get(house.url(name)).status_code == 403
        assert events() == []

    def test_what_she_told_stands_in_the_form(self, house: House) -> None:
        sent(house.own, house.url("week"), **FILLED["week"])
        ticked = page(house.own.get(house.url("week"))).find_all("input", checked=True)
        assert [box["value"] for box in ticked] == ["mon_morning", "wed_evening"]

    def test_her_own_page_says_je_and_that_of_her_coordinator_names_her(self, house: House) -> None:
        hers = page(house.own.get(reverse("volunteers:own_time"))).find("main").text
        theirs = page(house.team.get(house.url("time"))).find("main").text
        assert ("past bij je" in hers or "bij je past" in hers, "Truus" in hers) == (True, False)
        assert "Truus Voorbeeld" in theirs
        assert house.team.get(reverse("volunteers:own_time")).status_code == 403

    @pytest.mark.parametrize(
        ("name", "values", "said"),
        [
            ("week", {"dayparts": ["ooit"]}, "kennen wij niet"),
            ("week", {"from_on": "1-1-2011"}, "vandaag of later"),
            ("away", {"from_on": "1-1-2011", "to_on": "2-1-2011"}, "al voorbij"),
            ("away", {"from_on": "20-1-2011", "to_on": "2-1-2011"}, "voor de begindatum"),
            ("wishes", {"areas": "Utrecht"}, "vier cijfers"),
            ("wishes", {"languages": []}, "Vul dit nog in"),
            ("wishes", {"interests": ["stelen"]}, "stelen"),
        ],
    )
    def test_a_wrong_value_is_named(self, house: House, name: str, values: Any, said: str) -> None:
        answer = sent(house.own, house.url(name), 422, **FILLED[name] | values)
        assert said in str(page(answer, 422).find("main"))
        assert events() == []

    def test_she_is_back_with_one_press(self, house: House) -> None:
        row = actions.tell_absence(house.herself, house.volunteer_id, Away(day(3)), NOW)
        url, token = reverse("volunteers:back", args=[row.id]), str(uuid4())
        assert house.own.get(url).status_code == 405
        assert house.stranger.post(url, {"token": token}).status_code == 404
        assert house.referrer.post(url, {"token": token}).status_code == 403
        form = page(house.own.get(house.url("time"))).find("form", action=url)
        assert (
            house.own.post(url, {"token": form.find("input", {"name": "token"})["value"]}).status_code == 302
        )
        assert rows(Absence) == []

    def test_pages_that_are_read_take_nothing(self, house: House) -> None:
        assert house.own.post(house.url("time")).status_code == 405
        assert house.own.post(reverse("volunteers:own_time")).status_code == 405
