"""The forms on a page as a browser has them: where each goes, its fields, and what is filled in already."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from django.urls import Resolver404, resolve

_FORM: Final = re.compile(r'<form\b[^>]*method="post".*?</form>', re.S)
#: What a reader does not fill in.
_UNSEEN: Final = frozenset({"hidden", "submit", "button"})


@dataclass(frozen=True)
class Field:
    """One name in a form, with all that may be chosen for it."""

    name: str
    kind: str
    value: tuple[str, ...] = ()
    options: tuple[str, ...] = ()

    @property
    def is_seen(self) -> bool:
        """Tell whether a reader fills it in."""
        return self.kind not in _UNSEEN

    @property
    def is_typed(self) -> bool:
        """Tell whether it is written rather than chosen."""
        return self.is_seen and self.kind not in ("select", "radio", "checkbox", "file")


@dataclass(frozen=True)
class Paper:
    """One form: the page it stands on, the address it goes to, and its fields."""

    page: str
    url: str
    route: str
    fields: tuple[Field, ...]
    draft: str = ""

    @property
    def given(self) -> dict[str, list[str]]:
        """What the browser would send when nobody touches anything but the first button."""
        found = {field.name: list(field.value) for field in self.fields if field.kind != "submit"}
        for field in self.fields:
            if field.kind == "submit":
                found.setdefault(field.name, list(field.options[:1]))
        return {name: values for name, values in found.items() if values}

    @property
    def seen(self) -> list[Field]:
        """The fields that somebody fills in."""
        return [field for field in self.fields if field.is_seen]

    def field(self, name: str) -> Field | None:
        """Find a field by its name."""
        return next((field for field in self.fields if field.name == name), None)


def papers(page: str, html: str) -> list[Paper]:
    """Read the forms of a page that are sent; links and filters are not among them."""
    return [_paper(page, BeautifulSoup(text, "html.parser")) for text in _FORM.findall(html)]


def route_of(url: str) -> str:
    """Name the page that an address leads to; empty when there is none."""
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return ""


def _paper(page: str, soup: Any) -> Paper:
    url = urljoin(page, str(soup.form.get("action") or ""))
    found: dict[str, list[Field]] = {}
    for tag in soup.find_all(["input", "select", "textarea", "button"]):
        if tag.get("name") and tag["name"] != "csrfmiddlewaretoken":
            found.setdefault(str(tag["name"]), []).append(_field(tag))
    fields = tuple(_merged(parts) for parts in found.values())
    return Paper(page, url, route_of(url), fields, str(soup.form.get("data-draft") or ""))


def _field(tag: Tag) -> Field:
    name = str(tag["name"])
    if tag.name == "select":
        options = [_value(option) for option in tag.find_all("option")]
        chosen = [_value(option) for option in tag.select("option[selected]")] or options[:1]
        return Field(name, "select", tuple(chosen), tuple(options))
    if tag.name == "textarea":
        # A browser drops the first line break of a textarea.
        return Field(name, "textarea", (tag.get_text().removeprefix("\n"),))
    return _input(name, tag)


def _input(name: str, tag: Tag) -> Field:
    kind = str(tag.get("type", "text" if tag.name == "input" else "submit"))
    if kind in ("radio", "checkbox"):
        value = str(tag.get("value", "on"))
        return Field(name, kind, (value,) if tag.has_attr("checked") else (), (value,))
    if kind == "submit":
        return Field(name, kind, (), (_value(tag),))
    return Field(name, kind, () if kind == "file" else (_value(tag),))


def _value(tag: Tag) -> str:
    return str(tag.get("value", ""))


def _merged(parts: list[Field]) -> Field:
    """Make one field of the blocks or ticks of a group."""
    first = parts[0]
    values, options = _joined(part.value for part in parts), _joined(part.options for part in parts)
    return Field(first.name, first.kind, values, options)


def _joined(parts: Iterator[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for part in parts for value in part))
