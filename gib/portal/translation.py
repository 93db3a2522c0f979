"""The words of the house: found in the code, kept in one catalogue per language, without gettext tools."""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from django.conf import settings
from django.utils.translation.template import templatize

from gib.portal.source import ROOT, Module, read_modules

CATALOGUE = "gib/portal/locale/en/LC_MESSAGES/django.po"
_CONTEXTS = {"pgettext": 1, "pgettext_lazy": 1, "npgettext": 1, "npgettext_lazy": 1}
_PLURALS = {"ngettext": 2, "ngettext_lazy": 2, "npgettext": 3, "npgettext_lazy": 3}
_MARKS = (
    {"_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1}
    | _PLURALS
    | {"pgettext": 2, "pgettext_lazy": 2}
)
_DUTCH = re.compile(
    r"\b(de|het|een|niet|van|zij|wij|uw|voor|met|naar|haar|geen|nog|bij|aan|wordt|dit|deze)\b", re.IGNORECASE
)
# Made-up people and the samples of the gallery speak for themselves.
_STORIES = re.compile(r"(^|/)(builders|demo|samples|year)(\.py$|/)")
_BLANK = re.compile(r"%\(\w+\)\w|\{\w*\}")
_TEXT = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_CALL = re.compile(
    rf"\b({'|'.join(sorted(_MARKS))})\(\s*u?({_TEXT})(?:\s*,\s*u?({_TEXT}))?(?:\s*,\s*u?({_TEXT}))?"
)


class Word(NamedTuple):
    """One source string: Dutch, with its plural and its context where it has them."""

    text: str
    plural: str = ""
    context: str = ""


def collect(root: Path = ROOT) -> dict[Word, list[str]]:
    """Find every Dutch source string, with the files in which it stands."""
    found: dict[Word, list[str]] = {}
    for module in read_modules(root):
        if not module.is_test:
            _add(found, module.path, _words_of_module(module))
    for path in sorted((root / "gib").glob("**/templates/**/*.*")):
        _add(found, path.relative_to(root).as_posix(), _words_of_template(path.read_text("utf-8")))
    return found


def _add(found: dict[Word, list[str]], where: str, words: Iterator[Word]) -> None:
    for word in words:
        places = found.setdefault(word, [])
        if word.text and where not in places:
            places.append(where)
    found.pop(Word(""), None)


def _words_of_module(module: Module) -> Iterator[Word]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            yield from _words_of_call(node)
        elif isinstance(node, ast.ClassDef):
            yield from _sentences(node)


def _words_of_call(node: ast.Call) -> Iterator[Word]:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    texts = _texts(node.args)
    if name in _MARKS and len(texts) >= _MARKS[name]:
        yield _word(name, texts)
    # A domain knows no Django: its sentences are marked by where they stand.
    if name == "declare" and isinstance(table := next(iter(node.args), None), ast.Dict):
        yield from (Word(text) for text in _texts(table.values))


def _texts(nodes: Iterable[ast.expr]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def _sentences(node: ast.ClassDef) -> Iterator[Word]:
    for line in node.body:
        if isinstance(line, ast.Assign | ast.AnnAssign) and line.value:
            targets = line.targets if isinstance(line, ast.Assign) else [line.target]
            if "sentence" in (getattr(target, "id", "") for target in targets):
                yield from (Word(text) for text in _texts([line.value]))


def _word(name: str, texts: list[str]) -> Word:
    context = texts.pop(0) if name in _CONTEXTS else ""
    return Word(texts[0], texts[1] if name in _PLURALS else "", context)


def _words_of_template(text: str) -> Iterator[Word]:
    for call in _CALL.finditer(templatize(text)):
        name, *texts = (part for part in call.groups() if part)
        yield _word(name, [str(ast.literal_eval(part)) for part in texts])


def untranslated(root: Path = ROOT) -> list[str]:
    """Name what the catalogue lacks: words without English, and words that are no longer in the code."""
    words, known = collect(root), _read(root)
    lacking = [
        f"no English: {word.text!r} in {words[word][0]}" for word in sorted(words) if not known.get(word)
    ]
    return lacking + [f"no longer used: {word.text!r}" for word in sorted(set(known) - set(words))]


def unmarked(root: Path = ROOT) -> list[str]:
    """Find Dutch sentences that nobody marked: they would stay Dutch on an English page."""
    marked = {text for word in collect(root) for text in word[:2]}
    found = (text for module in read_modules(root) for text in _dutch_texts(module))
    return [f"not marked: {text!r} in {where}" for where, text in found if text not in marked]


def _dutch_texts(module: Module) -> Iterator[tuple[str, str]]:
    if module.is_test or _STORIES.search(module.path):
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and _is_dutch(node.value):
            yield f"{module.path}:{node.lineno}", str(node.value)


def _is_dutch(value: object) -> bool:
    if not isinstance(value, str) or len(value.split()) < 4:
        return False
    return len({word.lower() for word in _DUTCH.findall(value)}) > 1


def _read(root: Path) -> dict[Word, bool]:
    path = root / CATALOGUE
    entries = polib.pofile(str(path)) if path.exists() else []
    return {
        Word(entry.msgid, entry.msgid_plural, entry.msgctxt or ""): _is_whole(entry) and not entry.fuzzy
        for entry in entries
    }


def _is_whole(entry: polib.POEntry) -> bool:
    """Tell whether the English is there, with the same blanks as the Dutch."""
    pairs = [(entry.msgid, entry.msgstr)]
    if entry.msgid_plural:
        pairs = [(entry.msgid_plural, text) for index, text in entry.msgstr_plural.items() if index]
    return entry.translated() and all(set(_BLANK.findall(a)) == set(_BLANK.findall(b)) for a, b in pairs)


def update(root: Path = ROOT) -> int:
    """Bring the catalogue up to date with the code; gives how many words still wait for English."""
    words, path = collect(root), root / CATALOGUE
    old = {(entry.msgid, entry.msgctxt): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = {
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for word, places in sorted(words.items()):
        catalogue.append(_entry(word, places, old.get((word.text, word.context or None))))
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    return len(catalogue.untranslated_entries())


def _entry(word: Word, places: list[str], known: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=word.text, msgctxt=word.context or None, occurrences=[(place, "") for place in places]
    )
    entry.flags = ["python-brace-format"] if "{" in word.text else []
    if word.plural:
        entry.msgid_plural = word.plural
        entry.msgstr_plural = known.msgstr_plural if known else {0: "", 1: ""}
    elif known:
        entry.msgstr = known.msgstr
    return entry


def main(command: str) -> int:
    """Run `update`, or `check`, which gives 1 when a word is not translated."""
    if not settings.configured:
        settings.configure()
    lacking = untranslated() + unmarked() if command == "check" else []
    found = [f"{update()} words wait for English"] if command == "update" else lacking
    sys.stdout.write("".join(f"{line}\n" for line in found))
    return 1 if lacking else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
