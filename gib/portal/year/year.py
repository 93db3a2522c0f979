"""The whole year: the organisation, the volunteers, and every mother, told from 2007 to the business day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

from gib.core.access.actor import house
from gib.core.journal.sessions import reading
from gib.core.kernel.ids import drawn_from
from gib.people.accounts.builders import mark_as_demo
from gib.people.families import actions as families
from gib.people.families.models.marks import mark_of
from gib.portal.demo.days import TODAY
from gib.portal.year import calendar, lives, population, stage
from gib.portal.year import parameters as known
from gib.portal.year.family import Family
from gib.portal.year.numbers import count_from
from gib.portal.year.play import Play, Tale
from gib.portal.year.roll import roll

#: Hears how much is told: 0 to 1.
Progress = Callable[[float], object]
_HOUSEKEEPING: Final = 30
#: The second half counts its rows from here, whether the first one is there or not.
_COUNTED_FROM: Final = 100_001


@dataclass(frozen=True)
class Half:
    """One half of the year, ready to be told: its prisons, and how many people the whole year has."""

    scene: stage.Stage
    mothers: int
    volunteers: int

    def tell(self, progress: Progress) -> None:
        """Tell it from the first day to the business day.

        Args:
            progress: hears each day on which something happens how much of this half is told.
        """
        scene = self.scene
        if scene.number:
            count_from(_COUNTED_FROM)
        with drawn_from(f"year {scene.seed}, half {scene.number}"), reading(house("year"), "demo", "job"):
            _begin(scene, self.mothers, self.volunteers)
            scene.play.run(lambda on: progress(share_told(on)))


def begin(seed: int, mothers: int = known.MOTHERS, volunteers: int = known.VOLUNTEERS) -> Sequence[Half]:
    """Make the organisation on an empty database, marked as a demonstration; gives what is still to be told.

    Args:
        seed: the same seed makes the same year.
        mothers: fewer for a test; the totals of the programme hold for the whole number.
        volunteers: on the roll in the year.
    """
    with drawn_from(f"year {seed}"), reading(house("year"), "demo", "job"):
        mark_as_demo(TODAY)
        scene = stage.build(seed, Play(known.FIRST_ON, TODAY))
        # The first mark makes the key of all of them, which both halves share.
        mark_of("", known.FIRST_ON)
    return [Half(scene.half(number), mothers, volunteers) for number in range(len(known.HALVES))]


def build(
    seed: int,
    progress: Progress = lambda share: None,
    mothers: int = known.MOTHERS,
    volunteers: int = known.VOLUNTEERS,
) -> None:
    """Tell the year, one half after the other.

    Args:
        seed: the same seed makes the same year.
        progress: hears how much of the year is told.
        mothers: fewer for a test. volunteers: on the roll in the year.
    """
    for half in begin(seed, mothers, volunteers):
        half.tell(partial(_of_all, progress, half.scene.number))


def _of_all(progress: Progress, before: int, share: float) -> None:
    """Tell how much of the year is told when a share of one half is, after some whole ones."""
    progress((before + share) / len(known.HALVES))


def share_told(on: date) -> float:
    """Tell which part of the work is done on a day, 0 to 1: the later years are the fuller ones."""
    return float(((on - known.FIRST_ON) / (TODAY - known.FIRST_ON)) ** 2)


def _begin(scene: stage.Stage, mothers: int, volunteers: int) -> None:
    """Let every story of a half begin on its day."""
    play = scene.play
    for code, side in scene.sides.items():
        _opens(scene, code, side)
    for turn in roll(scene.seed, volunteers):
        if turn.prison in scene.sides:
            dice = scene.dice("helper", turn.number)
            play.begin_on(turn.since_on, scene.sides[turn.prison].pool.life(turn, dice))
    taken = population.lives(scene.seed, mothers)
    for life in taken:
        if life.prison in scene.sides:
            play.begin_on(life.referred_on, lives.of_mother(Family(scene, life)))
    for life in population.unheard(scene.seed, taken):
        if life.prison in scene.sides:
            play.begin_on(life.referred_on, lives.of_unheard(Family(scene, life)))
    play.begin_on(play.on, _keeps_house(play))


def _opens(scene: stage.Stage, code: str, side: stage.Side) -> None:
    """Let a prison have its calendar, and its team its talks with volunteers."""
    calendar.fill(side, scene.play, scene.dice("calendar", code), known.OPENED.get(code, known.FIRST_ON))
    talks = scene.dice("talks", code)
    begins_on = known.GUIDED_FROM + timedelta(days=talks.randrange(known.GUIDED_WITHIN))
    scene.play.begin_on(begins_on, side.pool.guidance.rounds(talks))


def _keeps_house(play: Play) -> Tale:
    """Do what follows from the date alone, month after month."""
    while True:
        families.note_adulthood(house("tick"), play.now)
        yield play.on + timedelta(days=_HOUSEKEEPING)
