"""What a free text may hold: no control signs, not too long, no citizen service number, no needless label."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from gib.core.kernel.bsn import refuse_bsn
from gib.core.kernel.rules import RuleBroken, declare

#: Signs that are invisible or turn the reading direction of what follows.
_HIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]")

#: Beginnings of words that say something about a person that this house seldom needs (PRV-12).
SENSITIVE: Final[Mapping[str, str]] = {
    "gezondheid": (
        "adhd autis borderline depressi diagnose hiv medicijn medicatie psychiat psychose schizofr "
        "suicid suïcid verslaafd verslaving zwanger"
    ),
    "geloof": "christen gelovig hindoe islam jehova joods katholiek moslim",
    "afkomst": "allochto antilliaan etnisch huidskleur illegaal marokkaan zigeuner",
    "delict": (
        "dealde delict diefstal drugs fraude gestolen inbraak misdrijf mishandel moord strafblad "
        "veroordeel vonnis"
    ),
}
_WORDS: Final = {
    topic: re.compile(rf"\b(?:{'|'.join(words.split())})\w*", re.IGNORECASE)
    for topic, words in SENSITIVE.items()
}

declare({"text_too_long": "Deze tekst is te lang: {length} tekens. Er passen {limit} tekens."})


def clean(text: str, limit: int, label: str = "") -> str:
    """Make a typed text fit to keep: one way of writing accents, no hidden signs, no spaces around it.

    Args:
        text: what was typed.
        limit: most characters.
        label: what stands above the field; see `find_bsn`.

    Raises:
        RuleBroken: 'text_too_long', 'bsn_in_text'.
    """
    text = _HIDDEN.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n"))).strip()
    if len(text) > limit:
        raise RuleBroken("text_too_long", length=len(text), limit=limit)
    refuse_bsn(text, label)
    return text


def sensitive_topics(text: str) -> list[str]:
    """Name the topics about which one must say why they are written down; empty for most texts.

    Source: PRV-12 and invariant 10: a warning that asks for a reason, never stored analytics.
    """
    return [topic for topic, pattern in _WORDS.items() if pattern.search(text)]
