"""Mothers in the states in which some act is waiting that the demonstration has already done, or not yet."""

from collections.abc import Callable
from datetime import time
from functools import partial
from typing import Any, Final

from django.urls import reverse

from gib.care.aftercare import actions as aftercare
from gib.care.aftercare import builders as money
from gib.care.aftercare.domain import Ground
from gib.care.handover import builders as needs
from gib.care.intake import actions as intake
from gib.care.intake.domain import Wishes
from gib.care.products.ik_jij_wij import actions as courses
from gib.care.products.moeder_kind_bezoeken import domain as mornings
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild
from gib.core.access.actor import Actor
from gib.core.journal.sessions import reading
from gib.people.families.domain.codes import Place, Purpose
from gib.people.families.domain.consent import Answer
from gib.people.partners import actions as places
from gib.people.partners.actions.load import DATA
from gib.people.partners.domain import PartnerKind, Product
from gib.portal.demo.people import TODAY, Cast, days_ago
from gib.portal.demo.story import Story

#: The number of the first mother here; the world and what furnishes it use those below.
FIRST: Final = 80
PAYING: Final = "0363"
WISH, OFFER = Product.BEZOEKMOEDERS, Product.MOEDERMAATJES
REGISTER: Final = (
    (DATA / "municipalities.csv").read_text("utf-8").replace("0003,Appingedam", "0003,Zilverdam")
)
WORRIES: Final = (needs.triaged, needs.prepared, needs.consented, needs.sent, needs.begun)


def arrange(people: Cast) -> tuple[list[Any], list[str]]:
    """Add a mother per state to the first team.

    Returns: their dossiers, and the addresses at which each waits for an act.
    """
    side = people.sides[0]
    dossiers, pages = [], list[str]()
    with reading(side.coordinator, "test"):
        worries = (partial(_worried, state) for state in WORRIES)
        for number, step in enumerate([*STATES, *worries], FIRST):
            story = Story(side, number, 120)
            pages += step(story) or ()
            dossiers.append(story.dossier_id)
        pages.append(_course_over(side.coordinator))
    return dossiers, pages


def at(name: str, *keys: Any) -> str:
    """Give the address of a page."""
    return reverse(name, args=keys)


def organised(leader: Actor) -> list[str]:
    """Let there be a team and a desk without people, and a register that waits for a yes."""
    now = days_ago(30)
    team = places.add_team(leader, "NSL", "Verzonnen team", now.on, now)
    facts = places.DeskFacts(kind=PartnerKind.MUNICIPALITY, place="0518", name="", valid_from=now.on)
    desk = places.add_desk(leader, facts, now)
    proposal = places.propose_update(leader, REGISTER, days_ago(0))
    return [
        at("portal:team_end", team.pk),
        at("portal:desk_end", desk.pk),
        at("partners:register_proposal", proposal.pk),
    ]


def _course_over(coordinator: Actor) -> str:
    then = days_ago(100)
    new = courses.NewCourse(first_on=then.on, at=time(10), room="Zaal 3")
    row = courses.plan_course(coordinator, min(coordinator.team_ids), new, then)
    return at("products:course_close", row.pk)


def child_to_invite(coordinator: Actor) -> str:
    """Find a child that may come to a morning; give where it is invited."""
    rows = MeetingChild.for_action(coordinator, TODAY).filter(state=mornings.State.GATE_OPEN)
    row = rows.filter(meeting__planned_on__gt=TODAY).order_by("meeting__planned_on", "pk").first()
    assert row is not None
    return at("products:child_step", row.pk, "uitnodigen")


def _referred(story: Story) -> list[str]:
    story.after(110).referred(200)
    return [at("referral:detail", story.referral_id)]


def _referred_again(story: Story) -> list[str]:
    story.referred(200).after(110).referred(200)
    return [at("referral:detail", story.referral_id)]


def _talk_today(story: Story) -> list[str]:
    story.after(110).referred(200).accepted().talk_planned(10)
    return [at("intake:hold", story.intake_id), at("intake:drop", story.intake_id)]


def _heard_half(story: Story) -> list[str]:
    story.after(110).referred(200).accepted().with_children(5).talk_planned(0)
    by, now = story.coordinator, story.now
    intake.hold(by, story.intake_id, now.on, now)
    intake.take_consent(by, story.intake_id, Answer(place=Place.PRISON), "nl", now)
    return []


def _heard(story: Story) -> list[str]:
    _heard_half(story)
    intake.save_wishes(story.coordinator, story.intake_id, Wishes(words=("Rust",)), story.now)
    return [at("intake:overview", story.intake_id)]


def _without_plan(story: Story) -> None:
    story.after(110).referred(200).accepted().with_children(6).heard("Rust")


def _planned(story: Story, days: int) -> Story:
    story.after(days).referred(200).accepted().with_children(7).heard("Rust").planned()
    story.returns_to(PAYING)
    return story


def _without_match(story: Story) -> list[str]:
    _planned(story, 110).wants(WISH).wants(OFFER, "wished")
    return [at("products:wish", story.dossier_id, Product.IK_JIJ_WIJ)]


def _offered(story: Story) -> list[str]:
    _planned(story, 110).wants(OFFER, "offered")
    return [at("products:part_decline", story.parts[OFFER])]


def _free(story: Story) -> list[str]:
    _planned(story, 110).released(PAYING)
    return [at("families:again", story.dossier_id)]


def _drafted(story: Story) -> None:
    _planned(story, 110).consents(Purpose.MUNICIPALITY, PAYING)
    aftercare.draft_request(story.coordinator, story.dossier_id, story.now)


def _silent(story: Story) -> None:
    _planned(story, 10).consents(Purpose.MUNICIPALITY, PAYING)
    row = aftercare.draft_request(story.coordinator, story.dossier_id, story.now)
    story.request_id = aftercare.submit_request(story.coordinator, row.id, money.EXTRACT, "", story.now).id


def _let_go(story: Story) -> None:
    _silent(story)
    aftercare.reject(story.coordinator, story.request_id, Ground.NO_BUDGET, story.now)
    aftercare.let_go(story.coordinator, story.request_id, story.now)


def _worried(state: Callable[..., Any], story: Story) -> None:
    """A worry that came as far as one state of its handover."""
    _planned(story, 110)
    state(story.coordinator, story.dossier_id, story.now)


def _helped(story: Story) -> list[str]:
    """Help that began so long ago that somebody may look whether it goes on."""
    _planned(story, 20)
    row = needs.begun(story.coordinator, story.dossier_id, story.now)
    return [at("handover:check", row.id)]


STATES: Final[tuple[Callable[[Story], list[str] | None], ...]] = (
    *(_heard_half, _without_plan, _without_match, _drafted, _silent, _let_go),
    *(_referred, _referred_again, _talk_today, _heard, _offered, _free, _helped),
)
