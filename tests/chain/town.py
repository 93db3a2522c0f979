"""The town of the walks: two teams with their volunteers and desks, and four mothers on their way."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Final
from uuid import UUID

from gib.care.products import actions as products
from gib.care.products.actions.meetings import NewMeeting
from gib.care.products.moeder_kind_bezoeken import actions as mornings
from gib.care.products.moeder_kind_bezoeken.actions import GateAnswers
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal import outbox
from gib.core.kernel.clock import Now
from gib.people.accounts import builders as accounts
from gib.people.accounts.builders import mark_as_demo
from gib.people.families import builders as mothers
from gib.people.families.domain.codes import Purpose
from gib.people.families.models import Child
from gib.people.partners.domain import Product
from gib.people.volunteers import actions as volunteers
from gib.people.volunteers.builders import with_papers
from gib.people.volunteers.domain import State
from gib.portal.demo.people import TODAY, Cast, Side, cast, days_ago
from gib.portal.demo.story import Story
from tests.world.base import seats

VISITS, COURSE, GOOSE = Product.BEZOEKMOEDERS, Product.IK_JIJ_WIJ, Product.MOEDER_DE_GANS
MORNING, HOME = Product.MOEDER_KIND_BEZOEKEN, Product.MOEDERMAATJES
#: Days from the start on which the papers of one volunteer of each team run out.
LAPSE: Final = 25
#: Days from the start in which somebody stands in for each coordinator.
DEPUTY: Final = 90
#: The last number of the families of the demonstration; those of a walk come after it.
FIRST: Final = 60


@dataclass
class Town:
    """Who lives and works here, on the day on which a walk begins."""

    cast: Cast
    coordinators: dict[int, Actor]
    deputies: dict[int, Actor]
    leader: Actor
    visitors: list[Actor]
    on: date = TODAY
    deputy_until: date = TODAY + timedelta(days=DEPUTY)
    families: list[UUID] = field(default_factory=list)

    def side(self, team_id: int) -> Side:
        """Give what belongs to a team."""
        return next(side for side in self.cast.sides if side.team.pk == team_id)


def build() -> Town:
    """Build it by performing the acts."""
    people = cast()
    mark_as_demo(TODAY)
    until = TODAY + timedelta(days=DEPUTY)
    town = Town(
        people,
        coordinators={side.team.pk: side.coordinator for side in people.sides},
        deputies={
            side.team.pk: accounts.deputy(side.team, until, f"Dina Invalster {side.team.prison_id}")[1]
            for side in people.sides
        },
        leader=seats(Role.PROJECT_LEADER)[0].actor(),
        visitors=[people.volunteer],
    )
    for number, side in enumerate(people.sides):
        _lapsing(town, side, number)
    one, other = people.sides
    for story in (_fresh(one), _inside(one), _heard(other), _home(other)):
        outbox.catch_up(days_ago(0))
        town.families.append(story.dossier_id)
    return town


def _lapsing(town: Town, side: Side, number: int) -> None:
    """Let a volunteer come whose VOG and permit run out soon, and one who is still being seen."""
    by, seen, until = side.coordinator, days_ago(200), TODAY + timedelta(days=LAPSE)
    names = (("Proefneus", State.AVAILABLE), ("Kijkoor", State.TRAINING))
    for name, upto in names:
        facts = volunteers.NewVolunteer(given_name=name, family_name="Inktvlek", most_matches=2)
        row = volunteers.register(by, side.team.pk, facts, seen)
        for state in (State.INTERVIEW, State.SCREENING, State.TRAINING):
            volunteers.move(by, row.id, state, seen)
        if upto is State.AVAILABLE:
            _papers(side, row.id, seen, until)
        side.helpers[name] = row.id
    _user, actor = accounts.volunteer_user(
        side.team, side.helpers["Proefneus"], f"Proefneus Inktvlek {number}"
    )
    town.visitors.append(actor)


def _papers(side: Side, volunteer_id: UUID, seen: Now, until: date) -> None:
    by = side.coordinator
    with_papers(by, volunteer_id, seen, VISITS, HOME, COURSE)
    volunteers.move(by, volunteer_id, State.AVAILABLE, seen)
    volunteers.grant_permit(by, volunteer_id, side.team.prison_id, seen.on, until, seen)


def _fresh(side: Side) -> Story:
    return Story(side, FIRST, 1).referred(40)


def _inside(side: Side) -> Story:
    """A mother inside with visits, and a child that may come along."""
    story = Story(side, FIRST + 1, 80).referred(60).accepted().with_children(5, 16).heard().planned()
    for product in (VISITS, GOOSE, MORNING, COURSE):
        story.wants(product)
    story.matched(VISITS, "Proefneus").visited(VISITS, 3)
    story.after(story.at).visit_planned(VISITS, 0).visit_planned(VISITS, 14)
    by = side.coordinator
    children = Child.for_action(by, TODAY).filter(dossier_id=story.dossier_id).order_by("-birth_year")
    mothers.with_open_gate(by, children[0], story.now)
    _expected(story, children[0])
    mothers.with_consent(by, story.dossier_id, Purpose.MUNICIPALITY, story.now, "0363")
    story.returns_to("0363")
    return story


def _expected(story: Story, child: Child) -> None:
    """Invite a child to a morning of next week, so that a walk comes to its way there and home."""
    by, now = story.coordinator, story.now
    day = TODAY + timedelta(days=6)
    new = NewMeeting(product=MORNING, planned_on=day, planned_time=time(14), room="Zaal 1")
    meeting = products.plan_meeting(by, story.side.team.pk, new, now)
    row = mornings.apply(by, meeting.pk, story.parts[MORNING], child.id, time(17), now)
    ready = GateAnswers(has_escort=True, identity_seen=True, child_wants=True, is_approved=True)
    mornings.weigh_gate(by, row.id, ready, now)
    mornings.invite_child(by, row.id, now)


def _heard(side: Side) -> Story:
    story = Story(side, FIRST + 2, 20).referred(90).accepted().with_children(3).heard()
    return story.after(story.at)


def _home(side: Side) -> Story:
    """A mother at home, of whose help nobody has said yet who pays."""
    story = Story(side, FIRST + 3, 60).referred(10).accepted().with_children(8).heard().planned()
    story.wants(HOME).returns_to("0917").after(50).released("0917")
    mothers.with_consent(side.coordinator, story.dossier_id, Purpose.SUPPORT, story.now)
    mothers.with_consent(side.coordinator, story.dossier_id, Purpose.MUNICIPALITY, story.now, "0917")
    return story
