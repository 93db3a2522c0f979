"""The whole year: the organisation, the volunteers, and every mother, told from 2007 to the business day."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from gib.core.access.actor import house
from gib.core.journal.sessions import reading
from gib.core.kernel.ids import drawn_from
from gib.people.accounts.builders import mark_as_demo
from gib.people.families import actions as families
from gib.portal.demo.days import TODAY
from gib.portal.year import calendar, lives, population, stage
from gib.portal.year import parameters as known
from gib.portal.year.family import Family
from gib.portal.year.play import Play, Tale
from gib.portal.year.roll import roll

_HOUSEKEEPING: Final = 30


def build(
    seed: int,
    progress: Callable[[date], object] = lambda on: None,
    mothers: int = known.MOTHERS,
    volunteers: int = known.VOLUNTEERS,
) -> None:
    """Make the year on an empty database, marked as a demonstration.

    Args:
        seed: the same seed makes the same year.
        progress: hears each day as the story reaches it.
        mothers: fewer for a test; the totals of the programme hold for the whole number.
        volunteers: on the roll in the year.
    """
    play = Play(known.FIRST_ON, TODAY)
    with drawn_from(f"year {seed}"), reading(house("year"), "demo", "job"):
        mark_as_demo(TODAY)
        scene = stage.build(seed, play)
        for code, side in scene.sides.items():
            since = known.OPENED.get(code, known.FIRST_ON)
            calendar.fill(side, play, scene.dice("calendar", code), since)
            talks = scene.dice("talks", code)
            begins_on = known.GUIDED_FROM + timedelta(days=talks.randrange(known.GUIDED_WITHIN))
            play.begin_on(begins_on, side.pool.guidance.rounds(talks))
        for turn in roll(seed, volunteers):
            dice = scene.dice("helper", turn.number)
            play.begin_on(turn.since_on, scene.sides[turn.prison].pool.life(turn, dice))
        taken = population.lives(seed, mothers)
        for life in taken:
            play.begin_on(life.referred_on, lives.of_mother(Family(scene, life)))
        for life in population.unheard(seed, taken):
            play.begin_on(life.referred_on, lives.of_unheard(Family(scene, life)))
        play.begin_on(play.on, _keeps_house(play))
        play.run(progress)


def share_told(on: date) -> float:
    """Tell which part of the work is done on a day, 0 to 1: the later years are the fuller ones."""
    return float(((on - known.FIRST_ON) / (TODAY - known.FIRST_ON)) ** 2)


def _keeps_house(play: Play) -> Tale:
    """Do what follows from the date alone, month after month."""
    while True:
        families.note_adulthood(house("tick"), play.now)
        yield play.on + timedelta(days=_HOUSEKEEPING)
