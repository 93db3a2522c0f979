"""What a template may do: include its own slice or the kit, name addresses below it, no style or script."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gib.portal.source import ROOT
from tests.architecture.stack import plant, slice_of
from tests.architecture.test_code import may_name

INCLUDE = re.compile(r"""\{%\s*(?:include|extends)\s+(?:"([^"]+)"|'([^']+)'|(\S+))""")
ADDRESS = re.compile(r"""\{%\s*url\s+["']([^"']+)["']""")
INLINE = re.compile(
    r"<style\b|<script(?![^>]*\bsrc=)|\s(?:style|hx-on[:\w-]*|hx-vals=[\"']js|on[a-z]+)\s*=|javascript:",
    re.IGNORECASE,
)
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}|<!--.*?-->", re.DOTALL)
# The kit and the front door print what lower slices hand them, so they may include by variable.
HOSTS = {"core.ui", "portal"}
Check = Callable[[str | None, str], Iterator[re.Match[str]]]


def templates(root: Path) -> Iterator[tuple[Path, str]]:
    """Read every template of a house, without its comments but with its lines."""
    for path in sorted((root / "gib").glob("**/templates/**/*.*")):
        blank = COMMENT.sub(lambda found: "\n" * found.group().count("\n"), path.read_text("utf-8"))
        yield path.relative_to(root), blank


def offenders(root: Path, check: Check) -> list[str]:
    """Run one check over the templates of a house."""
    return [
        f"{path.as_posix()}:{text.count(chr(10), 0, found.start()) + 1} {found.group().strip()}"
        for path, text in templates(root)
        for found in check(slice_of(path.as_posix()), text)
    ]


def foreign_includes(here: str | None, text: str) -> Iterator[re.Match[str]]:
    """Find pieces of another slice: only the own slice, the kit and the base page may be included."""
    for found in INCLUDE.finditer(text):
        name = found.group(1) or found.group(2)
        if name is None:
            is_own = here in HOSTS
        else:
            folder = name.split("/")[0] if "/" in name else "ui"
            is_own = folder in ("ui", "cotton", (here or "").split(".")[-1])
        if not is_own:
            yield found


def upward_addresses(here: str | None, text: str) -> Iterator[re.Match[str]]:
    """Find addresses of a later slice: those go through the portal."""
    return (found for found in ADDRESS.finditer(text) if not may_name(here, found.group(1)))


def inline_code(here: str | None, text: str) -> Iterator[re.Match[str]]:
    """Find style and script inside a page, which the content security policy blocks."""
    return INLINE.finditer(text)


PAGE = "gib/care/referral/templates/referral/page.html"
CASES: dict[str, tuple[Check, str, str]] = {
    "other slice": (foreign_includes, PAGE, '{% include "intake/row.html" %}'),
    "other base": (foreign_includes, PAGE, "{% extends 'handover/page.html' %}"),
    "by variable": (foreign_includes, PAGE, "{% include row %}"),
    "later slice": (upward_addresses, PAGE, '{% url "handover:list" %}'),
    "unknown slice": (upward_addresses, PAGE, "<a href=\"{% url 'nowhere:list' %}\">"),
    "style": (inline_code, PAGE, '<p style="color: red">'),
    "style element": (inline_code, PAGE, "<style>p {}</style>"),
    "script": (inline_code, PAGE, "<script>run()</script>"),
    "handler": (inline_code, PAGE, '<button onclick="run()">'),
    "script address": (inline_code, PAGE, '<a href="javascript:run()">'),
}
ALLOWED: dict[str, tuple[Check, str, str]] = {
    "own slice": (foreign_includes, PAGE, '{% include "referral/row.html" %}{% extends "ui/base.html" %}'),
    "base page": (foreign_includes, PAGE, '{% extends "base.html" %}'),
    "host": (foreign_includes, "gib/portal/templates/portal/dossier.html", "{% include slot.template %}"),
    "portal": (upward_addresses, PAGE, '{% url "portal:dossier" row.pk %}'),
    "without namespace": (upward_addresses, PAGE, '{% url "account_login" %}'),
    "script file": (inline_code, PAGE, '<script src="{% static "ui/gib.js" %}" defer></script>'),
    "comment": (inline_code, PAGE, "{# never write style= here #}"),
    "words": (inline_code, PAGE, '<p class="style">on Monday = ok</p>'),
}


@pytest.mark.parametrize(
    "check", [foreign_includes, upward_addresses, inline_code], ids=lambda check: check.__name__
)
def test_the_templates_keep_to_it(check: Check) -> None:
    assert offenders(ROOT, check) == []


@pytest.mark.parametrize("name", CASES)
def test_a_planted_fault_is_found(name: str, tmp_path: Path) -> None:
    check, path, text = CASES[name]
    assert len(offenders(plant(tmp_path, path, text), check)) == 1


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_allowed_is_left_alone(name: str, tmp_path: Path) -> None:
    check, path, text = ALLOWED[name]
    assert offenders(plant(tmp_path, path, text), check) == []
