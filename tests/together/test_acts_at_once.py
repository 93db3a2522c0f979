"""Every act of the chain that decides something, done by two coordinators at the same moment."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta
from threading import Barrier
from typing import Any, Final
from unittest.mock import patch

from django.db import connection, connections, models
from django.http import Http404
from django.test import TransactionTestCase

from gib.care.aftercare import actions as aftercare
from gib.care.aftercare.actions import Grant
from gib.care.aftercare.domain import Ground
from gib.care.handover import actions as handover
from gib.care.handover import builders as needs
from gib.care.handover.domain import Decision
from gib.care.intake import actions as intake
from gib.care.intake.domain import Cause as TalkCause
from gib.care.products import actions as products
from gib.care.products.actions.contacts import Log
from gib.care.products.actions.meetings import NewMeeting, plan_meeting
from gib.care.products.domain.match import EndReason
from gib.care.products.domain.participation import StopReason
from gib.care.referral import actions as referral
from gib.care.referral.domain import DeclineReason
from gib.care.trajectory import actions as trajectory
from gib.care.trajectory.domain import CloseReason, PauseReason
from gib.core.access.actor import house
from gib.core.access.rows import ScopedQuerySet
from gib.core.journal import acts
from gib.core.journal.models import Happening
from gib.core.journal.sessions import reading
from gib.core.kernel.rules import RuleBroken
from gib.people.accounts.builders import mark_as_demo
from gib.people.families import actions as families
from gib.people.families.domain.codes import Confidence, ReleaseKind, ReturnKind, Source
from gib.people.partners.actions import load_register
from gib.people.partners.domain import Product
from gib.portal.demo.days import TODAY, days_ago
from gib.portal.demo.money import ready_to_ask, requested
from gib.portal.demo.people import cast
from gib.portal.demo.story import Story
from tests.world.base import as_house, rows_of

VISITS: Final = Product.BEZOEKMOEDERS
Deed = Callable[[Any], object]
NOW: Final = days_ago(0)
LOST: Final = "lost"


def _referred(story: Story) -> Deed:
    story.referred(60)
    return lambda by: referral.accept(by, story.referral_id, NOW)


def _declined(story: Story) -> Deed:
    story.referred(60)
    return lambda by: referral.decline(by, story.referral_id, DeclineReason.NOT_WILLING, NOW)


def _talk(story: Story) -> Deed:
    story.referred(60).accepted()
    on = TODAY + timedelta(days=2)
    return lambda by: intake.plan(by, story.referral_id, on, None, "Spreekkamer 2", NOW)


def _talk_dropped(story: Story) -> Deed:
    story.referred(60).accepted().talk_planned(2)
    return lambda by: intake.cancel(by, story.intake_id, TalkCause.PRISON, NOW)


def _plan(story: Story) -> Deed:
    story.referred(60).accepted().heard("Rust")
    return lambda by: trajectory.propose(by, story.dossier_id, NOW)


def _agreed(story: Story) -> Deed:
    story.referred(60).accepted().heard("Rust").proposed()
    plan = story.plan_id
    return lambda by: trajectory.agree(by, plan, NOW)


def _paused(story: Story) -> Deed:
    story.referred(60).accepted().heard("Rust").planned()
    plan = story.plan_id
    return lambda by: trajectory.pause(by, plan, PauseReason.ILLNESS, NOW)


def _closed(story: Story) -> Deed:
    story.referred(60).accepted().heard("Rust").planned()
    plan = story.plan_id
    return lambda by: trajectory.close(by, plan, CloseReason.GOALS_MET, None, NOW)


def _wished(story: Story) -> Deed:
    story.referred(60).accepted().heard("Rust").planned()
    return lambda by: products.wish(by, story.dossier_id, VISITS, NOW)


def _asked(story: Story) -> Deed:
    story.referred(60).accepted().heard("Rust").planned().wants(VISITS)
    part, helper = story.parts[VISITS], story.side.helpers["Chandra"]
    return lambda by: products.propose_match(by, part, helper, NOW)


def _matched(story: Story, helper: str) -> Story:
    return story.referred(60).accepted().heard("Rust").planned().wants(VISITS).matched(VISITS, helper)


def _match_ended(story: Story) -> Deed:
    match = _matched(story, "Dorothea").matches[VISITS]
    return lambda by: products.end_match(by, match, EndReason.BY_MOTHER, NOW)


def _stopped(story: Story) -> Deed:
    part = _matched(story, "Truus").parts[VISITS]
    return lambda by: products.stop(by, part, StopReason.NOT_SAID, NOW)


def _visit_held(story: Story) -> Deed:
    """A planned visit took place, says each of two."""
    match = _matched(story, "Fien").matches[VISITS]
    planned = products.plan_visit(story.coordinator, match, TODAY, time(14), "Spreekkamer 1", story.now)
    return lambda by: products.hold_visit(by, planned.id, NOW)


def _visit_told(story: Story) -> Deed:
    """The same planned visit is written up twice: the second account is kept beside the first."""
    match = _matched(story, "Fien").matches[VISITS]
    planned = products.plan_visit(story.coordinator, match, TODAY, time(14), "Spreekkamer 1", story.now)
    log = Log(held_on=TODAY, minutes=60, mood=3, contact_id=planned.id)
    return lambda by: products.log_visit(by, match, log, NOW)


def _request(story: Story) -> Deed:
    ready_to_ask(story.referred(30), "0344", "Een huis").wants(Product.MOEDERMAATJES)
    return lambda by: aftercare.draft_request(by, story.dossier_id, NOW)


def _granted(story: Story) -> Deed:
    requested(ready_to_ask(story.referred(30), "0344", "Een huis").wants(Product.MOEDERMAATJES))
    yes = Grant(from_on=TODAY, to_on=None, hours=260)
    return lambda by: aftercare.grant(by, story.request_id, yes, NOW)


def _let_go(story: Story) -> Deed:
    requested(ready_to_ask(story.referred(30), "0344", "Een huis").wants(Product.MOEDERMAATJES))
    aftercare.reject(story.coordinator, story.request_id, Ground.NO_BUDGET, story.now)
    return lambda by: aftercare.let_go(by, story.request_id, NOW)


def _weighed(story: Story) -> Deed:
    story.referred(60).accepted().heard("Rust").planned()
    signal = needs.raised(story.coordinator, story.dossier_id, story.now)
    return lambda by: handover.triage(by, signal.id, Decision.WATCH, "Ik let erop.", NOW)


def _sent(story: Story) -> Deed:
    story.referred(60).accepted().heard("Rust").planned()
    row = needs.consented(story.coordinator, story.dossier_id, story.now)
    return lambda by: handover.send(by, row.id, needs.EXTRACT, needs.WORKER, NOW)


def _released(story: Story) -> Deed:
    story.referred(60).accepted().heard("Rust").planned()
    kind, where = ReleaseKind.END_OF_SENTENCE, ReturnKind.KNOWN
    return lambda by: families.release(by, story.dossier_id, TODAY, kind, where, "0344", NOW)


def _expected(story: Story) -> Deed:
    story.referred(60).accepted()
    on = TODAY + timedelta(days=20)
    return lambda by: families.expect_release(by, story.dossier_id, on, Source.PRISON, Confidence.GUESS, NOW)


#: The event that may be there once -> what is done twice, after a story that leads to it.
DEEDS: Final[dict[str, Callable[[Story], Deed]]] = {
    "referral.Accepted": _referred,
    "referral.Declined": _declined,
    "intake.Begun": _talk,
    "intake.Cancelled": _talk_dropped,
    "trajectory.Proposed": _plan,
    "trajectory.Agreed": _agreed,
    "trajectory.Paused": _paused,
    "trajectory.Closed": _closed,
    "products.Wished": _wished,
    "products.MatchProposed": _asked,
    "products.MatchEnded": _match_ended,
    "products.Stopped": _stopped,
    "products.VisitHeld": _visit_held,
    "aftercare.FundingDrafted": _request,
    "aftercare.FundingGranted": _granted,
    "aftercare.LetGo": _let_go,
    "handover.SignalTriaged": _weighed,
    "handover.HandoverSent": _sent,
    "families.Released": _released,
    "families.ReleaseExpected": _expected,
}


def at_once(deed: Deed, people: list[Any]) -> list[str]:
    """Let everybody do the same at the same moment; give how it ended for each."""
    start = Barrier(len(people))

    def hurry(by: Any) -> str:
        try:
            with reading(by, "test"):
                start.wait(20)
                deed(by)
            return "done"
        except RuleBroken as refused:
            return refused.code
        except Http404:
            return LOST
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(people)) as all_of_them:
        return sorted(all_of_them.map(hurry, people))


class TestAtOnce(TransactionTestCase):
    """One town, a fresh mother for each act; what was done is committed."""

    databases = "__all__"

    def setUp(self) -> None:
        """Build the town; SQLite in memory has one connection, PostgreSQL locks rows."""
        if connection.vendor != "postgresql":
            self.skipTest("one connection")
        load_register()
        mark_as_demo(TODAY)
        with reading(house("test"), "test", "job"):
            self.people = cast()
        self.number = 0

    def _story(self) -> Story:
        """Begin a story in the first team."""
        self.number += 1
        return Story(self.people.sides[0], self.number, 40)

    def _run(self, lead: Callable[[Story], Deed]) -> tuple[Counter[str], list[str]]:
        """Tell a story, do its act twice at once; give the events it left and how it ended for both."""
        story = self._story()
        with reading(story.coordinator, "test"):
            deed = lead(story)
        before = self._told(story)
        ended = at_once(deed, [story.coordinator, story.coordinator])
        return self._told(story) - before, ended

    def _told(self, story: Story) -> Counter[str]:
        with as_house():
            rows = [row for row in rows_of(Happening) if row.dossier_id == story.dossier_id]
        return Counter(row.name for row in rows)

    def test_what_two_people_do_at_once_happens_once(self) -> None:
        for event, lead in DEEDS.items():
            with self.subTest(event):
                told, ended = self._run(lead)
                assert told[event] == 1 == ended.count("done"), f"{event}: {ended} {told}"
                assert set(ended) - {"done"} <= set(acts_refusals()) | {LOST}, ended

    def test_two_accounts_of_a_visit_at_once_are_both_kept_or_one_is_refused(self) -> None:
        told, ended = self._run(_visit_told)
        assert told["products.VisitHeld"] == 1
        assert told["products.VisitLogged"] == ended.count("done") >= 1, f"{ended} {told}"
        assert set(ended) - {"done"} <= set(acts_refusals()) | {LOST}, ended

    def _rooms(self) -> list[int]:
        """Let two plan a meeting in the same room at once, on six days; give how often that went well."""
        first = self._story().coordinator
        team = min(first.team_ids)
        went: list[int] = []
        for days in range(6):
            new = NewMeeting(
                product=Product.MOEDER_DE_GANS,
                planned_on=TODAY + timedelta(days=days),
                planned_time=time(14),
                room="Gymzaal",
            )
            ended = at_once(lambda by, new=new: plan_meeting(by, team, new, NOW), [first, first])
            assert set(ended) <= {"done", "room_taken"}, ended
            went.append(ended.count("done"))
        return went

    def test_a_room_is_given_once(self) -> None:
        assert self._rooms() == [1] * 6

    def test_without_a_lock_a_room_would_be_given_twice(self) -> None:
        """The negative control of the room."""
        with patch.object(models.QuerySet, "select_for_update", lambda rows, *args, **kwargs: rows.all()):
            assert max(self._rooms()) == 2

    def test_without_locks_and_versions_it_would_happen_twice(self) -> None:
        """The negative control: rows are loaded without a lock, and saved without a look at their version."""

        def unguarded(row: models.Model) -> None:
            row.save()

        def unlocked(rows: ScopedQuerySet, *args: Any, **kwargs: Any) -> ScopedQuerySet:
            return rows.all()

        with (
            patch.object(acts, "_save", unguarded),
            patch.object(ScopedQuerySet, "select_for_update", unlocked),
        ):
            twice = [self._run(_agreed)[1].count("done") for _ in range(6)]
        assert max(twice) == 2, twice


def acts_refusals() -> list[str]:
    """Give the words in which the one who comes second is told so."""
    told = "illegal_move newer_version no_change not_detained already_answered intake_closed intake_running"
    return [*told.split(), "funding_open", "trajectory_open", "product_open", "match_open"]
