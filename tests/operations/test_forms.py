"""Every form of the house: sent twice it has one effect, and a wrong value is refused without a loss."""

from collections.abc import Iterator
from typing import Any, ClassVar, Final
from unittest.mock import patch
from uuid import UUID, uuid4

from django.forms import ChoiceField
from django.urls import reverse

from gib.care.products.ik_jij_wij.models import CourseSession
from gib.care.products.models import Attendance
from gib.care.trajectory.models import Trajectory
from gib.core.access.tables import Role
from gib.core.ui.forms import HouseField, HouseForm, LineField, NoteField
from gib.core.ui.models import Submission
from gib.people.accounts.builders import step_up
from gib.people.families.models import Emergency, number_of
from gib.people.volunteers import builders as volunteers
from gib.people.volunteers.actions.access import invite
from gib.people.volunteers.models import Absence, CoachingTalk, Trainee
from gib.portal.demo.days import TODAY, days_ago
from tests.access.crawl import Ground, Route, routes
from tests.input.house import Screen
from tests.operations import wrong
from tests.operations.desk import (
    INVALID,
    SAID,
    Desk,
    Office,
    Sheet,
    is_of_library,
    problems,
    same_ids,
    to_post,
    undone,
)
from tests.operations.marks import differences, snapshot, written
from tests.operations.papers import papers
from tests.operations.states import arrange, child_to_invite, organised
from tests.world.base import as_house, enter, seats
from tests.world.more import SHEET, FurnishedCase

#: What hands out a file: each time that it leaves is told anew.
TOLD: Final = {"imports:export": {"default.journal_chainhead", "default.journal_happening"}}
#: Who is let in with a letter, a code or a click: what a coordinator hears who tries.
OUTSIDE: Final = {
    **{"accounts:welcome": 422, "accounts:codes": 404, "accounts:demo": 404},
    **{"volunteers:enquire": 422, "portal:postbox": 403, "products:been": 403},
}
URGENT: Final = "Een kind staat alleen op de stoep en niemand neemt op."
#: Forms about one row that two people may have open at the same time.
VERSIONED: Final = {
    *("families:mother", "families:child", "intake:section", "referral:write_on"),
    *("partners:provider_change", "volunteers:correct"),
}
#: What is sent and changes nothing: it looks, or turns a switch of the reader's own browser.
LOOKS: Final = {
    *("portal:search", "ui:preference"),
    *("account_logout", "accounts:sessions", "accounts:choose_role"),
    *("accounts:lend", "accounts:take_back"),
}


def uploads(desk: Desk) -> Iterator[tuple[Desk, str]]:
    """Bring in two lists, one as far as its dry run and one all the way, and give their pages."""
    screen = Screen(desk.client, desk.seat.actor())
    with as_house():
        checked = screen.bring("volunteers", SHEET.encode(), "lijst.csv")
        applied = screen.bring("volunteers", SHEET.replace("Zilvermeeuw", "Stormvogel").encode(), "twee.csv")
        screen.step("apply", applied)
    for name, upload in (("columns", checked), ("check", checked), ("result", applied)):
        yield desk, reverse(f"imports:{name}", args=[upload.id])


def urgent(officer: Desk, dossiers: list[UUID]) -> Iterator[tuple[Desk, str]]:
    """Let somebody look into a dossier in an emergency, and give the pages of who asks, looks and judges."""
    asking, inside = (Desk(seat) for seat in seats(Role.COORDINATOR)[:2])
    for desk in (asking, inside):
        step_up(desk.client)
    SAID["portal:emergency"] = told = {
        "number": [number_of(dossiers[1])],
        "reason": [URGENT],
        "is_sure": ["on"],
    }
    mine = told | {"number": number_of(dossiers[0]), "category": "child_safety", "token": str(uuid4())}
    assert inside.client.post(reverse("portal:emergency"), mine).status_code == 302
    yield asking, reverse("portal:emergency")
    yield inside, reverse("portal:emergency_running")
    with as_house():
        over = Emergency.for_house("test", TODAY).filter(ended_at__isnull=False).order_by("began_at", "pk")
        yield officer, reverse("portal:emergency_review", args=[over[0].pk])


