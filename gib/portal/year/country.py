"""Where people of the year live: areas made up around the middle of a municipality, and how far they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, hypot
from typing import Final

from gib.people.partners.domain.grid import EAST, NORTH
from gib.portal.year import parameters as known
from gib.portal.year.dice import Dice

#: Municipality -> the first number of its postcodes that is used here; those after it are taken in a row.
FIRST: Final = {
    **{"0363": 1051, "0599": 3021, "0518": 2511, "0344": 3521, "0772": 5621, "0855": 5041, "0034": 1311},
    **{"0014": 9711, "0758": 4811, "0268": 6531, "0200": 7321, "0392": 2031, "0202": 6821, "0153": 7541},
    **{"0307": 3811, "0479": 1501, "0796": 5241, "0394": 2151, "0193": 8011, "0637": 2721, "0935": 6211},
    **{"0546": 2311, "0505": 3311, "0228": 6711, "0917": 6411, "0983": 5921, "0150": 7411, "0794": 5701},
    **{"0402": 1211, "0361": 1811, "0114": 7821, "0503": 2622, "0828": 5341, "1883": 6131, "1674": 4701},
    **{"0164": 7551, "0439": 1441, "0606": 3111, "0995": 8221, "0080": 8911, "0748": 4611, "0622": 3131},
    **{"0405": 1621, "0141": 7601, "0513": 2801, "0106": 9401, "0502": 2901, "0345": 3901},
}
#: Kilometres to the north and to the east of the middle at which the areas of a municipality lie.
_SPOTS: Final = ((0.0, 0.0), (1.5, 0.8), (-1.2, 1.6), (0.6, -2.1), (-2.0, -1.1), (4.5, 3.2), (4.9, 4.1))
#: The last areas are those of a village outside the town.
_VILLAGE_FROM: Final = 5
_LETTERS: Final = ("AB", "CD", "EH", "KL", "NP", "VX")
_STREETS: Final = ("Verzonnenlaan", "Denkbeeldstraat", "Nergensweg", "Schijnplein")
_KILOMETRE: Final = 1_000
#: Kilometres further from a prison at which those who visit there are about a third as many.
_NEAR: Final = 15


@dataclass(frozen=True)
class Area:
    """A postcode area of four digits: its municipality, its middle in degrees, and the village it is of."""

    digits: str
    municipality_code: str
    latitude: float
    longitude: float
    village: str = ""

    def apart(self, north: float, east: float) -> float:
        """Give the kilometres from its middle to a point in degrees, along a straight line."""
        return hypot((self.latitude - north) * NORTH, (self.longitude - east) * EAST) / _KILOMETRE


def areas_of(code: str, name: str, north: float, east: float) -> list[Area]:
    """Make up the areas of a municipality around its middle."""
    return [
        Area(
            digits=str(FIRST[code] + place),
            municipality_code=code,
            latitude=north + up * _KILOMETRE / NORTH,
            longitude=east + right * _KILOMETRE / EAST,
            village=f"Dorp bij {name} {code}" if place >= _VILLAGE_FROM else "",
        )
        for place, (up, right) in enumerate(_SPOTS)
    ]


class Country:
    """All areas in which people of the year live."""

    def __init__(self, areas: Iterable[Area], prisons: Mapping[str, tuple[float, float]]) -> None:
        """Know the areas, and where the prisons lie in degrees."""
        self._areas = {area.digits: area for area in areas}
        self._by_code: dict[str, list[Area]] = {}
        for area in self._areas.values():
            self._by_code.setdefault(area.municipality_code, []).append(area)
        self._near = {code: self._weights(*middle) for code, middle in prisons.items()}

    def _weights(self, north: float, east: float) -> dict[str, float]:
        return {code: exp(-areas[0].apart(north, east) / _NEAR) for code, areas in self._by_code.items()}

    def home_of_volunteer(self, prison: str, dice: Dice) -> Area:
        """Give where a volunteer lives: mostly near the prison where she comes, or as mothers do anywhere.

        Args:
            prison: its code; empty for who helps at home.
        """
        shares = self._near[prison] if prison else known.MUNICIPALITIES
        return dice.choice(self._by_code[dice.pick(shares)])

    def home_of_mother(self, code: str, dice: Dice) -> Area:
        """Give the area in a municipality where a mother lives."""
        return dice.choice(self._by_code[code])

    def apart(self, one: str, other: str) -> float:
        """Give the kilometres between two areas."""
        there = self._areas[other]
        return self._areas[one].apart(there.latitude, there.longitude)

    def are_neighbours(self, one: str, other: str) -> bool:
        """Tell whether two live in one area or in one village; nobody knows of who has no area."""
        if not one or not other:
            return False
        village = self._areas[one].village
        return one == other or (village != "" and village == self._areas[other].village)


def postcode(area: Area, dice: Dice) -> str:
    """Write a postcode in an area."""
    return f"{area.digits} {dice.choice(_LETTERS)}"


def address(area: Area, dice: Dice) -> str:
    """Write an address in an area, in a street that does not exist."""
    return f"{dice.choice(_STREETS)} {dice.randrange(1, 90)}, {postcode(area, dice)}"
