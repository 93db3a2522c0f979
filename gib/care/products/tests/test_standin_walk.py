"""Standing in beside an oracle on paper: who visits on each day, after whatever people did before."""

from datetime import date
from random import Random
from uuid import UUID

import pytest

from gib.care.products import actions, builders
from gib.care.products.domain.match import State
from gib.care.products.models import Contact, Match, StandIn, visitor_on
from gib.care.products.tests.conftest import NOW, day, later
from gib.care.products.tests.test_standin import phone
from gib.core.access.actor import Actor
from gib.core.kernel.dates import Period
from gib.core.kernel.rules import RuleBroken
from gib.people.families.models import Participant
from gib.people.volunteers.models import Volunteer

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
DAYS, STEPS, SIGHT = 56, 24, 14


class Paper:
    """Who was asked for which days and what they said, on paper."""

    def __init__(self, usual: UUID) -> None:
        self.usual = usual
        self.lines: dict[UUID, list[object]] = {}

    def visits(self, on: int) -> UUID:
        """Say who visits on a day: go through every line, one by one."""
        for who, first, last, said in self.lines.values():
            if said == {"volunteer", "mother"} and first <= on <= last:
                return who
        return self.usual

    def knows(self, who: UUID, on: int) -> bool:
        """Say whether somebody may know who the mother is on a day."""
        for other, first, last, said in self.lines.values():
            if other == who and said == {"volunteer", "mother"} and first - SIGHT <= on <= last + SIGHT:
                return True
        return False


@pytest.mark.parametrize("seed", range(3))
def test_who_visits_on_a_day_agrees_with_an_oracle_on_paper(coordinator: Actor, seed: int) -> None:
    dice = Random(seed)
    _part, match = builders.visiting(coordinator, NOW)
    builders.in_series(coordinator, match, NOW, every_days=7)
    others = [builders.a_volunteer(coordinator, NOW) for _one in range(2)]
    paper = Paper(match.volunteer_id)
    for _step in range(STEPS):
        try:
            walk(coordinator, match, others, paper, dice)
        except RuleBroken as broken:
            assert broken.code in {"stand_in_open", "stand_in_over", "already_answered", "visit_overlaps"}
    compare(coordinator, match, others, paper)


def walk(actor: Actor, match: Match, others: list[Volunteer], paper: Paper, dice: Random) -> None:
    """Let somebody do something, and write it down on paper when the house took it."""
    going = [key for key, line in paper.lines.items() if "over" not in line[3]]
    if not going or dice.random() < 0.4:
        first = dice.randrange(1, DAYS - 12)
        last, other = first + dice.randrange(0, 12), dice.choice(others)
        days = Period(day(first), day(last))
        row = actions.ask_stand_in(actor, match.id, other.id, days, NOW)
        paper.lines[row.id] = [other.id, first, last, set()]
        return
    key = dice.choice(going)
    who, _first, _last, said = paper.lines[key]
    what = dice.choice(["volunteer", "mother", "no", "off"])
    if what == "off":
        actions.call_off_stand_in(actor, key, NOW)
        paper.lines[key][3] = {"over"}
    elif what == "no" and said != {"volunteer", "mother"}:
        actions.mother_allows(actor, key, False, NOW)
        paper.lines[key][3] = {"over"}
    elif what == "volunteer":
        actions.stand_in_answers(phone(who), key, True, NOW)
        said.add(what)
    elif what == "mother":
        actions.mother_allows(actor, key, True, NOW)
        said.add(what)


def compare(actor: Actor, match: Match, others: list[Volunteer], paper: Paper) -> None:
    """Hold every day and every visit against the paper."""
    visits = Contact.visible_to(actor, NOW.on).filter(match_id=match.id, planned_on__gte=NOW.on)
    for row in visits:
        on = (row.planned_on - NOW.on).days
        assert row.volunteer_id == paper.visits(on), on
    for on in range(DAYS):
        assert visitor_on(match, day(on)).volunteer_id == paper.visits(on), on
        for other in others:
            seen = Participant.visible_to(phone(other.id), day(on)).filter(dossier_id=match.dossier_id)
            assert bool(seen) is paper.knows(other.id, on), on
    rows = StandIn.visible_to(actor, NOW.on).filter(state=State.AGREED)
    assert {row.id for row in rows} == {
        key for key, line in paper.lines.items() if line[3] == {"volunteer", "mother"}
    }


def test_the_paper_knows_nobody_but_the_usual_one() -> None:
    paper = Paper(UUID(int=1))
    assert paper.visits(3) == UUID(int=1)
    paper.lines[UUID(int=9)] = [UUID(int=2), 3, 5, {"volunteer", "mother"}]
    assert [paper.visits(on) for on in (2, 3, 5, 6)] == [UUID(int=one) for one in (1, 2, 2, 1)]
    assert [paper.knows(UUID(int=2), on) for on in (3 - SIGHT - 1, 3 - SIGHT, 5 + SIGHT, 5 + SIGHT + 1)] == [
        *(False, True, True, False)
    ]
    assert later(1).on > date(2010, 1, 1)