def to_lend(desk: Desk) -> str:
    """Give a page for which somebody may lend her screen."""
    with as_house():
        plan = Trajectory.visible_to(desk.seat.actor(), TODAY)[0]
    return reverse("trajectory:then_and_now", args=[plan.id])


def helped(actor: Any) -> list[str]:
    """Give the pages on which some act waits for one volunteer, or one woman who was at a meeting."""
    with as_house():
        away = Absence.visible_to(actor, TODAY).filter(to_on__gte=TODAY)[0]
        talk = CoachingTalk.visible_to(actor, TODAY).filter(held_on=None, cancelled_on=None)[0]
        trainee = Trainee.visible_to(actor, TODAY).filter(to_on=None)[0]
        wish = Attendance.visible_to(actor, TODAY).filter(wants_talk=True, followed_on=None)[0]
        invite(actor, trainee.volunteer_id, days_ago(0))
        gone = volunteers.long_gone(actor, days_ago(900), days_ago(800))
        fell_away = CourseSession.objects.filter(meeting__state="cancelled", course__closed_on=None)
        off = fell_away.filter(course__team_id__in=actor.team_ids)[0]
    return [
        reverse("products:session_replace", args=[off.course_id, off.number]),
        reverse("products:meeting", args=[wish.meeting_id]),
        reverse("volunteers:erase", args=[gone.id]),
        reverse("volunteers:vog"),
        reverse("volunteers:access", args=[trainee.volunteer_id]),
        reverse("volunteers:access_end", args=[seats(Role.VOLUNTEER)[0].actor().volunteer_id]),
        reverse("volunteers:time", args=[away.volunteer_id]),
        reverse("volunteers:talks_of", args=[talk.volunteer_id]),
        reverse("volunteers:training", args=[trainee.training_id]),
    ]


