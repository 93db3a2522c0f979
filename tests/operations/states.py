"""Mothers in the states in which some act is waiting that the demonstration has already done, or not yet."""

from collections.abc import Callable
from functools import partial
from typing import Final
from uuid import UUID

from gib.care.aftercare import actions as aftercare
from gib.care.aftercare import builders as money
from gib.care.aftercare.domain import Ground
from gib.care.handover import builders as needs
from gib.care.intake import actions as intake
from gib.core.journal.sessions import reading
from gib.people.families.domain.codes import Place, Purpose
from gib.people.families.domain.consent import Answer
from gib.people.partners.domain import Product
from gib.portal.demo.people import Cast
from gib.portal.demo.story import Story

#: The number of the first mother here; the world and what furnishes it use those below.
FIRST: Final = 80
PAYING: Final = "0363"
WORRIES: Final = (needs.triaged, needs.prepared, needs.consented, needs.sent, needs.begun)


def arrange(people: Cast) -> list[UUID]:
    """Add a mother per state to the first team, and give their dossiers."""
    side = people.sides[0]
    with reading(side.coordinator, "test"):
        worries = (partial(_worried, state) for state in WORRIES)
        steps: list[Callable[[Story], UUID]] = [*STATES, *worries]
        return [step(Story(side, FIRST + at, 120)) for at, step in enumerate(steps)]


def _heard_half(story: Story) -> UUID:
    story.after(110).referred(200).accepted().with_children(5).talk_planned(0)
    by, now = story.coordinator, story.now
    intake.hold(by, story.intake_id, now.on, now)
    intake.take_consent(by, story.intake_id, Answer(place=Place.PRISON), "nl", now)
    return story.dossier_id


def _without_plan(story: Story) -> UUID:
    story.after(110).referred(200).accepted().with_children(6).heard("Rust")
    return story.dossier_id


def _planned(story: Story, days: int) -> Story:
    story.after(days).referred(200).accepted().with_children(7).heard("Rust").planned()
    story.returns_to(PAYING)
    return story


def _without_match(story: Story) -> UUID:
    _planned(story, 110).wants(Product.BEZOEKMOEDERS).wants(Product.MOEDERMAATJES, "wished")
    return story.dossier_id


def _drafted(story: Story) -> UUID:
    _planned(story, 110).consents(Purpose.MUNICIPALITY, PAYING)
    aftercare.draft_request(story.coordinator, story.dossier_id, story.now)
    return story.dossier_id


def _asked(story: Story) -> UUID:
    _planned(story, 10).consents(Purpose.MUNICIPALITY, PAYING)
    row = aftercare.draft_request(story.coordinator, story.dossier_id, story.now)
    return aftercare.submit_request(story.coordinator, row.id, money.EXTRACT, "", story.now).id


def _silent(story: Story) -> UUID:
    _asked(story)
    return story.dossier_id


def _let_go(story: Story) -> UUID:
    request_id = _asked(story)
    aftercare.reject(story.coordinator, request_id, Ground.NO_BUDGET, story.now)
    aftercare.let_go(story.coordinator, request_id, story.now)
    return story.dossier_id


def _worried(state: Callable[..., object], story: Story) -> UUID:
    """A worry that came as far as one state of its handover."""
    _planned(story, 110)
    state(story.coordinator, story.dossier_id, story.now)
    return story.dossier_id


STATES: Final = (_heard_half, _without_plan, _without_match, _drafted, _silent, _let_go)
