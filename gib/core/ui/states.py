"""The one table of states as people see them: a tone, an icon and a word of at most two words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Word = str | Promise

#: Tone -> the icon of a state that has no better one.
TONES: Final = {
    "good": "check",
    "busy": "wait",
    "warn": "clock",
    "stop": "stop",
    "rest": "info",
    "own": "rings",
}
_SPRITE: Final = Path(__file__).parent / "static" / "ui" / "icons.svg"
ICONS: Final = frozenset(re.findall(r'id="i-(\w+)"', _SPRITE.read_text("utf-8")))
MOST_WORDS: Final = 2


@dataclass(frozen=True)
class State:
    """How a state looks: `tone` colours, `icon` draws, `word` says; any one of them would do."""

    tone: str
    icon: str
    word: Word


STATES: Final[dict[str, State]] = {}


def register(table: Mapping[str, tuple[str, str, Word]]) -> None:
    """Add the states of one slice, as key -> (tone, icon, word); a slice prefixes its keys.

    Raises:
        ValueError: unknown tone or icon, more than two words, or a key that says something else already.
    """
    for key, (tone, icon, word) in table.items():
        if tone not in TONES or icon not in ICONS or len(str(word).split()) > MOST_WORDS:
            raise ValueError(f"state {key} is not in the language of the house")
        if STATES.setdefault(key, State(tone, icon, word)) != State(tone, icon, word):
            raise ValueError(f"state {key} is declared twice")


def find(key: str, word: Word = "") -> State:
    """Give a state, with another word such as "27 dagen" when one is given.

    Raises:
        KeyError: a state that is not in the table does not exist.
    """
    return replace(STATES[key], word=word) if word else STATES[key]


def labelled(text: str, tone: str) -> State:
    """Give the state a task row names, or its text in its tone for words that hold a number."""
    return STATES.get(text) or State(tone, TONES[tone], text)


register(
    {
        "kept": ("good", "check", _("Gehouden")),
        "yes": ("good", "check", _("Ja")),
        "deployable": ("good", "check", _("Inzetbaar")),
        "fits": ("good", "check", _("Past goed")),
        "open": ("good", "gate", _("Open")),
        "given": ("good", "lock", _("Gegeven")),
        "asked": ("busy", "wait", _("Gevraagd")),
        "possible": ("busy", "rings", _("Kan")),
        "appointment": ("busy", "relay", _("Afspraak")),
        "near": ("warn", "clock", _("Nadert")),
        "attention": ("warn", "flag", _("Let op")),
        "waiting": ("warn", "clock", _("Wacht")),
        "short": ("warn", "warn", _("Te kort")),
        "vog": ("warn", "paper", _("VOG")),
        "today": ("stop", "stop", _("Vandaag")),
        "forbidden": ("stop", "stop", _("Mag niet")),
        "expired": ("stop", "stop", _("Verlopen")),
        "uncovered": ("stop", "euro", _("Niet gedekt")),
        "full": ("rest", "info", _("Vol")),
        "overtaken": ("rest", "undo", _("Ingehaald")),
        "fresh": ("rest", "wait", _("Nieuw")),
    }
)
