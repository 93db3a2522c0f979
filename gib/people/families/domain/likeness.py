"""What two records of one mother have in common, written so that it can be compared."""

import re
from datetime import date
from typing import Final

from gib.core.kernel.letters import plain

_PARTICLES: Final = {
    *("aan", "al", "bin", "d", "de", "del", "della", "den", "der", "di", "do", "dos", "el", "ibn", "in"),
    *("la", "le", "op", "s", "t", "te", "ten", "ter", "uit", "van", "von"),
}


def likeness(last_name: str, born_on: date) -> str:
    """Write initials of the parts of a last name, without accents and particles, and the day of birth.

    "Van der Zee-Áalders" of 3 May 1980 becomes "az 1980-05-03"; the order of the parts does not count.

    Source: security page, D11 (search).
    """
    parts = re.findall(r"[^\W\d_]+", plain(last_name))
    named = [part for part in parts if part not in _PARTICLES] or parts
    return f"{''.join(sorted(part[0] for part in named))} {born_on.isoformat()}"
