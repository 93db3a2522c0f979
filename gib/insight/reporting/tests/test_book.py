"""What each act tells the book out of which the figures are rebuilt, by hand-written pages of a journal."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from gib.core.kernel.dates import Period
from gib.insight.reporting.models.book import TOLD, Ledger, Span

MOTHER, OTHER = UUID(int=1), UUID(int=2)
DAY = date(2010, 3, 9)


def row(name: str, days: int = 0, whose: UUID | None = MOTHER, **payload: Any) -> Any:
    """Give an act as the journal keeps it, some days after the first."""
    on = DAY + timedelta(days=days)
    return SimpleNamespace(name=name, on=on, dossier_id=whose, id=f"{name} {days}", payload=payload)


def held(days: int = 0) -> str:
    return (DAY + timedelta(days=days)).isoformat()


def read(*rows: Any) -> Ledger:
    return Ledger().read(rows)


def only(book: Ledger, kind: str) -> Span:
    """Give the one thing of a kind, and refuse that there are more."""
    (found,) = book.spans[kind].values()
    return found


def part(state: str, started: str | None = None, ended: str | None = None) -> dict[str, Any]:
    facts = {"participation_id": "p", "product": "bezoekmoeders", "state": state}
    return facts | {"started_on": started, "ended_on": ended}


class TestSpan:
    """When something was there."""

    @pytest.mark.parametrize(
        ("first", "last", "is_there"),
        [
            ((2009, 12, 31), (2009, 12, 31), False),
            ((2009, 1, 1), (2010, 1, 1), True),
            ((2010, 12, 31), None, True),
            ((2011, 1, 1), None, False),
            ((2008, 1, 1), None, True),
            ((2008, 1, 1), (2012, 1, 1), True),
        ],
    )
    def test_one_day_in_the_year_is_enough(
        self, first: tuple[int, int, int], last: tuple[int, int, int] | None, is_there: bool
    ) -> None:
        span = Span(MOTHER, date(*first), date(*last) if last else None)
        assert span.during(Period(date(2010, 1, 1), date(2010, 12, 31))) is is_there

    def test_what_never_began_was_never_there(self) -> None:
        assert not Span(MOTHER, None, DAY).during(Period(date(1900, 1, 1)))


class TestWait:
    """From a referral to the first talk on it."""

    def test_it_is_measured_to_the_first_talk_only(self) -> None:
        book = read(
            row("referral.Submitted", referral_id="r", channel="mmd"),
            row("intake.TalkHeld", 6, referral_id="r", held_on=held(5)),
            row("intake.TalkHeld", 9, referral_id="r", held_on=held(9)),
        )
        assert only(book, "first_talk").facts == {"days": 5}
        assert only(book, "first_talk").from_on == DAY + timedelta(days=5)
        assert sorted(each.from_on for each in book.spans["talk"].values() if each.from_on) == [
            DAY + timedelta(days=days) for days in (5, 9)
        ]

    def test_a_second_referral_of_the_same_mother_waits_by_itself(self) -> None:
        book = read(
            row("referral.Submitted", referral_id="r", channel="mmd"),
            row("intake.TalkHeld", 3, referral_id="r", held_on=held(3)),
            row("referral.Submitted", 100, referral_id="s", channel="tb"),
            row("intake.TalkHeld", 111, referral_id="s", held_on=held(111)),
        )
        assert [each.facts["days"] for each in book.spans["first_talk"].values()] == [3, 11]

    def test_a_talk_on_nothing_that_was_sent_waited_for_nothing(self) -> None:
        book = read(row("intake.TalkHeld", 3, referral_id="r", held_on=held(3)))
        assert only(book, "first_talk").from_on is None
        assert only(book, "talk").from_on == DAY + timedelta(days=3)


class TestSeen:
    """On which days something was done with her."""

    def days(self, *rows: Any) -> list[date]:
        return sorted(day for day in read(*rows).active.values() if day is not None)

    def test_who_did_not_come_was_not_seen(self) -> None:
        for outcome, seen in (("present", [DAY]), ("absent", []), ("cancelled", [])):
            told = row("products.Attended", attendance_id="a", outcome=outcome, held_on=held())
            assert self.days(told) == seen

    def test_a_presence_that_was_put_right_is_taken_back(self) -> None:
        came = row("products.Attended", attendance_id="a", outcome="present", held_on=held())
        not_so = row("products.Attended", 1, attendance_id="a", outcome="absent", held_on=held())
        assert self.days(came, not_so) == []
        assert self.days(not_so, came) == [DAY]

    def test_a_child_counts_when_it_is_inside_and_not_on_its_way(self) -> None:
        for to, seen in (("inside", [DAY]), ("fetched", []), ("home", [])):
            assert self.days(row("moeder_kind_bezoeken.ChildMoved", meeting_child_id="c", to=to)) == seen

    @pytest.mark.parametrize(
        ("steps", "seen"),
        [
            (["inside", "<picked_up"], []),
            (["inside", "<confirmed"], []),
            (["inside", "returned", "<inside"], [DAY]),
            (["inside", "returned", "<inside", "<picked_up"], []),
            (["inside", "<picked_up", "inside"], [DAY]),
            (["refused_at_gate", "<picked_up"], []),
        ],
    )
    def test_a_child_put_back_counts_only_where_it_stands_inside(
        self, steps: list[str], seen: list[date]
    ) -> None:
        rows = [
            row(
                "moeder_kind_bezoeken." + ("ChildPutBack" if step.startswith("<") else "ChildMoved"),
                meeting_child_id="c",
                to=step.removeprefix("<"),
            )
            for step in steps
        ]
        assert self.days(*rows) == seen

    def test_a_review_counts_on_the_day_it_was_held(self) -> None:
        assert self.days(row("trajectory.ReviewHeld", 4, held_on=held(2))) == [DAY + timedelta(days=2)]

    def test_an_act_that_is_no_doing_with_her_is_passed_over(self) -> None:
        book = read(
            row("families.ConsentGiven", consent_id="x"), row("products.VisitPlanned", contact_id="y")
        )
        assert book.active == {}
        assert dict(book.spans) == {}


class TestContacts:
    """A visit and its account are one contact."""

    def test_without_an_account_it_took_no_minutes(self) -> None:
        book = read(row("products.VisitHeld", contact_id="c", held_on=held()))
        assert only(book, "contact").facts == {"minutes": 0}

    def test_the_account_brings_the_minutes_and_no_second_contact(self) -> None:
        told = {"contact_id": "c", "held_on": held()}
        book = read(row("products.VisitHeld", **told), row("products.VisitLogged", 2, **told, minutes=75))
        assert only(book, "contact").facts == {"minutes": 75}
        assert list(book.active.values()) == [DAY]


class TestParts:
    """Her part in a product, and the wish from which she waits."""

    def test_she_waits_from_her_wish_also_when_it_goes_on(self) -> None:
        book = read(
            row("products.Wished", **part("wished")),
            row("products.Started", 12, **part("running", held(12))),
            row("products.Continued", 30, **part("running", held(12))),
        )
        span = only(book, "part")
        assert (span.facts["wished_on"], span.from_on, span.to_on) == (DAY, DAY + timedelta(days=12), None)

    @pytest.mark.parametrize(
        ("event", "state"),
        [
            ("Completed", "completed"),
            ("Stopped", "stopped_by_mother"),
            ("EndedBy", "ended_by_release"),
            ("EndedBy", "ended_by_transfer"),
        ],
    )
    def test_it_ends_on_the_day_that_is_told_under_the_name_that_is_told(
        self, event: str, state: str
    ) -> None:
        book = read(
            row("products.Wished", **part("wished")),
            row(f"products.{event}", 9, **part(state, held(2), held(7))),
        )
        span = only(book, "part")
        assert (span.facts["state"], span.to_on) == (state, DAY + timedelta(days=7))

    def test_a_beginning_that_was_put_right_is_no_beginning(self) -> None:
        book = read(
            row("products.Wished", **part("wished")),
            row("products.Completed", 9, **part("completed", held(2), held(7))),
            row("products.Corrected", 10, **part("planned")),
        )
        assert (only(book, "part").from_on, only(book, "part").to_on) == (None, None)


class TestEnds:
    """What ends, opens again, or was never so."""

    def test_a_plan_that_was_opened_again_is_not_closed(self) -> None:
        agreed = row("trajectory.Agreed", trajectory_id="t")
        closed = row("trajectory.Closed", 40, trajectory_id="t", reason="own_wish", municipality="")
        again = row("trajectory.Reopened", 60, trajectory_id="t")
        assert only(read(agreed, closed), "trajectory").to_on == DAY + timedelta(days=40)
        assert only(read(agreed, closed, again), "trajectory").to_on is None

    @pytest.mark.parametrize(("state", "ends"), [("training", False), ("leaving", False), ("left", True)])
    def test_a_volunteer_is_on_the_roll_until_the_goodbye_is_over(self, state: str, ends: bool) -> None:
        wrote = row(
            "volunteers.VolunteerRegistered", whose=None, volunteer_id="v", team_id=7, since_on=held(-9)
        )
        moved = row("volunteers.VolunteerMoved", 80, whose=None, volunteer_id="v", state=state)
        book = read(wrote, moved)
        assert only(book, "volunteer").from_on == DAY - timedelta(days=9)
        assert only(book, "volunteer").to_on == (DAY + timedelta(days=80) if ends else None)
        assert book.teams == {"v": 7}
        gone = read(wrote, moved, row("volunteers.VolunteerTakenBack", 81, whose=None, volunteer_id="v"))
        assert gone.spans["volunteer"] == {}

    def test_who_was_turned_down_never_was_on_the_roll_also_after_she_is_forgotten(self) -> None:
        told = [
            row("volunteers.VolunteerRegistered", whose=None, volunteer_id="v", team_id=7, since_on=held(-9)),
            row("volunteers.VolunteerMoved", 2, whose=None, volunteer_id="v", state="interview"),
            row("volunteers.VolunteerMoved", 3, whose=None, volunteer_id="v", state="rejected"),
            row("volunteers.VolunteerForgotten", 40, whose=None, volunteer_id="v"),
        ]
        sizes = [len(read(*told[:number]).spans["volunteer"]) for number in (1, 2, 3, 4)]
        assert sizes == [1, 1, 0, 0]

    def test_a_dossier_that_was_taken_back_leaves_only_the_others(self) -> None:
        told = [
            row("families.ChildAdded", whose=whose, child_id=f"child of {whose}") for whose in (MOTHER, OTHER)
        ]
        told += [row("trajectory.ReviewHeld", whose=whose, held_on=held()) for whose in (MOTHER, OTHER)]
        book = read(*told, row("families.DossierTakenBack", 1))
        assert [key[0] for key in book.active] == [OTHER]
        assert only(book, "child").whose == OTHER

    def test_the_team_that_has_her_now_is_the_one_that_counts_her(self) -> None:
        opened = row("families.DossierOpened", team_id=1)
        assert read(opened).teams == {MOTHER: 1}
        assert read(opened, row("families.TeamChanged", 5, old_team_id=1, team_id=2)).teams == {MOTHER: 2}


class TestAsked:
    """What came of a request to pay."""

    ASKED = {"request_id": "q", "municipality": "0917"}

    def sent(self) -> Any:
        return row("aftercare.FundingSubmitted", **self.ASKED, due_on=held(56))

    def test_it_counts_from_the_day_on_which_it_was_sent(self) -> None:
        span = only(read(self.sent()), "request")
        assert span.from_on == DAY
        assert span.facts == {
            **{"municipality": "0917", "state": "submitted", "due_on": held(56), "is_sent": True},
        }

    def test_an_agreement_covers_what_was_never_sent(self) -> None:
        span = only(read(row("aftercare.CoveredByAgreement", 3, **self.ASKED)), "request")
        assert (span.from_on, span.facts["is_sent"]) == (DAY + timedelta(days=3), False)
        assert span.facts["state"] == "covered"

    def test_a_question_stops_the_term_and_an_answer_begins_it_again(self) -> None:
        asked = row("aftercare.FundingQuestioned", 9, request_id="q", is_answer=False)
        answer = row("aftercare.FundingQuestioned", 20, request_id="q", is_answer=True, due_on=held(76))
        facts = only(read(self.sent(), asked), "request").facts
        assert (facts["state"], facts["due_on"]) == ("question", held(56))
        facts = only(read(self.sent(), asked, answer), "request").facts
        assert (facts["state"], facts["due_on"]) == ("submitted", held(76))

    def test_a_yes_after_a_no_is_a_yes_without_a_ground(self) -> None:
        no = row("aftercare.FundingRejected", 20, **self.ASKED, ground="no_budget")
        yes = row("aftercare.FundingGranted", 40, request_id="q")
        assert only(read(self.sent(), no), "request").facts["ground"] == "no_budget"
        facts = only(read(self.sent(), no, yes), "request").facts
        assert (facts["state"], facts["ground"]) == ("granted", "")

    @pytest.mark.parametrize(
        ("event", "state"),
        [
            ("FundingNotAnswered", "no_answer"),
            ("AlternativeFound", "granted_alternative"),
            ("LetGo", "let_go"),
            ("FundingSuperseded", "superseded"),
            ("FundingWithdrawn", "withdrawn"),
        ],
    )
    def test_the_last_act_tells_how_it_stands_and_moves_no_day(self, event: str, state: str) -> None:
        span = only(read(self.sent(), row(f"aftercare.{event}", 70, **self.ASKED)), "request")
        assert (span.facts["state"], span.from_on) == (state, DAY)


def test_a_book_that_cannot_read_an_act_tells_less() -> None:
    """The negative control of this page: without the telling, nothing is known."""
    visit = row("products.VisitLogged", contact_id="c", held_on=held(), minutes=60)
    visit.name = "products.VisitLoggedOtherwise"
    assert visit.name not in TOLD
    assert read(visit).active == {}
