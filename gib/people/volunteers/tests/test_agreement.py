"""The agreement, the certificate of conduct and goodbye: the rules, the acts, the papers and the pages."""

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
from gib.people.volunteers import builders, papers
from gib.people.volunteers.actions import agreement as actions
from gib.people.volunteers.actions import coaching, groups
from gib.people.volunteers.domain import LeaveReason, Requirement, State
from gib.people.volunteers.domain import agreement as domain
from gib.people.volunteers.domain.agreement import Topic, Vog, VogDays
from gib.people.volunteers.domain.coaching import Talk, TalkKind
from gib.people.volunteers.domain.groups import NewTraining
from gib.people.volunteers.models import Completion, PrisonPermit, Volunteer
from gib.people.volunteers.models.agreement import SignedAgreement, VogRequest
from gib.people.volunteers.models.coaching import CoachingTalk
from gib.people.volunteers.models.groups import Trainee
from gib.people.volunteers.tests.pages import page, sent

TODAY = date(2011, 1, 11)
NOW = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), TODAY)
NUMBER = "2007-1"


def day(number: int) -> date:
    """Give a day so many days from today."""
    return TODAY + timedelta(days=number)


class TestRules:
    """What may be signed and noted, without a database."""

    def test_a_version_holds_from_its_first_day(self) -> None:
        assert domain.version_on(date(2006, 12, 31)) is None
        version = domain.version_on(TODAY)
        assert version is not None and version.number == NUMBER
        domain.check_signed(NUMBER, TODAY)
        for number, on in ((NUMBER, date(2006, 12, 31)), ("1999-1", TODAY)):
            with pytest.raises(RuleBroken, match="agreement_version"):
                domain.check_signed(number, on)

    @pytest.mark.requirement("VOL-01")
    def test_every_topic_is_in_the_text(self) -> None:
        assert len(Topic) == 9 + 5
        assert list(papers.TEXT) == list(Topic)
        told = papers.agreement_words("Truus Voorbeeld", NUMBER, TODAY)
        assert len({title for title, _words in told["topics"]}) == len(Topic)
        assert all(words for _title, words in told["topics"])

    @pytest.mark.parametrize(
        ("days", "stand", "is_open"),
        [
            (VogDays(), Vog.READY, False),
            (VogDays(TODAY), Vog.REQUESTED, True),
            (VogDays(TODAY, TODAY), Vog.ISSUED, True),
            (VogDays(TODAY, TODAY, TODAY), Vog.SEEN, False),
            (VogDays(TODAY, excluded_on=TODAY), Vog.EXCLUDED, False),
        ],
    )
    def test_how_far_it_is_follows_from_the_days(self, days: VogDays, stand: Vog, is_open: bool) -> None:
        assert (days.stand, days.is_open) == (stand, is_open)

    @pytest.mark.parametrize(
        ("known", "born", "email", "code"),
        [
            ([], TODAY, "a@b.invalid", ""),
            ([VogDays(TODAY, TODAY, TODAY)], TODAY, "a@b.invalid", ""),
            ([VogDays(TODAY)], TODAY, "a@b.invalid", "vog_running"),
            ([VogDays(excluded_on=TODAY)], TODAY, "a@b.invalid", "vog_excluded"),
            ([], None, "a@b.invalid", "vog_facts"),
            ([], TODAY, "", "vog_facts"),
        ],
    )
    def test_a_request(self, known: list[VogDays], born: date | None, email: str, code: str) -> None:
        if code:
            with pytest.raises(RuleBroken, match=code):
                domain.check_request(known, born, email)
        else:
            domain.check_request(known, born, email)

    def test_a_step_is_not_before_the_last_and_not_after_the_end(self) -> None:
        domain.check_next(VogDays(TODAY), TODAY)
        for days, code in (
            (VogDays(TODAY), "vog_order"),
            (VogDays(day(-9), TODAY), "vog_order"),
            (VogDays(TODAY, TODAY, TODAY), "vog_over"),
            (VogDays(excluded_on=TODAY), "vog_over"),
        ):
            with pytest.raises(RuleBroken, match=code):
                domain.check_next(days, day(-1))

    @pytest.mark.parametrize("state", [state for state in State if state is not State.LEAVING])
    def test_goodbye_is_for_who_leaves(self, state: State) -> None:
        domain.check_goodbye(State.LEAVING)
        with pytest.raises(RuleBroken, match="goodbye_state"):
            domain.check_goodbye(state)


