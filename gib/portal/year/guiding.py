"""How a coordinator guides her volunteers: talks between two, and peer supervision in small groups."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from gib.core.access.actor import Actor
from gib.core.kernel.holidays import end_of_term
from gib.people.volunteers.actions import coaching
from gib.people.volunteers.domain.coaching import Talk, TalkKind
from gib.portal.year.dice import Dice
from gib.portal.year.play import Play, Tale

#: What a talk brings in order holds for two months, so each kind comes back within them. A talk between two
#: lies half way between two rounds of peer supervision, so that who comes to both never waits for six weeks.
_EVERY: Final = 56
_HALF_WAY: Final = (22, 34)
#: Who begins so many days before the next round has a talk more before it.
_LONG: Final = 38
_AT_TABLE: Final = 8
#: The chance that a talk does not come about -> of how many volunteers; with a few it seldom does.
_MISSES: Final = {0.1: 94, 0.7: 6}
_NOTE: Final = "Wij spraken over wat goed gaat en wat zwaar is."
_TOGETHER: Final = "Wij bespraken wat een van ons meemaakte."


class Guidance:
    """The volunteers at work in one team, and the talks with them."""

    def __init__(self, play: Play, coordinator: Actor) -> None:
        """Begin with nobody at work, and no round planned."""
        self._play, self._by = play, coordinator
        self._at_work: dict[UUID, float] = {}
        self._planned: dict[UUID, list[UUID]] = {}
        self._round_on: date | None = None

    def takes_on(self, volunteer_id: UUID, dice: Dice) -> None:
        """Note that somebody is at work from now on; once there are rounds, it begins with a talk."""
        self._at_work[volunteer_id] = dice.pick(_MISSES)
        if self._round_on is None:
            return
        self._holds(TalkKind.COACHING, (volunteer_id,), _NOTE)
        days = (self._round_on - self._play.on).days
        if days > _LONG:
            self._agrees(volunteer_id, days // 2, falls_through=False)

    def lets_go(self, volunteer_id: UUID) -> None:
        """Note that somebody stops; what stood in the diary with her does not take place."""
        del self._at_work[volunteer_id]
        for talk_id in self._planned.pop(volunteer_id, []):
            coaching.cancel_talk(self._by, talk_id, self._play.now)

    def rounds(self, dice: Dice) -> Tale:
        """Tell of round after round: peer supervision, and with each a talk before the next one."""
        while self._play.on < self._play.last_on:
            self._round_on = self._day(_EVERY)
            people = list(self._at_work)
            for at in range(0, len(people), _AT_TABLE):
                self._meets(people[at : at + _AT_TABLE], self._round_on, dice)
            for volunteer_id, misses in self._at_work.items():
                self._agrees(volunteer_id, dice.randrange(*_HALF_WAY), dice.falls(misses))
            yield self._round_on

    def _day(self, days: int) -> date:
        return end_of_term(self._play.on + timedelta(days=days))

    def _meets(self, group: list[UUID], next_on: date, dice: Dice) -> None:
        """Let a group meet, with who can come."""
        came = tuple(each for each in group if not dice.falls(self._at_work[each]))
        if came:
            self._holds(TalkKind.PEER_SUPERVISION, came, _TOGETHER)
        if next_on >= self._play.last_on:
            self._plans(TalkKind.PEER_SUPERVISION, tuple(group), next_on)

    def _agrees(self, volunteer_id: UUID, days: int, falls_through: bool) -> None:
        """Find a day for a talk between two; one on the last day or later stands in the diary."""
        on = self._day(days)
        if on >= self._play.last_on:
            self._plans(TalkKind.COACHING, (volunteer_id,), on)
        else:
            self._play.begin_on(on, self._coached(volunteer_id, falls_through))

    def _coached(self, volunteer_id: UUID, falls_through: bool) -> Tale:
        """Tell of a talk between two; one that falls through is not made up for before the next round."""
        if volunteer_id not in self._at_work:
            return
        if falls_through:
            self._plans(TalkKind.COACHING, (volunteer_id,), self._play.on)
            coaching.cancel_talk(self._by, self._planned[volunteer_id].pop(), self._play.now)
        else:
            self._holds(TalkKind.COACHING, (volunteer_id,), _NOTE)
        yield from ()

    def _holds(self, kind: TalkKind, who: tuple[UUID, ...], note: str) -> None:
        coaching.hold_talk(self._by, Talk(kind, who, self._play.on, note), self._play.now)

    def _plans(self, kind: TalkKind, who: tuple[UUID, ...], on: date) -> None:
        for row in coaching.plan_talk(self._by, Talk(kind, who, on), self._play.now):
            self._planned.setdefault(row.volunteer_id, []).append(row.id)
