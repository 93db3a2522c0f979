"""What she says of herself at a talk: how it goes in each area of life, and who stands around her."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from gib.care.intake.domain import HIGHEST_MARK, LIFE_AREAS, Area
from gib.care.trajectory import actions as trajectory
from gib.care.trajectory.domain import CloseReason, Scores
from gib.care.trajectory.domain.network import Person, Ring, Tie
from gib.portal.year import parameters as known
from gib.portal.year.dice import Dice
from gib.portal.year.family import Family

#: Mothers who want to give scores; those who do are not asked at each talk, and leave an area open at times.
_WANTS, _ASKED, _LEFT_OPEN = 0.6, 0.2, 0.1
#: How an area goes compared with the time before -> weight.
_GOES: Final = {-1: 2, 0: 4, 1: 5, 2: 1}
#: What a mother at home says to drawing who stands around her, and how often she does so again.
_DRAWS: Final = {"draws": 60, "refuses": 15, "not asked": 25}
_AGAIN: Final = 0.3
_AROUND: Final = (
    Person(role=Tie.CHILD, ring=Ring.HEART),
    Person(role=Tie.PARENT, ring=Ring.HEART, name="oma"),
    Person(role=Tie.VOLUNTEER, ring=Ring.NEAR, name="mijn maatje"),
    Person(role=Tie.FAMILY, ring=Ring.NEAR, name="mijn zus"),
    Person(role=Tie.PARTNER, ring=Ring.FURTHER),
    Person(role=Tie.HELPER, ring=Ring.PROFESSIONAL, name="de juf"),
    Person(role=Tie.HELPER, ring=Ring.PROFESSIONAL),
)
_NEW: Final = (
    Person(role=Tie.FRIEND, ring=Ring.NEAR),
    Person(role=Tie.NEIGHBOUR, ring=Ring.FURTHER, name="de buurvrouw"),
    Person(role=Tie.FRIEND, ring=Ring.FURTHER, name="van de sport"),
)
_FEWEST: Final = 3


def talked(family: Family) -> None:
    """Let the coordinator speak with her; now and then she says how it goes."""
    review = family.talks()
    dice = family.dice("scores", family.on)
    if _wants(family) and dice.falls(_ASKED):
        _scored(family, review, dice)


def parts(family: Family, reason: CloseReason) -> None:
    """Close her trajectory; who parts in agreement says at the last talk how it goes, when she ever does."""
    if reason in known.TOGETHER and _wants(family):
        _scored(family, family.reviews(), family.dice("scores", family.on))
    family.closes(reason)


def _wants(family: Family) -> bool:
    return family.dice("says how it goes").falls(_WANTS)


def _scored(family: Family, review: UUID, dice: Dice) -> None:
    """Let her give a score for most areas: a little better than the time before, or not."""
    for area in LIFE_AREAS:
        before = family.marks.get(area, dice.randrange(1, HIGHEST_MARK))
        family.marks[area] = min(HIGHEST_MARK, max(0, before + dice.pick(_GOES)))
    given: dict[Area, int | None] = {
        area: family.marks[area] for area in LIFE_AREAS if not dice.falls(_LEFT_OPEN)
    }
    trajectory.give_scores(family.by, review, Scores(given=given), family.now)


def drew(family: Family) -> None:
    """Let a mother at home draw who stands around her, or say that she does not want to."""
    dice = family.dice("drawing", family.on)
    if family.has_drawn is None:
        _first_drawn(family, family.dice("draws").pick(_DRAWS), dice)
    elif family.has_drawn and dice.falls(_AGAIN):
        _draw(family, [dice.choice(_NEW)])


def _first_drawn(family: Family, says: str, dice: Dice) -> None:
    family.has_drawn = says == "draws"
    if says == "refuses":
        trajectory.refuse_network(family.by, family.plan_id, family.now)
    if family.has_drawn:
        _draw(family, dice.sample(_AROUND, dice.randrange(_FEWEST, len(_AROUND))))


def _draw(family: Family, people: Iterable[Person]) -> None:
    drawing = trajectory.draw_network(family.by, family.plan_id, family.now).id
    for person in people:
        trajectory.place_person(family.by, drawing, person, family.now)