pytestmark = pytest.mark.django_db(databases="__all__")


@dataclass
class House:
    """Somebody in the screening and somebody at work, and who may look."""

    carla: tuple[Any, Actor]
    marjan: tuple[Any, Actor]
    rik: tuple[Any, Actor]
    new: UUID
    at_work: UUID

    @property
    def by(self) -> Actor:
        return self.carla[1]

    def browser(self, made: tuple[Any, Actor]) -> Client:
        client = Client(headers={"accept-language": "nl"})
        accounts.sign_in(client, made[0])
        return client

    def url(self, name: str, key: UUID | None = None) -> str:
        return reverse(f"volunteers:{name}", args=[key or self.new])


@pytest.fixture
def house(seen: Any) -> House:
    accounts.mark_as_demo(TODAY)
    one, other = two_teams()
    rik = accounts.referrer(two_prison_desks()[0], one)
    carla, marjan = accounts.coordinator(one), accounts.coordinator(other, "Marjan Fabeldal")
    facts = volunteers.NewVolunteer("Bea", "Bladwijzer", date(1960, 5, 4), email="bea@voorbeeld.invalid")
    new = volunteers.register(carla[1], one.pk, facts, NOW).id
    for state in (State.INTERVIEW, State.SCREENING):
        volunteers.move(carla[1], new, state, NOW)
    at_work = builders.available(carla[1], NOW, prison="NSL").id
    return House(carla, marjan, rik, new, at_work)


def rows(model: Any, **which: Any) -> list[Any]:
    with rls.system("test"):
        return list(model.for_house("test", TODAY).filter(**which).order_by("id"))


def events() -> list[str]:
    with rls.system("test"):
        found = Happening.for_house("test", TODAY).order_by("position").values_list("name", flat=True)
        return [name.removeprefix("volunteers.") for name in found]


class TestSigning:
    """A signature is the requirement, with the number of the text."""

    def test_it_is_in_order_in_the_same_act(self, house: House) -> None:
        actions.sign(house.by, house.new, NUMBER, day(-2), NOW)
        (row,) = rows(SignedAgreement)
        assert (row.number, row.signed_on, row.seen_by) == (NUMBER, day(-2), house.by.user_id)
        (paper,) = rows(Completion, volunteer_id=house.new)
        assert (paper.requirement, paper.from_on) == (Requirement.AGREEMENT, day(-2))
        assert events()[-2:] == ["RequirementSeen", "AgreementSigned"]

    def test_each_refusal_leaves_nothing(self, house: House) -> None:
        for code, number, on in (
            ("agreement_version", "1999-1", TODAY),
            ("completion_in_future", NUMBER, day(1)),
        ):
            with pytest.raises(RuleBroken, match=code):
                actions.sign(house.by, house.new, number, on, NOW)
        with pytest.raises(Http404):
            actions.sign(house.marjan[1], house.new, NUMBER, TODAY, NOW)
        assert (rows(SignedAgreement), rows(Completion, volunteer_id=house.new)) == ([], [])


