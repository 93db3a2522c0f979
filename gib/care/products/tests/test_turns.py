"""The page on which a child is put on the list: whose turn it is, why, and for whose eyes."""

from datetime import date, time
from typing import Any, Final

import pytest

from gib.care.products import builders
from gib.care.products.models import GroupMeeting, Participation
from gib.care.products.moeder_kind_bezoeken import actions as mornings
from gib.care.products.moeder_kind_bezoeken.domain import CancelReason
from gib.care.products.moeder_kind_bezoeken.domain.turns import Waiting, turn_of
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild
from gib.care.products.moeder_kind_bezoeken.presenting.turns import may_apply, why
from gib.care.products.tests.conftest import NOW, day, later
from gib.care.products.tests.test_views import at, done, request, send
from gib.care.referral.tests.reader import queries, text_of, visitor
from gib.care.trajectory import builders as trajectories
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.ui import words
from gib.core.vault import reads
from gib.people.families import actions as families
from gib.people.families import builders as family
from gib.people.families.models import Child
from gib.people.partners.domain import Product
from gib.people.partners.models import VisitingRule

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
FINE: Final = mornings.GateAnswers(has_escort=True, identity_seen=True, child_wants=True, is_approved=True)
#: The morning of the stories: Tuesday 18 January 2011.
IN_A_WEEK: Final = 7


@pytest.fixture
def morning(house: Actor) -> GroupMeeting:
    VisitingRule.objects.create(prison_id="NSL", kind="parent_child", valid_from=date(2009, 7, 1))
    return builders.a_meeting(house, NOW, Product.MOEDER_KIND_BEZOEKEN, days=IN_A_WEEK)


def a_mother(
    house: Actor, number: int, days: int = 0, product: Product = Product.MOEDER_KIND_BEZOEKEN
) -> Participation:
    """Give a mother who wished a product so many days from now, which is mostly in the past."""
    plan = trajectories.inside(house, later(days), number)
    return builders.planned(house, plan.dossier_id, product, later(days))


def a_child(house: Actor, part: Participation, number: int, days: int = 0, **facts: Any) -> Child:
    return family.with_child(house, part.dossier_id, later(days), number, **facts)


def on_list(house: Actor, part: Participation, child: Child, days: int = 0) -> MeetingChild:
    """Put a child on a morning a week later, as a child that comes."""
    meeting = builders.a_meeting(house, later(days), Product.MOEDER_KIND_BEZOEKEN, days=IN_A_WEEK)
    row = mornings.apply(house, meeting.pk, part.id, child.id, time(13), later(days))
    mornings.weigh_gate(house, row.id, FINE, later(days))
    mornings.invite_child(house, row.id, later(days))
    return mornings.confirm_child(house, row.id, later(days))


def fetched(house: Actor, part: Participation, child: Child, days: int) -> MeetingChild:
    """Let a child be fetched for a visit on a day in the past."""
    row = on_list(house, part, family.with_open_gate(house, child, later(days - 14)), days - IN_A_WEEK)
    return mornings.pick_up(house, row.id, later(days))


def visited(house: Actor, part: Participation, child: Child, days: int) -> None:
    """Let a child visit on a day in the past, and come home."""
    row = fetched(house, part, child, days)
    mornings.enter(house, row.id, later(days))
    mornings.bring_back(house, row.id, mornings.HandBack(to="oma"), later(days))


def choices(actor: Actor, morning: GroupMeeting) -> list[str]:
    """Give what stands beside each child on the page, in its order; the page shows nothing else."""
    page = visitor(actor).get(at("child_apply", morning.pk))
    lines = [str(label) for _key, label in page.context["form"].fields["chosen"].choices]
    text, places = text_of(page), []
    for line in lines:
        assert line in text
        places.append(text.index(line))
    assert places == sorted(places)
    return lines