class TestForms(FurnishedCase):
    """Every form of every page, found by walking, filled in so that the house takes it."""

    office: ClassVar[Office]

    @classmethod
    def setUpTestData(cls) -> None:
        """Put a mother in every state into the world, and fill in every form once."""
        with same_ids():
            cls._build()

    @classmethod
    def _build(cls) -> None:
        super().setUpTestData()
        dossiers, pages = arrange(cls.people)
        coordinator, other = (Desk(seat) for seat in seats(Role.COORDINATOR)[:2])
        leader, officer = (Desk(seats(role)[0]) for role in (Role.PROJECT_LEADER, Role.PRIVACY_OFFICER))
        waiting = [
            *uploads(coordinator),
            *(
                (coordinator, reverse(name))
                for name in ("portal:today", "products:to_read", "accounts:people", "imports:exports")
            ),
            (Desk(seats(Role.TECHNICAL_ADMIN)[0]), reverse("accounts:accounts")),
            *((coordinator, page) for page in pages),
            *((leader, page) for page in organised(leader.seat.actor())),
            (other, child_to_invite(other.seat.actor())),
            *urgent(officer, cls.first),
            *((coordinator, page) for page in helped(coordinator.seat.actor())),
        ]
        cls.office = Office(waiting)
        cls.office.hand_in(leader, reverse("ui:preference"), thema="donker")
        cls.office.hand_in(leader, reverse("account_logout"))
        cls.office.hand_in(coordinator, reverse("accounts:take_back"))
        cls.office.hand_in(coordinator, reverse("accounts:lend"), pad=to_lend(coordinator), terug="/")
        cls.office.hand_in(leader, reverse("accounts:sessions"))
        cls.office.hand_in(leader, reverse("accounts:choose_role"), aanstelling=str(leader.seat.pk))
        cls.office.walk(Ground([*cls.first, *dossiers]))

    def test_every_address_is_driven_or_says_why_not(self) -> None:
        left = {route.name: route for route in routes() if route.name in to_post() - set(self.office.taken)}
        found = self._not_excused(left)
        assert found == set(), {name: self.office.refused.get(name) for name in found}
        assert set(OUTSIDE) <= set(left)

    def test_an_address_that_is_not_driven_and_a_false_excuse_are_noticed(self) -> None:
        here = {route.name: route for route in routes() if route.name in ("handover:raise", "accounts:codes")}
        with patch.dict(OUTSIDE, {"accounts:codes": 200}):
            assert self._not_excused(here) == set(here)

    def _not_excused(self, left: dict[str, Route]) -> set[str]:
        return {name for name, route in left.items() if not self._is_excused(name, route)}

    def _is_excused(self, name: str, route: Route) -> bool:
        """Tell whether what is said of an address that was not driven is true."""
        if name in OUTSIDE:
            client = enter(seats(Role.COORDINATOR)[0])
            return bool(client.post(reverse(name), {"code": "zomaar"}).status_code == OUTSIDE[name])
        return is_of_library(route)

    def test_what_is_sent_twice_is_done_once(self) -> None:
        found = [fault for sheet in self.office.taken.values() for fault in twice(sheet)]
        assert found == []

    def test_a_form_that_forgets_its_token_is_noticed(self) -> None:
        def every_time(_request: Any, _form: Any) -> tuple[Submission, bool]:
            return Submission(token=uuid4()), True

        with patch("gib.core.ui.posting._claim", every_time):
            assert twice(self.office.taken["volunteers:register"]) != []
            assert twice(self.office.taken["handover:raise"]) != []

    def test_what_cannot_be_is_refused_and_nothing_is_lost(self) -> None:
        found = [fault for sheet in self.office.taken.values() for fault in impossible(sheet)]
        assert found == []

    def test_a_form_that_swallows_forgets_or_says_yes_is_noticed(self) -> None:
        def faults(name: str) -> str:
            return " ".join(impossible(self.office.taken[name]))

        assert faults("families:child_add") == ""
        with patch("gib.core.ui.posting.INVALID", 200):
            assert "status 200" in faults("families:child_add")
        with patch.object(HouseField, "value", lambda field: field.initial):
            assert "is lost" in faults("families:child_add")
        with patch.object(ChoiceField, "validate"):
            assert "status 500" in faults("referral:decline")
        with patch.object(HouseForm, "problems", []):
            assert "no sentence" in faults("families:child_add")

    def test_an_edit_over_a_newer_version_shows_both(self) -> None:
        sheets = [sheet for sheet in self.office.taken.values() if is_versioned(sheet)]
        assert {sheet.paper.route for sheet in sheets} >= VERSIONED
        assert [fault for sheet in sheets for fault in overtaken(sheet)] == []

    def test_an_edit_that_writes_over_another_is_noticed(self) -> None:
        with patch("gib.people.families.actions.dossiers.check_version"):
            assert list(overtaken(self.office.taken["families:mother"])) != []

    def test_odd_words_are_kept_as_words(self) -> None:
        found = [fault for sheet in self.office.taken.values() for fault in odd(sheet)]
        assert found == []


def is_versioned(sheet: Sheet) -> bool:
    """Tell whether a form says over which version it was written, and has words to write."""
    return any(sheet.data.get("version", [])) and bool(words(sheet)) and "keep" not in sheet.paper.route


def words(sheet: Sheet) -> list[str]:
    """Name the fields that take any words."""
    return [name for name in wrong.typed(sheet) if type(sheet.kinds[name]) in (LineField, NoteField)]


