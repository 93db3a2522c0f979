"""The flat grid on which distances in the country are told: it touches the globe in the middle of it."""

from math import cos, radians
from typing import Final

_MIDDLE: Final = 52.2
#: Metres in a degree to the north, and in one to the east.
NORTH: Final = 111_320
EAST: Final = NORTH * cos(radians(_MIDDLE))