class TestOrder:
    def test_whose_turn_it_is_stands_on_top_with_the_reasons(
        self, house: Actor, morning: GroupMeeting
    ) -> None:
        a_child(house, a_mother(house, 4), 4)
        patient = a_mother(house, 3, -60)
        visited(house, patient, a_child(house, patient, 3, -60), -28)
        a_child(house, a_mother(house, 2), 2, born_on=date(2003, 1, 20))
        leaving = a_mother(house, 1)
        families.expect_release(house, leaving.dossier_id, day(40), "prison", "likely", NOW)
        a_child(house, leaving, 1)
        a_child(house, a_mother(house, 0, -100), 0, -100)
        assert [line.split(" · ", 2)[::2] for line in choices(house, morning)] == [
            ["Merel", "nog geen bezoek, vroeg het zo 3 okt 2010 · wacht langer dan 91 dagen"],
            ["Vink", "nog geen bezoek, vroeg het di 11 jan · naar verwachting vrij zo 20 feb"],
            ["Kievit", "nog geen bezoek, vroeg het di 11 jan · verjaardag do 20 jan"],
            ["Zwaluw", "laatste bezoek di 14 dec 2010"],
            ["Leeuwerik", "nog geen bezoek, vroeg het di 11 jan"],
        ]

    def test_the_name_of_the_mother_is_short(self, house: Actor, morning: GroupMeeting) -> None:
        a_child(house, a_mother(house, 0), 0)
        (line,) = choices(house, morning)
        assert line.startswith("Merel · Madelief S. · ")

    def test_children_of_one_mother_stay_together_and_only_one_has_the_birthday(
        self, house: Actor, morning: GroupMeeting
    ) -> None:
        hers = a_mother(house, 0)
        a_child(house, hers, 0, born_on=date(2005, 1, 13))
        a_child(house, hers, 1, born_on=date(2001, 6, 1))
        a_child(house, hers, 2, born_on=None, birth_year=2006)
        a_child(house, a_mother(house, 1, -10), 3, -10)
        assert [line.split(" · ")[0::3] for line in choices(house, morning)] == [
            ["Vink", "verjaardag van broer of zus do 13 jan"],
            ["Merel", "verjaardag do 13 jan"],
            ["Kievit", "verjaardag van broer of zus do 13 jan"],
            ["Zwaluw"],
        ]

    def test_the_day_of_the_morning_counts_and_not_today(self, house: Actor, morning: GroupMeeting) -> None:
        a_child(house, a_mother(house, 0, -85), 0, -85)
        soon = builders.a_meeting(house, NOW, Product.MOEDER_KIND_BEZOEKEN, days=1)
        assert (morning.planned_on - day(-85)).days == 92
        assert "wacht langer" in choices(house, morning)[0]
        assert (soon.planned_on - day(-85)).days == 86
        assert "wacht langer" not in choices(house, soon)[0]

    def test_who_was_not_let_in_had_no_visit(self, house: Actor, morning: GroupMeeting) -> None:
        hers = a_mother(house, 0, -60)
        child = a_child(house, hers, 0, -60)
        row = fetched(house, hers, child, -28)
        mornings.refuse_at_gate(house, row.id, later(-28))
        mornings.bring_back(house, row.id, mornings.HandBack(to="oma"), later(-28))
        (line,) = choices(house, morning)
        assert "nog geen bezoek, vroeg het vr 12 nov 2010" in line

    def test_the_last_of_more_visits_counts(self, house: Actor, morning: GroupMeeting) -> None:
        hers = a_mother(house, 0, -90)
        child = a_child(house, hers, 0, -90)
        for days in (-56, -28):
            visited(house, hers, child, days)
        (line,) = choices(house, morning)
        assert "laatste bezoek di 14 dec 2010" in line

    def test_what_is_expected_last_of_her_release_counts(self, house: Actor, morning: GroupMeeting) -> None:
        hers = a_mother(house, 0)
        a_child(house, hers, 0)
        for days, is_near in ((200, False), (49, True), (50, False)):
            families.expect_release(house, hers.dossier_id, day(days), "prison", "likely", NOW)
            assert ("naar verwachting vrij" in choices(house, morning)[0]) is is_near


class TestChoosing:
    def test_who_is_chosen_leaves_the_row_and_comes_back_after_a_no(
        self, house: Actor, morning: GroupMeeting
    ) -> None:
        part = a_mother(house, 0)
        child, other = a_child(house, part, 0), a_child(house, part, 1)
        done(house, at("child_apply", morning.pk), chosen=f"{part.id}/{child.id}", back="13:00")
        assert [line.split(" · ")[0] for line in choices(house, morning)] == ["Vink"]
        row = MeetingChild.for_action(house, NOW.on).get()
        assert row.child_id != other.id
        mornings.cancel_child(house, row.id, CancelReason.CHILD, NOW)
        assert {line.split(" · ")[0] for line in choices(house, morning)} == {"Merel", "Vink"}

    def test_the_page_says_what_the_order_means_and_nobody_is_chosen_yet(
        self, house: Actor, morning: GroupMeeting
    ) -> None:
        a_child(house, a_mother(house, 0), 0)
        url = at("child_apply", morning.pk)
        page = text_of(visitor(house).get(url))
        assert "Wie het langst wacht, bijna vrij is of een verjaardag heeft, staat bovenaan." in page
        assert 'type="radio"' in page
        assert "checked" not in page
        for chosen in ("", "weg", "weg/weg"):
            refused = send(house, url, chosen=chosen, back="13:00")
            assert refused.status_code == 422
            assert "Merel · Madelief S." in text_of(refused)
            assert "13:00" in text_of(refused)
        assert MeetingChild.for_action(house, NOW.on).count() == 0

    def test_without_anybody_to_choose_the_page_says_so(self, house: Actor, morning: GroupMeeting) -> None:
        part = a_mother(house, 0)
        assert choices(house, morning) == []
        page = text_of(visitor(house).get(at("child_apply", morning.pk)))
        assert "Er is geen kind dat nog op de lijst kan." in page
        assert "staat bovenaan" not in page
        a_child(house, part, 0)
        assert "geen kind" not in text_of(visitor(house).get(at("child_apply", morning.pk)))