def overtaken(sheet: Sheet) -> Iterator[str]:
    """Let somebody else write first, and name what is wrong with what the second is told."""
    about, name = sheet.paper.route, words(sheet)[0]
    theirs, mine = ({name: [text], "token": [str(uuid4())]} for text in ("Zilverspar", "Goudspar"))
    with undone():
        first = sheet.desk.send(sheet.paper, sheet.data | theirs)
        kept = snapshot()
        second = sheet.desk.send(sheet.paper, sheet.data | mine)
        moved = differences(kept, snapshot())
        html = second.content.decode()
        shown = (each for each in papers(sheet.paper.page, html) if each.route == about)
        again = sheet.desk.send(sheet.paper, next(shown, sheet.paper).given | mine)
    checks = {
        f"the first was answered {first.status_code}": first.status_code == 302,
        f"the second was answered {second.status_code}": second.status_code == 422,
        f"the second changed {moved}": not moved,
        "there are no two versions": "Twee versies" in html,
        "theirs is not shown": "Zilverspar" in html,
        "mine is not shown": html.count("Goudspar") >= 2,
        f"choosing mine was answered {again.status_code}": again.status_code == 302,
    }
    yield from (f"{about}: {fault}" for fault, is_right in checks.items() if not is_right)


def twice(sheet: Sheet) -> list[str]:
    """Send a form two times, and name what the second did; or that the first did nothing."""
    name = sheet.paper.route
    with undone():
        with written() as once:
            first = sheet.desk.send(sheet.paper, sheet.data)
        kept = snapshot() if once else {}
        with written() as again:
            second = sheet.desk.send(sheet.paper, sheet.data)
        moved = differences(kept, snapshot()) - TOLD.get(name, set()) if again else set()
    found = [f"{name}: the second wrote {', '.join(sorted(moved))}"] if moved else []
    if bool(once) == (name in LOOKS):
        found.append(f"{name}: the first wrote {once or 'nothing'}")
    if (first.status_code, first.headers.get("Location")) != (
        second.status_code,
        second.headers.get("Location"),
    ):
        found.append(f"{name}: {first.status_code} and then {second.status_code} {problems(second)}")
    return found


def impossible(sheet: Sheet) -> Iterator[str]:
    """Send a form full of what cannot be, again with other values; and without all that must be."""
    for values in wrong.impossible(sheet):
        yield from refused(sheet, values)
    if empty := wrong.required(sheet):
        yield from refused(sheet, {name: [] for name in empty})


def refused(sheet: Sheet, values: dict[str, list[str]]) -> Iterator[str]:
    """Name what is wrong with how a form with these values is refused.

    A field of which nothing is said among others is sent alone: a rule speaks when all fields can be read.
    """
    sent = sheet.data | values
    with undone():
        with written() as tables:
            answer = sheet.desk.send(sheet.paper, sent)
        said = wrong.faults(sheet, answer, sent, values)
        if answer.status_code == INVALID and tables - {"ui_submission"}:
            said.append(f"wrote {tables}")
        silent = [name for name in values if answer.content and wrong.unmarked(answer, name)]
        if silent and len(values) == 1 and answer.status_code == INVALID:
            said.append(f"says {problems(answer)}")
    about = f"{sheet.paper.route} {str(values)[:60]}"
    yield from (f"{about}: {fault}" for fault in said)
    for name in silent if len(values) > 1 else ():
        yield from refused(sheet, {name: values[name]})


def odd(sheet: Sheet) -> Iterator[str]:
    """Write odd words in every text of a form at once; they are taken or refused, and never work."""
    fields = wrong.typed(sheet)
    for text in wrong.ODD if fields else ():
        with undone():
            answer = sheet.desk.send(sheet.paper, sheet.data | {name: [text] for name in fields})
            if answer.status_code == 302:
                answer = sheet.desk.look(answer.headers["Location"])
        if answer.status_code not in (200, 204, 422):
            yield f"{sheet.paper.route} {text!r}: {answer.status_code}"
        elif "<script>alert" in answer.content.decode(errors="replace"):
            yield f"{sheet.paper.route}: a script came through"
