"""Stories of who pays: questions, other payers, reports, and what was asked in vain."""

from datetime import timedelta

from gib.care.aftercare import actions as aftercare
from gib.care.aftercare.actions import Grant
from gib.care.aftercare.domain import Alternative, Ground
from gib.care.aftercare.domain.requests import State
from gib.care.intake.domain import LIFE_AREAS
from gib.care.trajectory import actions as trajectory
from gib.care.trajectory.domain import Scores
from gib.care.trajectory.domain.network import Person, Ring, Tie
from gib.people.families.domain.codes import Purpose
from gib.people.families.models import number_of
from gib.people.partners.domain import BRANDS, Product
from gib.portal.demo.people import Cast
from gib.portal.demo.story import Story

HOME = Product.MOEDERMAATJES
_HOURS, _WEEKS = 65, 12
#: What the house fills in by itself, with the terms of 2010.
_OFFER = "4 uur per week, 15 maanden"


def ready_to_ask(story: Story, code: str, *wishes: str) -> Story:
    """Bring a family to the point at which somebody must pay: planned, with a municipality and consent."""
    story.accepted().heard(*wishes).planned().returns_to(code)
    return story.consents(Purpose.MUNICIPALITY, code)


def requested(story: Story) -> Story:
    """Ask the municipality."""
    by, now = story.coordinator, story.now
    row = aftercare.draft_request(by, story.dossier_id, now)
    extract = {"number": number_of(story.dossier_id), "product": BRANDS[HOME], "hours": _OFFER}
    story.request_id = aftercare.submit_request(by, row.id, extract, "", now).id
    return story


def asked_back(story: Story, cast: Cast) -> None:
    """The municipality wants to know more; an earlier request was taken back."""
    story.referred(40).with_children(5)
    requested(ready_to_ask(story, "0344", "Een eigen voordeur").wants(HOME)).after(3)
    aftercare.withdraw(story.coordinator, story.request_id, story.now)
    requested(story).after(4)
    question = "Is er al een adres bekend?"
    aftercare.ask_question(cast.desks["0344"], story.request_id, question, story.now)


def goes_elsewhere(story: Story, cast: Cast) -> None:
    """She goes to another municipality than was asked; the next request is begun."""
    story.referred(33).with_children(7)
    requested(ready_to_ask(story, "0344", "Bij mijn zus wonen").wants(HOME)).after(6).returns_to("0599")
    story.after(1)
    aftercare.draft_request(story.coordinator, story.dossier_id, story.now)


def somebody_else_pays(story: Story, cast: Cast) -> None:
    """The municipality said no, and a fund said yes."""
    story.referred(21).with_children(4)
    requested(ready_to_ask(story, "0344", "Fietsen leren met mijn dochter").wants(HOME)).after(20)
    by = story.coordinator
    aftercare.reject(cast.desks["0344"], story.request_id, Ground.NO_BUDGET, story.now)
    story.after(5)
    from_on, to_on = story.now.on, story.now.on + timedelta(days=365)
    aftercare.find_alternative(by, story.request_id, Alternative.FUND, from_on, to_on, story.now)


def paid_three_times(story: Story, cast: Cast, helper: str) -> None:
    """Three grants after each other: settled, claimed back in part, and reported on; help becomes less."""
    story.referred(None).with_children(2, 6)
    requested(ready_to_ask(story, "0599", "Zelf mijn weg weten").wants(HOME)).after(10)
    _granted(story, cast)
    story.after(2).released("0599").at_home().matched(HOME, helper).visited(HOME, 3, every=7).settled(HOME)
    _says(story, 1, 0, 2, 1, None, 3, 4)
    _draws(story, {"": (Tie.CHILD, Ring.HEART), "Zus Fien": (Tie.FAMILY, Ring.FURTHER)})
    for last in (State.SETTLED, State.RECLAIMED):
        story.after(60)
        aftercare.settle(story.coordinator, story.request_id, State.REPORTED, story.now)
        aftercare.settle(story.coordinator, story.request_id, last, story.now)
        requested(story.consents(Purpose.MUNICIPALITY, "0599")).after(8)
        _granted(story, cast)
        story.visited(HOME, 1, every=7)
    _says(story, 3, 2, 2, 4, 3, 2, 4)
    _draws(
        story, {"Buurvrouw": (Tie.NEIGHBOUR, Ring.NEAR), "Mevrouw Kaarsvet": (Tie.HELPER, Ring.PROFESSIONAL)}
    )
    aftercare.settle(story.coordinator, story.request_id, State.REPORTED, story.now)
    trajectory.taper(story.coordinator, story.plan_id, story.now)


def _says(story: Story, *scores: int | None) -> None:
    """Let her say with scores how it goes, at a talk about the plan."""
    by, now = story.coordinator, story.now
    held = trajectory.hold_review(by, story.plan_id, now.on, "", now)
    trajectory.give_scores(by, held.id, Scores(given=dict(zip(LIFE_AREAS, scores, strict=True))), now)


def _draws(story: Story, people: dict[str, tuple[Tie, Ring]]) -> None:
    """Draw with her who stands around her; who was there stays."""
    by, now = story.coordinator, story.now
    drawing = trajectory.draw_network(by, story.plan_id, now)
    for name, (role, ring) in people.items():
        trajectory.place_person(by, drawing.id, Person(role=role, ring=ring, name=name), now)


def _granted(story: Story, cast: Cast) -> None:
    yes = Grant(
        from_on=story.now.on,
        to_on=story.now.on + timedelta(days=50),
        hours=_HOURS,
        amount_cents=105_000,
    )
    aftercare.grant(cast.desks["0599"], story.request_id, yes, story.now)
