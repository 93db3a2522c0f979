"""The volunteers of a team: they come, bring their papers, help, rest and leave."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from gib.core.access.actor import Actor
from gib.people.accounts import builders as accounts
from gib.people.partners.domain import Product
from gib.people.partners.models import Team
from gib.people.volunteers import actions as volunteers
from gib.people.volunteers import builders
from gib.people.volunteers.domain import BASE, TRAINING_FOR, LeaveReason, Requirement, State
from gib.portal.year import names
from gib.portal.year.country import Country, postcode
from gib.portal.year.dice import Dice
from gib.portal.year.guiding import Guidance
from gib.portal.year.play import Play, Tale
from gib.portal.year.roll import Turn

#: What a volunteer is trained for -> weight.
TRAINED: Final = {
    (Product.BEZOEKMOEDERS,): 34,
    (Product.MOEDERMAATJES,): 34,
    (Product.BEZOEKMOEDERS, Product.MOEDERMAATJES): 20,
    (Product.BEZOEKMOEDERS, Product.IK_JIJ_WIJ): 6,
    (Product.MOEDER_KIND_BEZOEKEN,): 6,
}
REASONS: Final = {LeaveReason.MOVED: 3, LeaveReason.TIME: 4}
_CERTIFICATES: Final = (Requirement.VOG_84, Requirement.VOG_85)
_CERTIFICATE_DAYS: Final = 3 * 365 - 40
_ARRIVES: Final = (State.INTERVIEW, State.SCREENING, State.TRAINING)
_TURNED_DOWN: Final = (State.INTERVIEW, State.REJECTED)
#: Who is trained for these comes to the prison; the others help at home.
_VISITS: Final = frozenset({Product.BEZOEKMOEDERS, Product.MOEDER_KIND_BEZOEKEN})
#: Minutes that she is ready to travel, with a car and without.
_TRAVELS: Final = {True: 90, False: 60}
#: How many of those who live nearest one of them is asked.
_FIRST: Final = 3
_RESTS, _REST_DAYS, _FORGETS = 0.12, 75, 0.04


class Pool:
    """Who is there to be asked, for what, and how many mothers each still has room for."""

    def __init__(self, play: Play, coordinator: Actor, team: Team, country: Country) -> None:
        """Begin with nobody."""
        self._play, self._by, self._team, self._country = play, coordinator, team, country
        self._homes: dict[UUID, str] = {}
        self._room: dict[UUID, int] = {}
        self._trained: dict[UUID, tuple[Product, ...]] = {}
        self._gone: set[UUID] = set()
        self._has_account = False
        self.guidance = Guidance(play, coordinator)

    def ask(self, product: Product, area: str, dice: Dice) -> UUID | None:
        """Give somebody who has room and was trained, if there is anybody; her room becomes less.

        Args:
            area: where the mother lives, whose neighbours are not asked; for help at home one of those who
                live nearest is. Empty when nobody knows.
        """
        free = [each for each in self._free(product) if not self.are_neighbours(each, area)]
        if not free:
            return None
        if product is Product.MOEDERMAATJES and area:
            free.sort(key=lambda each: (self._country.apart(self._homes[each], area), each))
            free = free[:_FIRST]
        chosen = dice.choice(free)
        self._room[chosen] -= 1
        return chosen

    def _free(self, product: Product) -> list[UUID]:
        return [each for each, room in self._room.items() if room > 0 and product in self._trained[each]]

    def are_neighbours(self, volunteer_id: UUID, area: str) -> bool:
        """Tell whether a volunteer lives in an area or in its village, as far as the area is known."""
        return self._country.are_neighbours(self._homes[volunteer_id], area)

    def give_back(self, volunteer_id: UUID) -> None:
        """Note that a mother does not need her any more."""
        if volunteer_id in self._room:
            self._room[volunteer_id] += 1

    def is_there(self, volunteer_id: UUID) -> bool:
        """Tell whether she is still there for the mothers who have her."""
        return volunteer_id in self._room

    def life(self, turn: Turn, dice: Dice) -> Tale:
        """Tell of one volunteer from the day on which she is interested."""
        play, most = self._play, 2 if dice.falls(0.4) else 1
        given, family = names.of(names.VOLUNTEERS, names.VOLUNTEER_FAMILIES, turn.number)
        products, has_car = dice.pick(TRAINED), dice.falls(0.6)
        home = self._country.home_of_volunteer(turn.prison if _VISITS & {*products} else "", dice)
        facts = volunteers.NewVolunteer(
            given_name=given,
            family_name=family,
            born_on=play.on - timedelta(days=round(dice.near(48, 12, 21, 74) * 365.25)),
            phone=f"+3160000{turn.number:04d}",
            postcode=postcode(home, dice),
            has_car=has_car,
            most_matches=most,
            most_minutes=_TRAVELS[has_car],
        )
        row = volunteers.register(self._by, self._team.pk, facts, play.now)
        self._homes[row.id] = home.digits
        yield from self._arrives(row.id, dice, turn.suits)
        if not turn.suits:
            return
        yield play.on + timedelta(days=dice.days(30, 60))
        self._sees_papers(row.id, products)
        volunteers.move(self._by, row.id, State.AVAILABLE, play.now)
        self._room[row.id], self._trained[row.id] = most, products
        self.guidance.takes_on(row.id, dice)
        self._gives_account(row.id, f"{given} {family}", products)
        play.begin_on(play.on + timedelta(days=_CERTIFICATE_DAYS), self._renews(row.id, dice.falls(_FORGETS)))
        if turn.left_on is not None:
            yield turn.left_on - timedelta(days=30)
            yield from self._leaves(row.id, dice)
        elif dice.falls(_RESTS):
            yield play.on + timedelta(days=dice.randrange(60, 900))
            yield from self._rests(row.id, most)

    def _arrives(self, volunteer_id: UUID, dice: Dice, suits: bool) -> Tale:
        """Tell of the talks until the training begins, or of the talk after which she is turned down."""
        for state in _ARRIVES if suits else _TURNED_DOWN:
            yield self._play.on + timedelta(days=dice.days(14, 30))
            volunteers.move(self._by, volunteer_id, state, self._play.now)

    def _sees_papers(self, volunteer_id: UUID, products: tuple[Product, ...]) -> None:
        now = self._play.now
        for requirement in (*BASE, *(TRAINING_FOR[product] for product in products)):
            volunteers.record_completion(self._by, volunteer_id, requirement, now.on, None, now)
        builders.identified(self._by, volunteer_id, now)
        volunteers.grant_permit(self._by, volunteer_id, str(self._team.prison_id), now.on, None, now)

    def _gives_account(self, volunteer_id: UUID, name: str, products: tuple[Product, ...]) -> None:
        if not self._has_account and len(products) > 1:
            accounts.volunteer_user(self._team, volunteer_id, name)
            self._has_account = True

    def _renews(self, volunteer_id: UUID, forgets: bool) -> Tale:
        """Bring a new certificate every three years; who forgets it cannot be asked any more."""
        while volunteer_id not in self._gone:
            if forgets:
                self._goes(volunteer_id)
                return
            for requirement in _CERTIFICATES:
                now = self._play.now
                volunteers.record_completion(self._by, volunteer_id, requirement, now.on, None, now)
            yield self._play.on + timedelta(days=_CERTIFICATE_DAYS)

    def _rests(self, volunteer_id: UUID, most: int) -> Tale:
        """Rest for some weeks, when no mother has her then."""
        if self._room.get(volunteer_id) != most:
            return
        del self._room[volunteer_id]
        volunteers.move(self._by, volunteer_id, State.ON_LEAVE, self._play.now)
        yield self._play.on + timedelta(days=_REST_DAYS)
        volunteers.move(self._by, volunteer_id, State.AVAILABLE, self._play.now)
        if volunteer_id not in self._gone:
            self._room[volunteer_id] = most

    def _leaves(self, volunteer_id: UUID, dice: Dice) -> Tale:
        self._goes(volunteer_id)
        self.guidance.lets_go(volunteer_id)
        volunteers.leave(self._by, volunteer_id, dice.pick(REASONS), self._play.now)
        yield self._play.on + timedelta(days=30)
        volunteers.move(self._by, volunteer_id, State.LEFT, self._play.now)

    def _goes(self, volunteer_id: UUID) -> None:
        self._room.pop(volunteer_id, None)
        self._gone.add(volunteer_id)
