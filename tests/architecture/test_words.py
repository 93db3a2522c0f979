"""Every Dutch source string has an English translation, and the catalogue holds no others."""

from pathlib import Path

import pytest

from gib.portal import translation
from gib.portal.source import ROOT
from gib.portal.translation import Word, collect, unmarked, untranslated, update
from tests.architecture.stack import plant

PYTHON = '''"""Words."""
a = _("Aanmelding"), gettext_lazy("Moeder"), pgettext("month", "mei"), ngettext("%d kind", "%d kinderen", n)
declare({"too_late": "Dit is " "te laat."})
class Moved(Event):
    sentence: ClassVar[str] = "U bent verhuisd."
class Left(Event):
    sentence = "U bent vertrokken."
b = gettext(variable), other("Geen woord")
'''
TEMPLATE = """{% translate "Vandaag" %} {{ _("Leeg") }}
<c-field label="{% translate 'Naam' context 'person' %}" />
{% blocktranslate count n=total trimmed %}
  {{ n }} gesprek
{% plural %}
  {{ n }} gesprekken
{% endblocktranslate %} {# {% translate "Weg" %} #}"""
WORDS = {
    *(Word("Aanmelding"), Word("Moeder"), Word("mei", context="month"), Word("%d kind", "%d kinderen")),
    *(Word("Dit is te laat."), Word("U bent verhuisd."), Word("U bent vertrokken.")),
    *(
        Word("Vandaag"),
        Word("Leeg"),
        Word("Naam", context="person"),
        Word("%(n)s gesprek", "%(n)s gesprekken"),
    ),
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    plant(tmp_path, "gib/care/tests/test_a.py", '_("Alleen in een test")')
    plant(tmp_path, "gib/care/templates/care/a.html", TEMPLATE)
    return plant(tmp_path, "gib/care/domain.py", PYTHON)


def _translate(root: Path) -> None:
    path = root / translation.CATALOGUE
    catalogue = translation.polib.pofile(str(path))
    for entry in catalogue:
        entry.msgstr = "" if entry.msgid_plural else f"English {entry.msgid}"
        entry.msgstr_plural = {0: "one", 1: entry.msgid_plural} if entry.msgid_plural else {}
    catalogue.save(str(path))


def test_every_word_of_the_house_has_an_english_translation() -> None:
    assert untranslated(ROOT) == []


def test_every_dutch_sentence_of_the_house_is_marked() -> None:
    assert unmarked(ROOT) == []


def test_a_dutch_sentence_that_nobody_marked_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "gib/care/builders.py", 'A = "Zij wil haar kind voor het slapen bellen."')
    plant(tmp_path, "gib/care/forms.py", 'A = _("Wij bellen de vrijwilliger van haar team.")')
    root = plant(
        tmp_path, "gib/care/actions.py", 'A = "Vertel de vrijwilliger dat zij vrij is."\nB = "of the team"\n'
    )
    assert unmarked(root) == [
        "not marked: 'Vertel de vrijwilliger dat zij vrij is.' in gib/care/actions.py:1"
    ]


def test_all_marked_words_are_found_and_no_others(house: Path) -> None:
    assert set(collect(house)) == WORDS


def test_a_word_without_english_is_named_with_its_file(house: Path) -> None:
    assert "no English: 'Dit is te laat.' in gib/care/domain.py" in untranslated(house)
    assert len(untranslated(house)) == len(WORDS)


def test_an_update_adds_new_words_keeps_english_and_drops_what_is_gone(house: Path) -> None:
    assert update(house) == len(WORDS)
    _translate(house)
    assert untranslated(house) == []
    plant(house, "gib/care/domain.py", '_("Nieuw")')
    assert "no longer used: 'mei'" in untranslated(house)
    assert update(house) == 1
    assert untranslated(house) == ["no English: 'Nieuw' in gib/care/domain.py"]


@pytest.mark.parametrize("english", ["{dag} too late.", "Too late."])
def test_a_translation_with_other_blanks_does_not_count(tmp_path: Path, english: str) -> None:
    root = plant(tmp_path, "gib/care/domain.py", '_("{days} dagen te laat.")')
    update(root)
    path = root / translation.CATALOGUE
    catalogue = translation.polib.pofile(str(path))
    catalogue[0].msgstr = english
    catalogue.save(str(path))
    assert untranslated(root) == ["no English: '{days} dagen te laat.' in gib/care/domain.py"]


def test_a_doubtful_translation_does_not_count(house: Path) -> None:
    update(house)
    _translate(house)
    path = house / translation.CATALOGUE
    catalogue = translation.polib.pofile(str(path))
    next(entry for entry in catalogue if entry.msgid == "Vandaag").flags.append("fuzzy")
    catalogue.save(str(path))
    assert [line for line in untranslated(house) if "Vandaag" in line]


def test_the_command_says_what_lacks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(translation, "untranslated", lambda: ["no English: 'x' in y"])
    monkeypatch.setattr(translation, "unmarked", list)
    assert translation.main("check") == 1
    assert capsys.readouterr().out == "no English: 'x' in y\n"
    monkeypatch.setattr(translation, "untranslated", list)
    assert translation.main("check") == 0
    monkeypatch.setattr(translation, "update", lambda: 3)
    assert translation.main("update") == 0
    assert capsys.readouterr().out == "3 words wait for English\n"
