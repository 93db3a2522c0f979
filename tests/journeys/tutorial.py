"""A tutorial as a list of things to do and to see: what its text names, what a screen shows, and pictures."""

import re
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Final

import imagesize
from markdown_it import MarkdownIt
from markdown_it.token import Token
from playwright.sync_api import Locator, Page

#: What can be read on a page, piece by piece: the words of each small element, and each run of text in it.
SIGNS: Final = """near => {
    const tidy = text => text.replace(/\\s+/g, ' ').trim()
    const shown = [...document.body.querySelectorAll('*')].filter(one => {
        const box = (one.closest('select') ?? one).getBoundingClientRect()
        const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
        return (one.closest('select') ?? one).checkVisibility() && (inside || !near)
    })
    const runs = one => [...one.childNodes].filter(each => each.nodeType === 3).map(each => each.data)
    const said = shown.flatMap(one => [one.textContent, ...runs(one)]).map(tidy)
    return said.filter(text => text && text.length < 160)
}"""
_QUOTED: Final = re.compile(r'"([^"]+)"')
#: The most that the pictures of one page of documentation may weigh, in bytes.
HEAVIEST: Final = 600_000
SHARPNESS: Final = 1.25

#: What is done with the pictures of a step while its screen stands open.
Keep = Callable[[Page, "Step"], None]


@dataclass(frozen=True)
class Picture:
    """A picture that a text names, with the words for who does not see it."""

    path: str
    alt: str

    @property
    def name(self) -> str:
        """Give the name of its file."""
        return Path(self.path).name


@dataclass
class Step:
    """One thing to do: words that stand on a screen by themselves, words in a sentence there, pictures."""

    section: str
    words: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)


def steps_of(text: str) -> list[Step]:
    """Read a tutorial: below each heading, every piece of text that names words of a screen is a step.

    Bold words are those of a button, a heading, a label or a mark; words in quotes are part of a sentence.
    A picture belongs to the step above it.
    """
    found: list[Step] = []
    section, level = "", ""
    for token in MarkdownIt().parse(text):
        level = token.tag if token.type == "heading_open" else level if token.type == "inline" else ""
        if level == "h2" and token.type == "inline":
            section = token.content
        elif section and token.type == "inline":
            _add(found, section, token.children or [])
    return found


def quoted(text: str) -> list[str]:
    """Give the words in quotes."""
    return _QUOTED.findall(text)


def pictures_of(pieces: Iterable[Token]) -> list[Picture]:
    """Give the pictures in a piece of text."""
    return [Picture(str(piece.attrs["src"]), piece.content) for piece in pieces if piece.type == "image"]


def bold_of(pieces: list[Token]) -> list[str]:
    """Give the bold words in a piece of text."""
    return [after.content for piece, after in pairwise(pieces) if piece.type == "strong_open"]


def _add(found: list[Step], section: str, pieces: list[Token]) -> None:
    words = bold_of(pieces)
    quotes = quoted(" ".join(piece.content for piece in pieces if piece.type == "text"))
    if words or quotes:
        found.append(Step(section, words, quotes))
    if found:
        found[-1].pictures += pictures_of(pieces)


@dataclass
class Reader:
    """Somebody who follows the text at one screen after another, and remembers what she saw at this step."""

    page: Page = field(init=False)
    signs: set[str] = field(default_factory=set)

    def look(self, page: Page | None = None) -> Page:
        """Look at the screen as it is now, or turn to another one first."""
        self.page = page or self.page
        self.page.wait_for_load_state()
        self.signs |= set(self.page.evaluate(SIGNS, False))
        return self.page

    def follow(self, link: Locator) -> None:
        """Click on what leads to another page."""
        self.look()
        with self.page.expect_navigation():
            link.first.click()
        self.look()

    def lacks(self, step: Step) -> list[str]:
        """Name what a step promises and no screen showed; pictures promise what is in sight now."""
        self.look()
        sight = set(self.page.evaluate(SIGNS, True))
        promised = [quote for one in step.pictures for quote in quoted(one.alt)]
        return [
            *(word for word in step.words if word not in self.signs),
            *(quote for quote in step.quotes if not any(quote in sign for sign in self.signs)),
            *(f"in sight: {quote}" for quote in promised if not any(quote in sign for sign in sight)),
        ]

    def forget(self) -> None:
        """Begin the next step with the screen that stands open."""
        self.signs.clear()
        self.look()


def follow(
    eye: Reader, told: Iterable[Step], done: Iterator[None], keep: Callable[[Page, Step], None]
) -> None:
    """Do step after step as a text tells, hold the screens to its words, and take its pictures.

    Raises:
        ValueError: when the text tells more steps than are done, or fewer.
    """
    for step, _ in zip(told, done, strict=True):
        lacking = eye.lacks(step)
        assert lacking == [], f"{step.section}: {lacking} of {step.words}"
        keep(eye.page, step)
        eye.forget()


def photograph(page: Page) -> bytes:
    """Take a picture of what is in sight, small enough to keep."""
    how = {"format": "webp", "quality": 72}
    return b64decode(page.context.new_cdp_session(page).send("Page.captureScreenshot", how)["data"])


def size_of(picture: bytes) -> tuple[int, int]:
    """Tell how wide and high a picture is, in dots."""
    width, height = imagesize.get(BytesIO(picture))
    return int(width), int(height)


def faults_of_album(steps: Iterable[Step], folder: Path) -> Iterator[str]:
    """Name pictures that a text lacks or does not use, that nobody can read aloud, and too much weight."""
    named = [picture for step in steps for picture in step.pictures]
    kept = {path.name: path.stat().st_size for path in folder.iterdir()}
    yield from (f"missing: {each.name}" for each in named if each.name not in kept)
    yield from (f"not used: {name}" for name in sorted(set(kept) - {each.name for each in named}))
    yield from (f"used twice: {each.name}" for at, each in enumerate(named) if each in named[:at])
    yield from (f"without words: {each.name}" for each in named if not quoted(each.alt))
    if sum(kept.values()) > HEAVIEST:
        yield f"too heavy: {sum(kept.values())} bytes"