class TestAccess:
    def test_another_team_sees_nothing(self, house: Actor, stranger: Actor, morning: GroupMeeting) -> None:
        a_child(house, a_mother(house, 0), 0)
        theirs = builders.a_meeting(stranger, NOW, Product.MOEDER_KIND_BEZOEKEN, days=IN_A_WEEK)
        assert choices(stranger, theirs) == []
        assert may_apply(request(stranger), morning) == []
        assert visitor(stranger).get(at("child_apply", morning.pk)).status_code == 404

    @pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.PROJECT_LEADER])
    def test_another_role_does_not_open_it(self, house: Actor, morning: GroupMeeting, role: Role) -> None:
        url = at("child_apply", morning.pk)
        assert visitor(Actor(house.user_id, role, house.team_ids)).get(url).status_code == 403

    def test_only_of_who_can_be_chosen_anything_is_opened(self, house: Actor, morning: GroupMeeting) -> None:
        hers, listed = a_mother(house, 0), a_mother(house, 1)
        a_child(house, hers, 0)
        taken = a_child(house, listed, 1)
        mornings.apply(house, morning.pk, listed.id, taken.id, time(13), NOW)
        a_child(house, a_mother(house, 2, product=Product.BEZOEKMOEDERS), 2)
        a_mother(house, 3)
        with reads.counting(reads.ReadSet()) as seen:
            assert len(may_apply(request(house), morning)) == 1
        assert seen.scans == []
        assert seen.boxes == {hers.dossier_id: {"families_child", "families_participant"}}

    def test_the_number_of_queries_does_not_grow(self, house: Actor, morning: GroupMeeting) -> None:
        a_child(house, a_mother(house, 0), 0)
        url = at("child_apply", morning.pk)
        few = queries(visitor(house), url)
        for number in range(1, 5):
            hers = a_mother(house, number)
            families.expect_release(house, hers.dossier_id, day(40), "prison", "likely", NOW)
            for child in (number, number + 5):
                a_child(house, hers, child)
        assert queries(visitor(house), url) == few
        assert few <= 15


class TestWords:
    @pytest.mark.parametrize(
        ("facts", "more"),
        [
            ({}, []),
            ({"births": (date(2004, 1, 9),)}, ["verjaardag zo 9 jan"]),
            ({"births": (date(2004, 1, 31),)}, ["verjaardag ma 31 jan"]),
            ({"births": (date(2004, 2, 1),)}, []),
            ({"release_on": date(2011, 3, 1)}, ["naar verwachting vrij di 1 mrt"]),
            ({"release_on": date(2011, 3, 2)}, []),
        ],
    )
    def test_each_reason_is_said_beside_how_long_she_waits(
        self, house: Actor, facts: dict[str, Any], more: list[str]
    ) -> None:
        words.set_today(NOW.on)
        born_on = next(iter(facts.get("births", ())), None)
        for has_visited, since in (
            (False, "nog geen bezoek, vroeg het di 11 jan"),
            (True, "laatste bezoek di 11 jan"),
        ):
            waiting = Waiting(house.user_id, NOW.on, has_visited=has_visited, **facts)
            assert why(turn_of(waiting, day(IN_A_WEEK)), born_on) == [since, *more]

    @pytest.mark.parametrize(("days", "is_said"), [(91, False), (92, True)])
    def test_beyond_the_norm_the_norm_is_said(self, house: Actor, days: int, is_said: bool) -> None:
        words.set_today(NOW.on)
        turn = turn_of(Waiting(house.user_id, day(-days)), NOW.on)
        assert ("wacht langer dan 91 dagen" in why(turn, None)) is is_said

    def test_a_leap_day_is_the_birthday_of_the_child_itself(self, house: Actor) -> None:
        words.set_today(NOW.on)
        born_on = date(2004, 2, 29)
        turn = turn_of(Waiting(house.user_id, NOW.on, births=(born_on,)), date(2011, 2, 25))
        assert why(turn, born_on)[1:] == ["verjaardag di 1 mrt"]
        assert why(turn, date(2004, 7, 1))[1:] == ["verjaardag van broer of zus di 1 mrt"]
