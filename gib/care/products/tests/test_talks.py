"""The talks about a match inside: halfway, at the end, and what they tell the board on who comes home."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import Http404

from gib.care.products import actions, builders, slots_talks
from gib.care.products.domain.match import ASKED, LIVE, EndReason, State
from gib.care.products.domain.talks import (
    Going,
    MatchTalkKind,
    NewTalk,
    NextStep,
    TalkedWith,
    Wish,
    check_talk,
    closing_due,
    goes_along,
    midterm_due,
)
from gib.care.products.models import Match, MatchTalk
from gib.care.products.models.pool import problem_of_team
from gib.care.products.presenting.board import board_of
from gib.care.products.tests.conftest import NOW, broken, day, later, refused
from gib.care.products.tests.test_views import at, done, herself, request, send
from gib.care.referral.tests.reader import queries, text_of, visitor
from gib.core.access.actor import Actor
from gib.core.kernel.rules import RuleBroken
from gib.people.partners.domain import Product

VISITS, HOME = Product.BEZOEKMOEDERS, Product.MOEDERMAATJES
MET, TODAY = date(2011, 1, 4), date(2011, 4, 5)
HALFWAY = NewTalk(MatchTalkKind.MIDTERM, MET, TalkedWith.BOTH, Going.WELL, next_step=NextStep.GO_ON)
CLOSED = NewTalk(MatchTalkKind.CLOSING, MET, TalkedWith.BOTH, Going.MIXED)
BASIC = {"held_on": "11-01-2011", "talked_with": "both", "going": "well"}


class TestTheRules:
    """Which talk may be written down when, and when one is due."""

    @pytest.mark.parametrize(
        ("product", "state", "met_on", "talk", "code"),
        [
            (HOME, State.RUNNING, MET, HALFWAY, "talk_only_inside"),
            (VISITS, State.AGREED, None, HALFWAY, "match_not_live"),
            (VISITS, State.ENDED, MET, HALFWAY, "match_not_live"),
            (VISITS, State.REFUSED, None, CLOSED, "never_met"),
            (VISITS, State.RUNNING, MET, replace(HALFWAY, held_on=MET - timedelta(1)), "before_match"),
            (VISITS, State.ENDED, MET, replace(CLOSED, held_on=TODAY + timedelta(1)), "visit_in_future"),
        ],
    )
    def test_a_talk_that_cannot_be(
        self, product: str, state: State, met_on: date | None, talk: NewTalk, code: str
    ) -> None:
        with pytest.raises(RuleBroken, match=f"^{code}$"):
            check_talk(product, state, met_on, talk, TODAY)

    @pytest.mark.parametrize("state", sorted(LIVE))
    def test_halfway_may_be_talked_over_as_long_as_they_see_each_other(self, state: State) -> None:
        check_talk(VISITS, state, MET, HALFWAY, TODAY)

    def test_a_closing_talk_may_come_after_the_end(self) -> None:
        for state in (State.RUNNING, State.ENDING, State.ENDED):
            check_talk(VISITS, state, MET, CLOSED, TODAY)

    @pytest.mark.parametrize(
        ("state", "last_on", "days", "is_due"),
        [
            (State.RUNNING, None, 90, False),
            (State.RUNNING, None, 91, True),
            (State.TRIAL, None, 91, True),
            (State.ENDING, None, 91, False),
            (State.ENDED, None, 200, False),
            (State.RUNNING, 91, 181, False),
            (State.RUNNING, 91, 182, True),
        ],
    )
    def test_halfway_comes_after_the_norm_and_again(
        self, state: State, last_on: int | None, days: int, is_due: bool
    ) -> None:
        last = MET + timedelta(last_on) if last_on else None
        assert midterm_due(state, MET, last, MET + timedelta(days), 13) is is_due

    @pytest.mark.parametrize(
        ("state", "reason", "days", "has_next", "is_due"),
        [
            (State.RUNNING, "", None, True, False),
            (State.ENDING, "", None, False, True),
            (State.ENDED, EndReason.RELEASE, 28, True, True),
            (State.ENDED, EndReason.RELEASE, 29, True, False),
            (State.ENDED, EndReason.PLANNED, 0, True, True),
            (State.ENDED, EndReason.PLANNED, 0, False, False),
            (State.ENDED, EndReason.NO_CLICK, 0, True, False),
            (State.ENDED, EndReason.UNSAFE, 0, True, False),
            (State.REFUSED, "", 0, True, False),
        ],
    )
    def test_closing_is_asked_at_the_goodbye_and_a_while_after_it(
        self, state: State, reason: str, days: int | None, has_next: bool, is_due: bool
    ) -> None:
        ended_on = None if days is None else TODAY - timedelta(days)
        assert closing_due(state, reason, ended_on, has_next, TODAY) is is_due

    @pytest.mark.parametrize(
        ("hers", "theirs", "goes"),
        [
            ("", "", True),
            (Wish.SAME, Wish.SAME, True),
            (Wish.OPEN, Wish.SAME, True),
            (Wish.OTHER, Wish.SAME, False),
            (Wish.SAME, Wish.OTHER, False),
        ],
    )
    def test_one_no_is_enough(self, hers: str, theirs: str, goes: bool) -> None:
        assert goes_along(hers, theirs) is goes

    def test_nobody_is_asked_about_who_never_met(self) -> None:
        assert not any(midterm_due(state, MET, None, TODAY, 1) for state in ASKED)


def halfway(**more: Any) -> NewTalk:
    return replace(HALFWAY, held_on=NOW.on, **more)


def closed(her: Wish | None = None, theirs: Wish | None = None) -> NewTalk:
    return replace(CLOSED, held_on=NOW.on, her_wish=her, volunteer_wish=theirs)


def tasks(actor: Actor, days: int) -> list[tuple[str, str]]:
    """Give what the start page says of talks some days after they met: which one, and why."""
    found = slots_talks.talks_due(request(actor, later(days)))
    return [(task.url.rstrip("/").rsplit("/", 1)[-1], task.why) for task in found]


@pytest.mark.django_db(databases=["default", "keys", "log"])
class TestTheActs:
    """What is kept of a talk, and who may write one down."""

    def test_a_talk_is_kept_with_its_note(self, coordinator: Actor, told: Callable[..., list[str]]) -> None:
        _part, match = builders.visiting(coordinator, NOW)
        actions.hold_match_talk(coordinator, match.id, halfway(note="Zij missen een rustige kamer."), NOW)
        (row,) = MatchTalk.visible_to(coordinator, NOW.on)
        assert (row.kind, row.next_step, row.going, row.her_wish) == ("midterm", "go_on", "well", "")
        assert row.note == "Zij missen een rustige kamer."
        assert told(match.dossier_id)[-1] == "products.MidtermTalkHeld"
        actions.hold_match_talk(coordinator, match.id, closed(Wish.SAME, Wish.OPEN), NOW)
        assert told(match.dossier_id)[-1] == "products.ClosingTalkHeld"

    def test_not_by_a_stranger_and_not_of_help_at_home(self, coordinator: Actor, stranger: Actor) -> None:
        _part, match = builders.visiting(coordinator, NOW)
        with pytest.raises(Http404):
            actions.hold_match_talk(stranger, match.id, halfway(), NOW)
        _part, home = builders.at_home(coordinator, NOW, 1)
        with refused("talk_only_inside", MatchTalk):
            actions.hold_match_talk(coordinator, home.id, halfway(), NOW)
        actions.end_match(coordinator, match.id, EndReason.PLANNED, NOW)
        with broken("match_not_live"):
            actions.hold_match_talk(coordinator, match.id, halfway(), NOW)

    def test_the_volunteer_reads_nothing_of_it(self, house: Actor) -> None:
        _part, match = builders.visiting(house, NOW)
        actions.hold_match_talk(house, match.id, halfway(note="Zij komt vaak te laat."), NOW)
        page = text_of(visitor(herself(match), NOW).get(at("match", match.id)))
        assert "halverwege" not in page and "te laat" not in page


@pytest.mark.django_db(databases=["default", "keys", "log"])
class TestTheStartPage:
    """The coordinator is told when a talk is due, in the words that belong to it."""

    def test_halfway_after_thirteen_weeks_and_again_after_a_talk(self, coordinator: Actor) -> None:
        _part, match = builders.visiting(coordinator, NOW)
        assert tasks(coordinator, 90) == []
        ((page, why),) = tasks(coordinator, 91)
        assert page == "halverwege" and "Bespreek halverwege hoe het gaat." in why
        held = replace(HALFWAY, held_on=day(91))
        actions.hold_match_talk(coordinator, match.id, held, later(91))
        assert tasks(coordinator, 181) == []
        assert [page for page, _why in tasks(coordinator, 182)] == ["halverwege"]

    def test_the_goodbye_asks_who_comes_home_only_when_help_at_home_follows(self, coordinator: Actor) -> None:
        _part, match = builders.visiting(coordinator, NOW)
        settled(coordinator, match)
        actions.begin_ending(coordinator, match.id, later(60))
        ((page, why),) = tasks(coordinator, 60)
        assert page == "slotgesprek" and "hoe het was" in why
        builders.planned(coordinator, match.dossier_id, HOME, later(60))
        ((_page, why),) = tasks(coordinator, 60)
        assert "Komt dezelfde vrijwilliger straks bij haar thuis?" in why
        actions.hold_match_talk(coordinator, match.id, closed(Wish.SAME, Wish.SAME), later(60))
        assert tasks(coordinator, 60) == []

    def test_after_a_sudden_end_it_is_asked_for_four_weeks(self, coordinator: Actor) -> None:
        _part, match = builders.visiting(coordinator, NOW)
        builders.planned(coordinator, match.dossier_id, HOME, NOW)
        actions.end_match(coordinator, match.id, EndReason.BY_COORDINATOR, later(5))
        assert [page for page, _why in tasks(coordinator, 33)] == ["slotgesprek"]
        assert tasks(coordinator, 34) == []

    def test_another_team_is_told_nothing(self, coordinator: Actor, stranger: Actor) -> None:
        builders.visiting(coordinator, NOW)
        assert tasks(stranger, 91) == []


def settled(actor: Actor, match: Match) -> None:
    """Let a match run after its trial."""
    actions.start_trial(actor, match.id, NOW)
    for turn in (14, 28, 42):
        builders.visited(actor, match, day(turn), later(turn))
    actions.run(actor, match.id, later(42))


@pytest.mark.django_db(databases=["default", "keys", "log"])
class TestTheBoard:
    """What both said reaches the matching: who visited her counts as known, unless one of them said no."""

    @pytest.mark.parametrize(
        ("hers", "theirs", "is_known"),
        [
            (None, None, True),
            (Wish.SAME, Wish.SAME, True),
            (Wish.OPEN, Wish.OPEN, True),
            (Wish.OTHER, Wish.SAME, False),
            (Wish.SAME, Wish.OTHER, False),
        ],
    )
    def test_a_wish_for_another_takes_the_tie_away(
        self, coordinator: Actor, hers: Wish | None, theirs: Wish | None, is_known: bool
    ) -> None:
        _part, match = builders.visiting(coordinator, NOW)
        home = builders.planned(coordinator, match.dossier_id, HOME, NOW)
        actions.hold_match_talk(coordinator, match.id, closed(hers, theirs), NOW)
        actions.end_match(coordinator, match.id, EndReason.PLANNED, NOW)
        found = {one.id: one.visited_by for one in problem_of_team(coordinator, NOW.on).waiting}
        assert found[str(home.id)] == (str(match.volunteer_id) if is_known else "")

    def test_the_last_talk_counts(self, coordinator: Actor) -> None:
        _part, match = builders.visiting(coordinator, NOW)
        home = builders.planned(coordinator, match.dossier_id, HOME, NOW)
        for days, hers in enumerate((Wish.OTHER, Wish.SAME)):
            talk = replace(closed(hers, Wish.SAME), held_on=day(days))
            actions.hold_match_talk(coordinator, match.id, talk, later(days))
        found = {one.id: one.visited_by for one in problem_of_team(coordinator, day(1)).waiting}
        assert found[str(home.id)] == str(match.volunteer_id)


@pytest.mark.django_db(databases=["default", "keys", "log"])
class TestThePages:
    """The coordinator writes both talks down from the page of the match."""

    def test_halfway_and_going_on(self, house: Actor) -> None:
        _part, match = builders.visiting(house, NOW)
        page = at("match", match.id)
        assert "Nog geen gesprek" in text_of(visitor(house, NOW).get(page))
        url = at("match_midterm", match.id)
        given = BASIC | {"held_on": f"{NOW.on:%d-%m-%Y}", "next_step": "go_on", "note": "Rustig"}
        for wrong in ({"held_on": "morgen"}, {"going": "ja"}, {"next_step": ""}, {"talked_with": ""}):
            answer = send(house, url, **given | wrong)
            assert answer.status_code == 422
            assert "Rustig" in answer.content.decode()
        assert send(house, url, **given | {"held_on": "01-01-2030"}).status_code == 422
        assert done(house, url, **given) == page
        shown = text_of(visitor(house, NOW).get(page))
        for said in ("Gesprek halverwege", "Met allebei", "Het gaat goed", "Zij gaan door", "Rustig"):
            assert said in shown

    @pytest.mark.parametrize("agreed", ["other_person", "stop"])
    def test_what_ends_leads_on_to_the_end(self, house: Actor, agreed: str) -> None:
        _part, match = builders.visiting(house, NOW)
        given = BASIC | {"held_on": f"{NOW.on:%d-%m-%Y}", "next_step": agreed}
        url = done(house, at("match_midterm", match.id), **given)
        assert url == at("match_end", match.id)

    def test_the_closing_talk_asks_who_comes_home_when_that_follows(self, house: Actor) -> None:
        _part, match = builders.visiting(house, NOW)
        url, given = at("match_closing", match.id), BASIC | {"held_on": f"{NOW.on:%d-%m-%Y}"}
        assert "dezelfde vrijwilliger" not in text_of(visitor(house, NOW).get(url))
        builders.planned(house, match.dossier_id, HOME, NOW)
        assert "Wil de moeder thuis dezelfde vrijwilliger?" in text_of(visitor(house, NOW).get(url))
        assert send(house, url, **given).status_code == 422
        wishes = {"her_wish": "same", "volunteer_wish": "other"}
        assert done(house, url, **given | wishes) == at("match", match.id)
        shown = text_of(visitor(house, NOW).get(at("match", match.id)))
        assert "De vrijwilliger gaat niet mee naar huis" in shown
        part = MatchTalk.visible_to(house, NOW.on).get()
        assert (part.her_wish, part.volunteer_wish) == ("same", "other")

    def test_strangers_and_the_volunteer_herself(self, house: Actor, stranger: Actor) -> None:
        _part, match = builders.visiting(house, NOW)
        for name in ("match_midterm", "match_closing"):
            assert visitor(stranger, NOW).get(at(name, match.id)).status_code == 404
            assert visitor(herself(match), NOW).get(at(name, match.id)).status_code == 403

    def test_the_page_of_a_match_asks_no_more_for_more_talks(self, house: Actor) -> None:
        _part, match = builders.visiting(house, NOW)
        browser, page = visitor(house, NOW), at("match", match.id)
        actions.hold_match_talk(house, match.id, halfway(note="een"), NOW)
        one = queries(browser, page)
        for _turn in range(4):
            actions.hold_match_talk(house, match.id, halfway(note="meer"), NOW)
        assert queries(browser, page) == one <= 15

    def test_the_board_opens_with_a_closing_talk(self, house: Actor) -> None:
        _part, match = builders.visiting(house, NOW)
        home = builders.planned(house, match.dossier_id, HOME, NOW)
        actions.hold_match_talk(house, match.id, closed(Wish.OTHER, Wish.SAME), NOW)
        assert visitor(house, NOW).get(board_of(home.id)).status_code == 200