class TestTheFreeScheme:
    """Requested, issued, seen: each with its day, and both aspects from the day of issue (VOG-04)."""

    @pytest.mark.requirement("VOG-04")
    def test_from_request_to_seen(self, house: House) -> None:
        row = actions.request_vog(house.by, house.new, replace(NOW, on=day(-20)))
        actions.note_vog(house.by, row.id, day(-5), NOW)
        assert rows(Completion, volunteer_id=house.new) == []
        actions.note_vog(house.by, row.id, day(-1), NOW)
        (kept,) = rows(VogRequest)
        assert (kept.requested_on, kept.issued_on, kept.seen_on) == (day(-20), day(-5), day(-1))
        seen = {one.requirement: one.from_on for one in rows(Completion, volunteer_id=house.new)}
        assert seen == {Requirement.VOG_84: day(-5), Requirement.VOG_85: day(-5)}
        assert events().count("VogMoved") == 3

    def test_each_refusal(self, house: House) -> None:
        row = actions.request_vog(house.by, house.new, NOW)
        for code, act in (
            ("vog_running", lambda: actions.request_vog(house.by, house.new, NOW)),
            ("vog_facts", lambda: actions.request_vog(house.by, house.at_work, NOW)),
            ("vog_order", lambda: actions.note_vog(house.by, row.id, day(-1), NOW)),
            ("completion_in_future", lambda: actions.note_vog(house.by, row.id, day(1), NOW)),
        ):
            with pytest.raises(RuleBroken, match=code):
                act()
        for act in (
            lambda: actions.request_vog(house.marjan[1], house.new, NOW),
            lambda: actions.note_vog(house.marjan[1], row.id, TODAY, NOW),
            lambda: actions.exclude_vog(house.marjan[1], house.new, NOW),
        ):
            with pytest.raises(Http404):
                act()
        assert rows(VogRequest)[0].issued_on is None

    def test_who_is_outside_the_scheme_is_outside_once(self, house: House) -> None:
        row = actions.request_vog(house.by, house.new, NOW)
        assert actions.exclude_vog(house.by, house.new, NOW).id == row.id
        actions.exclude_vog(house.by, house.at_work, NOW)
        for code, act in (
            ("vog_excluded", lambda: actions.exclude_vog(house.by, house.new, NOW)),
            ("vog_excluded", lambda: actions.request_vog(house.by, house.new, NOW)),
            ("vog_over", lambda: actions.note_vog(house.by, row.id, TODAY, NOW)),
        ):
            with pytest.raises(RuleBroken, match=code):
                act()
        assert len(rows(VogRequest)) == 2


class TestGoodbye:
    """What ran for her ends on the day of goodbye, and nothing of another volunteer does."""

    def test_all_that_ran_ends(self, house: House) -> None:
        team = min(house.by.team_ids)
        new = NewTraining("reporting_code", (day(5),), time(10), "Zaal 1")
        training = groups.plan_training(house.by, team, new, NOW)
        for one in (house.at_work, house.new):
            groups.join(house.by, training.pk, one, NOW)
            coaching.plan_talk(house.by, Talk(TalkKind.COACHING, (one,), day(3)), NOW)
        volunteers.leave(house.by, house.at_work, LeaveReason.MOVED, NOW)
        actions.say_goodbye(house.by, house.at_work, NOW)
        (gone,) = rows(Volunteer, pk=house.at_work)
        assert (gone.state, gone.left_on) == (State.LEFT, TODAY)
        assert [row.to_on for row in rows(PrisonPermit)] == [TODAY]
        assert {row.volunteer_id: row.cancelled_on for row in rows(CoachingTalk)} == {
            house.at_work: TODAY,
            house.new: None,
        }
        assert {row.volunteer_id: row.to_on for row in rows(Trainee)} == {
            house.at_work: TODAY,
            house.new: None,
        }
        assert "GoodbyeSaid" in events()

    def test_each_refusal(self, house: House) -> None:
        with pytest.raises(RuleBroken, match="goodbye_state"):
            actions.say_goodbye(house.by, house.at_work, NOW)
        with pytest.raises(Http404):
            actions.say_goodbye(house.marjan[1], house.at_work, NOW)
        assert rows(PrisonPermit)[0].to_on is None


def is_pdf(answer: Any) -> bool:
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return bool(answer.content.startswith(b"%PDF-"))


