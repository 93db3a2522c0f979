"""The demonstration world on Tuesday 11 January 2011: two dozen stories, one line each."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from gib.care.aftercare import actions as aftercare
from gib.care.aftercare.actions import Grant
from gib.care.aftercare.domain import Ground
from gib.care.aftercare.models import valid_agreements
from gib.care.products.domain.asking import Asked
from gib.care.products.domain.meeting import Presence
from gib.care.products.moedermaatjes.actions import extend
from gib.care.referral import actions as referral
from gib.care.referral.domain import DeclineReason
from gib.care.trajectory import actions as trajectory
from gib.care.trajectory.domain import CloseReason
from gib.core.access.actor import house
from gib.core.access.tables import Role
from gib.core.journal import outbox
from gib.core.journal.sessions import reading
from gib.engines.matching.problem import Daypart, Gender
from gib.people.accounts.builders import mark_as_demo
from gib.people.partners.actions import load_register
from gib.people.partners.domain import Product
from gib.people.volunteers.domain.availability import Interest
from gib.portal.demo import agenda, expenses, groups, money, needs, turns
from gib.portal.demo.days import TODAY, days_ago
from gib.portal.demo.money import ready_to_ask, requested
from gib.portal.demo.people import Cast, cast
from gib.portal.demo.story import Story

VISITS, HOME = Product.BEZOEKMOEDERS, Product.MOEDERMAATJES
COURSE, GOOSE, MORNING = Product.IK_JIJ_WIJ, Product.MOEDER_DE_GANS, Product.MOEDER_KIND_BEZOEKEN

Tell = Callable[[Story, Cast], object]


def _referred(story: Story, cast: Cast) -> None:
    story.referred(30)


def _fresh(story: Story, cast: Cast) -> None:
    story.referred(6, children=1)


def _returned(story: Story, cast: Cast) -> None:
    story.referred(None, children=0).after(1)
    referral.return_to_referrer(
        story.coordinator, story.referral_id, "Op welke afdeling is zij nu?", story.now
    )


def _declined(story: Story, cast: Cast) -> None:
    story.referred(90).after(2)
    referral.decline(story.coordinator, story.referral_id, DeclineReason.NOT_WILLING, story.now)


def _accepted(story: Story, cast: Cast) -> None:
    story.referred(40).after(1).accepted()


def _talk_today(story: Story, cast: Cast) -> None:
    story.referred(60).after(2).accepted().with_children(3, 8)
    story.talk_planned(story.at)


def _overtaken(story: Story, cast: Cast) -> None:
    story.referred(None).after(2).released("0363")


def _heard(story: Story, cast: Cast) -> None:
    story.referred(120).accepted().with_children(2).heard("Weten hoe het met mijn zoon gaat")


def _proposed(story: Story, cast: Cast) -> None:
    story.referred(150).accepted().with_children(5, 11).heard("Rust in mijn hoofd").after(3).proposed()


def _wishing(story: Story, cast: Cast) -> None:
    story.referred(180).accepted().with_children(4).heard("Mijn dochter vasthouden").planned()
    story.wants(VISITS, "wished").wants(GOOSE)


def _waiting(story: Story, cast: Cast) -> None:
    story.referred(200).accepted().with_children(6, 9).heard("Niet alles alleen doen").planned().wants(VISITS)
    times, liked = (Daypart.MON_MORNING, Daypart.TUE_MORNING), (Interest.COOKING, Interest.READING)
    story.asks(VISITS, Asked(times, Gender.WOMAN, interests=liked))


def _asked(story: Story, cast: Cast, helper: str) -> None:
    story.referred(210).accepted().with_children(1).heard("Iemand om mee te praten").planned()
    story.wants(VISITS)
    story.after(4).asked(VISITS, helper)


def _trial(story: Story, cast: Cast, helper: str) -> None:
    story.referred(240).accepted().with_children(7).heard("Mijn zoon mag mij niet vergeten").planned()
    story.wants(VISITS).matched(VISITS, helper)
    story.visited(VISITS, 1).visit_planned(VISITS, 0)


def _visited(story: Story, cast: Cast, helper: str) -> None:
    story.referred(49).accepted().with_children(4, 9).heard(
        "Een huis voor ons drie", "Rustig blijven"
    ).planned()
    story.returns_to("0344").wants(VISITS).wants(COURSE)
    story.matched(VISITS, helper).visited(VISITS, 3).settled(VISITS)
    story.visit_planned(VISITS, 0).in_series(VISITS, 14)


def _silent_helper(story: Story, cast: Cast, helper: str) -> None:
    story.referred(300).accepted().with_children(10).heard("Weer moeder zijn").planned().wants(VISITS)
    story.matched(VISITS, helper)


def _covered(story: Story, cast: Cast) -> None:
    story.referred(24).with_children(2, 5)
    ready_to_ask(story, "0363", "Thuis beginnen", "Mijn post begrijpen").wants(HOME)
    story.asks(HOME, Asked(needs_car=True, interests=(Interest.OUTDOORS, Interest.PAPERWORK)))
    row = aftercare.draft_request(story.coordinator, story.dossier_id, story.now)
    agreement = aftercare_agreement("0363")
    aftercare.cover_by_agreement(story.coordinator, row.id, agreement, story.now)


def _asked_municipality(story: Story, cast: Cast) -> None:
    story.referred(16).with_children(3)
    requested(ready_to_ask(story, "0917", "Hulp met mijn schulden").wants(HOME))


def _municipality_silent(story: Story, cast: Cast) -> None:
    story.referred(27).with_children(8)
    requested(ready_to_ask(story, "0307", "Een vaste plek").wants(HOME))


def _granted_and_home(story: Story, cast: Cast, helper: str) -> None:
    story.referred(None).with_children(1, 4, 7)
    requested(ready_to_ask(story, "0599", "Samen ontbijten").wants(HOME)).after(20)
    yes = Grant(from_on=story.now.on, to_on=None, hours=260, amount_cents=420_000)
    aftercare.grant(cast.desks["0599"], story.request_id, yes, story.now)
    story.after(10).released("0599").at_home()
    story.matched(HOME, helper)
    story.visited(HOME, 3, every=7).settled(HOME).visit_planned(HOME, 2)
    until = TODAY + timedelta(days=600)
    extend(story.coordinator, story.parts[HOME], until, "De jongste gaat dan pas naar school.", story.now)


def _rejected(story: Story, cast: Cast) -> None:
    story.referred(12).with_children(6)
    requested(ready_to_ask(story, "0917", "Niet terugvallen").wants(HOME)).after(25)
    aftercare.reject(cast.desks["0917"], story.request_id, Ground.NO_BUDGET, story.now)


def _let_go(story: Story, cast: Cast) -> None:
    _rejected(story, cast)
    story.after(5).released("0917").after(8)
    aftercare.let_go(story.coordinator, story.request_id, story.now)


def _no_answer(story: Story, cast: Cast) -> None:
    story.referred(20).with_children(9, 12)
    requested(ready_to_ask(story, "0307", "Werk vinden").wants(HOME)).after(60)
    aftercare.record_no_answer(story.coordinator, story.request_id, story.now)


def _goals_met(story: Story, cast: Cast) -> None:
    story.referred(None).with_children(5)
    story.accepted().heard("Mijn eigen sleutel").planned().after(20)
    trajectory.close(story.coordinator, story.plan_id, CloseReason.GOALS_MET, None, story.now)


def _no_address(story: Story, cast: Cast) -> None:
    story.referred(None).with_children(2).accepted().heard("Een dak boven ons hoofd").planned().after(
        30
    ).released(None)


#: Each story with the days before the business day on which it begins; the number is its place.
STORIES: Final[tuple[tuple[int, Tell], ...]] = (
    (1, _referred),
    (0, _fresh),
    (4, _returned),
    (20, _declined),
    (6, _accepted),
    (7, _talk_today),
    (9, _overtaken),
    (12, _heard),
    (15, _proposed),
    (25, _wishing),
    (40, _waiting),
    (45, partial(_asked, helper="Loes")),
    (60, partial(_trial, helper="Chandra")),
    (70, partial(_trial, helper="Yvonne")),
    (90, partial(_visited, helper="Truus")),
    (100, partial(_silent_helper, helper="Mies")),
    (80, _covered),
    (30, _asked_municipality),
    (95, _municipality_silent),
    (110, partial(_granted_and_home, helper="Ineke")),
    (75, _rejected),
    (85, _let_go),
    (120, _no_answer),
    (150, _goals_met),
    (65, _no_address),
    (130, partial(_granted_and_home, helper="Wilhelmina")),
    (90, partial(groups.came_to_the_meeting, presence=Presence.PRESENT)),
    (95, groups.whole_course),
    (60, groups.half_a_course),
    (50, groups.four_children_come),
    (85, partial(groups.came_to_the_meeting, presence=Presence.EXCUSED)),
    (80, partial(groups.came_to_the_meeting, presence=Presence.REFUSED)),
    (75, partial(groups.came_to_the_meeting, presence=Presence.PREVENTED)),
    (8, turns.no_talk_yet),
    (11, turns.not_now),
    (13, turns.free_before_the_talk),
    (10, turns.agreed_only),
    (70, turns.out_of_touch),
    (3, turns.not_sent_yet),
    (20, turns.asked_three_times),
    (22, turns.meeting_each_other),
    (66, turns.moved_to_the_other),
    (88, turns.saying_goodbye),
    (64, turns.stays_here),
    (92, turns.stopped_inside),
    (55, turns.taken_over),
    (38, money.asked_back),
    (36, money.goes_elsewhere),
    (58, money.somebody_else_pays),
    (215, partial(money.paid_three_times, helper="Bep")),
    (33, needs.worries),
    (44, partial(needs.a_child_may_be_unsafe, depth=0)),
    (46, needs.on_the_way_to_help),
    (47, partial(needs.a_child_may_be_unsafe, depth=1)),
    (48, needs.help_begins),
    (49, partial(needs.a_child_may_be_unsafe, depth=2)),
    (52, needs.help_did_not_begin),
    (53, partial(needs.a_child_may_be_unsafe, depth=3)),
    (78, partial(groups.came_to_the_meeting, presence=Presence.PRESENT)),
    (41, turns.may_be_erased),
    (32, groups.may_not_meet),
    (800, turns.long_ago),
    (72, turns.nothing_came_of_it),
)


def aftercare_agreement(code: str) -> UUID:
    """Give the agreement with a municipality."""
    return valid_agreements(code, TODAY).get().id


def build() -> Cast:
    """Make the whole world on an empty database, marked as a demonstration."""
    load_register()
    mark_as_demo(TODAY)
    with reading(house("demo"), "demo", "job"):
        people = cast()
        for number, (days, tell) in enumerate(STORIES):
            story = Story(people.sides[number % 2], number, days)
            tell(story, people)
            story.after(0)
        for side in people.sides:
            agenda.close(side.coordinator, side.agenda, side.helpers.get("Jans"))
        outbox.catch_up(days_ago(0))
        expenses.asked_back(people)
    return people


def doors() -> list[tuple[str, str]]:
    """Give the roles one can step into, with what they do."""
    return [
        (Role.COORDINATOR, str(_("coördinator"))),
        (Role.DEPUTY, str(_("vervanger"))),
        (Role.VOLUNTEER, str(_("vrijwilliger"))),
        (Role.REFERRER, str(_("medewerker van de P.I. die aanmeldt"))),
        (Role.MUNICIPALITY, str(_("gemeente"))),
        (Role.SAFETY_HOUSE, str(_("Veiligheidshuis"))),
        (Role.PROJECT_LEADER, str(_("projectleider"))),
        (Role.TECHNICAL_ADMIN, str(_("technisch beheerder"))),
        (Role.PRIVACY_OFFICER, str(_("privacyfunctionaris"))),
    ]
