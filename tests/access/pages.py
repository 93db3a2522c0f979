"""What every page must be: well-formed, with one heading, a title, labels and no undefined words."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import html5lib
from bs4 import BeautifulSoup, Tag

_FIELDS = ("input", "select", "textarea")
#: A text between tags becomes one letter, and keys of rows go: what is left is the shape of a page.
_TEXT = re.compile(r">\s*[^<\s][^<]*<")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
#: Where a link leads and what a field holds, when nothing in it can break the page: no check asks for it.
_VALUE = re.compile(r' (href|action|value|datetime)="[^"<>&\s]+"')
#: What names another element of the page by its id.
_POINTERS = {"for", "aria-describedby", "aria-labelledby", "aria-controls"}
_NO_LABEL = {"hidden", "submit", "button", "image", "reset"}


def faults(html: str) -> tuple[str, ...]:
    """Name what is wrong with a page; pages that differ in their words only are looked at once."""
    numbers: dict[str, str] = {}
    bare = _VALUE.sub(r' \1="v"', _TEXT.sub(">x<", html))
    shape = _ID.sub(lambda found: numbers.setdefault(found[0], f"k{len(numbers)}"), bare)
    return _of_shape(shape) + tuple(_words(html))


@cache
def _of_shape(html: str) -> tuple[str, ...]:
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("dom"))
    parser.parse(html)
    found = [f"does not parse: {code} at {place}" for place, code, _facts in parser.errors]
    page = BeautifulSoup(html, "html.parser")
    for check in (_frame, _labels):
        found += check(page)
    tags = page.find_all(True)
    for check_all in (_ids, _inline):
        found += check_all(tags)
    return tuple(found)


def _frame(page: Any) -> Iterator[str]:
    if len(page.find_all("h1")) != 1:
        yield f"{len(page.find_all('h1'))} headings of the first level"
    title = page.title.get_text(strip=True) if page.title else ""
    if not title or title.startswith("·"):
        yield "no title"
    if not (page.html and page.html.get("lang")):
        yield "no language"


def _ids(tags: Any) -> Iterator[str]:
    counts = Counter(tag["id"] for tag in tags if "id" in tag.attrs)
    yield from (f"the id {name} occurs {times} times" for name, times in counts.items() if times > 1)
    for tag in tags:
        for name in _POINTERS & tag.attrs.keys():
            missing = set(str(tag[name]).split()) - set(counts)
            yield from (f"{name} points at {target}, which is not there" for target in missing)


def _labels(page: Any) -> Iterator[str]:
    labelled = {tag["for"] for tag in page.select("label[for]")}
    for tag in page.find_all(_FIELDS):
        if tag.get("type") not in _NO_LABEL and not _is_named(tag, labelled):
            yield f"no label: {tag.get('name')}"
    for tag in page.find_all(["a", "button"]):
        if not (tag.get_text(strip=True) or tag.get("aria-label") or tag.find("img", alt=True)):
            yield f"no words: {str(tag)[:80]}"


def _is_named(tag: Tag, labelled: set[Any]) -> bool:
    return bool(
        tag.get("id") in labelled
        or tag.get("aria-label")
        or tag.get("aria-labelledby")
        or tag.find_parent("label")
    )


def _inline(tags: Any) -> Iterator[str]:
    yield from (f"an inline style: {tag.name}" for tag in tags if "style" in tag.attrs)
    for tag in tags:
        if tag.name == "style":
            yield "an inline style sheet"
        elif tag.name == "script" and tag.get_text(strip=True):
            yield "an inline script"
        yield from (f"an inline handler: {name}" for name in tag.attrs if name.startswith("on"))


def _words(html: str) -> Iterator[str]:
    if "!!undefined" in html:
        at = html.index("!!undefined")
        yield f"an undefined word: {html[max(0, at - 60) : at + 60]}"
    for mark in ("{%", "{{", "<c-"):
        if mark in html:
            yield f"a tag of a template: {mark}"
    if re.search(r">\s*None\s*<", html):
        yield "the word None"