class TestThePages:
    """Papers to print, a list to enter, and who may not."""

    def test_the_agreement_is_printed_and_signed(self, house: House) -> None:
        client = house.browser(house.carla)
        assert is_pdf(client.get(house.url("agreement_paper")))
        sent(client, house.url("agree"), number=NUMBER, signed_on="10-1-2011")
        assert rows(SignedAgreement)[0].signed_on == day(-1)
        wrong = sent(client, house.url("agree"), 422, number=NUMBER, signed_on="10-1-2006")
        assert "gold nog niet" in page(wrong, 422).find("main").text

    def test_goodbye_and_its_letter(self, house: House) -> None:
        client = house.browser(house.carla)
        assert client.get(house.url("thanks", house.at_work)).status_code == 404
        answer = sent(client, house.url("goodbye", house.at_work), 422)
        assert "dat zij stopt" in page(answer, 422).find("main").text
        volunteers.leave(house.by, house.at_work, LeaveReason.MOVED, NOW)
        assert "Neem afscheid" in page(client.get(house.url("volunteer", house.at_work))).find("main").text
        sent(client, house.url("goodbye", house.at_work))
        assert is_pdf(client.get(house.url("thanks", house.at_work)))
        words = papers.goodbye_words("Truus", day(-400), TODAY)
        assert "Truus" in words["title"]

    def test_the_list_to_enter(self, house: House) -> None:
        client, url = house.browser(house.carla), reverse("volunteers:vog")
        shown = page(client.get(url)).find("main").text
        for word in ("Bea Bladwijzer", "04-05-1960", "bea@voorbeeld.invalid", "84, 85"):
            assert word in shown
        file = client.get(reverse("volunteers:vog_file", args=["csv"])).content.decode("utf-8-sig")
        assert ("Bladwijzer" in file, "Functieaspecten" in file, "Truus" in file) == (True, True, False)
        assert client.get(reverse("volunteers:vog_file", args=["xlsx"])).content.startswith(b"PK")
        assert client.get(reverse("volunteers:vog_file", args=["pdf"])).status_code == 404
        form = page(client.get(url)).find("form", action=house.url("vog_request"))
        token = form.find("input", {"name": "token"})["value"]
        assert client.post(house.url("vog_request"), {"token": token}).status_code == 302
        step = reverse("volunteers:vog_step", args=[rows(VogRequest)[0].id])
        for said, word in (("Nog bekijken", "Gezien"), ("Gezien", "gezien di 11 jan")):
            sent(client, step, on="11-1-2011")
            shown = page(client.get(url)).find("main").text
            assert (said in shown, word in shown) == (True, True)
        assert "al afgerond" in page(sent(client, step, 422, on="11-1-2011"), 422).text

    def test_who_is_excluded_says_so(self, house: House) -> None:
        client = house.browser(house.carla)
        for status in (302, 422):
            answer = client.post(house.url("vog_exclude"), {"token": str(uuid4())})
            assert answer.status_code == status
        assert "Niet gratis" in page(client.get(reverse("volunteers:vog"))).find("main").text
        again = client.post(house.url("vog_request"), {"token": str(uuid4())})
        assert "gratis regeling" in page(again, 422).find("main").text

    def test_a_missing_fact_is_filled_in_first(self, house: House) -> None:
        facts = volunteers.NewVolunteer("Bea", "Bladwijzer", date(1960, 5, 4))
        volunteers.correct(house.by, house.new, facts, NOW)
        shown = page(house.browser(house.carla).get(reverse("volunteers:vog")))
        assert shown.find("form", action=house.url("vog_request")) is None
        assert "ontbreekt nog" in shown.find("main").text

    @pytest.mark.parametrize("name", ["agree", "agreement_paper", "goodbye", "thanks"])
    def test_others(self, house: House, name: str) -> None:
        assert house.browser(house.marjan).get(house.url(name)).status_code == 404
        assert house.browser(house.rik).get(house.url(name)).status_code == 403

    def test_others_and_the_certificate(self, house: House) -> None:
        row = actions.request_vog(house.by, house.new, NOW)
        step = reverse("volunteers:vog_step", args=[row.id])
        stranger, rik = house.browser(house.marjan), house.browser(house.rik)
        assert "Bea" not in page(stranger.get(reverse("volunteers:vog"))).find("main").text
        assert (stranger.get(step).status_code, rik.get(step).status_code) == (404, 403)
        for name in ("vog_request", "vog_exclude"):
            assert stranger.post(house.url(name)).status_code == 404
            assert rik.post(house.url(name)).status_code == 403
            assert house.browser(house.carla).get(house.url(name)).status_code == 405
        assert rik.get(reverse("volunteers:vog")).status_code == 403
