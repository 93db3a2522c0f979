"""The papers of the house: decisions and read-me short, dependencies explained, data licensed, pins equal."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from gib.portal.reference import licences
from gib.portal.source import ROOT
from tests.architecture.stack import plant

LIMITS = {"docs/adr/[0-9]*.md": 60, "README*.md": 150}
PARTS = ("## Context", "## Decision", "## Consequences", "## What we refused")
DATA = (".csv", ".json", ".topojson", ".tsv", ".dat", ".ttf", ".otf", ".woff2", ".geojson")
DEPENDENCIES = "docs/adr/0008-few-dependencies-each-with-a-reason.md"
MACHINE = re.compile(r"(?<![\w.])/(?:work|home|root|Users)/\S+|/simple/|index-url")


def too_long(root: Path) -> Iterator[str]:
    """Find papers that are longer than somebody reads."""
    for pattern, most in LIMITS.items():
        for path in sorted(root.glob(pattern)):
            length = len(path.read_text("utf-8").splitlines())
            if length > most:
                yield f"{path.relative_to(root).as_posix()} has {length} lines, at most {most}"


def incomplete_decisions(root: Path) -> Iterator[str]:
    """Find decisions without context, consequences or what was refused, and gaps in their numbers."""
    paths = sorted(root.glob("docs/adr/[0-9]*.md"))
    for number, path in enumerate(paths, start=1):
        text = path.read_text("utf-8")
        missing = [part for part in PARTS if part not in text]
        if missing or not path.name.startswith(f"{number:04}-"):
            yield f"{path.name}: {', '.join(missing) or 'number'}"


def unexplained_dependencies(root: Path) -> Iterator[str]:
    """Find direct dependencies that the decision on dependencies does not name."""
    decision = (root / DEPENDENCIES).read_text("utf-8")
    for line in (root / "requirements/run.in").read_text("utf-8").splitlines():
        name = re.split(r"[\[<>=~ ]", line.strip())[0]
        if name and not name.startswith(("#", "-")) and f"`{name}`" not in decision:
            yield name


def pins(path: Path) -> dict[str, str]:
    """Read a lock file: package -> version."""
    return dict(re.findall(r"^([A-Za-z0-9_.-]+)==(\S+)", path.read_text("utf-8"), re.MULTILINE))


def loose_pins(root: Path) -> Iterator[str]:
    """Find packages without a hash, and packages that run in another version than they are tested in.

    The rivals in a benchmark are apart; what they share with what runs is the same version too.
    """
    running, developing = pins(root / "requirements/run.txt"), pins(root / "requirements/dev.txt")
    for name, version in running.items():
        if developing.get(name) != version:
            yield f"{name}: runs {version}, tested {developing.get(name)}"
    for name, version in pins(root / "requirements/bench.txt").items():
        if running.get(name, version) != version:
            yield f"{name}: runs {running[name]}, measured {version}"
    for lock in ("run", "dev", "bench"):
        text = (root / f"requirements/{lock}.txt").read_text("utf-8")
        for block in re.split(r"\n(?=\S)", text):
            if "==" in block and "--hash=sha256:" not in block:
                yield f"{block.split()[0]} has no hash"


def unlicensed_data(root: Path) -> Iterator[str]:
    """Find data files without a row beside them that says their source and licence (REF-07)."""
    known = {name for name, (source, licence, _) in licences(root).items() if source and licence}
    for file in sorted((root / "gib").rglob("*")):
        name = file.relative_to(root).as_posix()
        if file.suffix in DATA and "tests" not in file.parts and name not in known:
            yield name


def machine_paths(root: Path) -> Iterator[str]:
    """Find papers that name a folder of one machine or a package host."""
    for path in sorted([*root.glob("*.md"), *root.glob("docs/**/*.md"), *root.glob("Makefile")]):
        for found in MACHINE.finditer(path.read_text("utf-8")):
            yield f"{path.name}: {found.group()}"


CHECKS = {
    "long": too_long,
    "decisions": incomplete_decisions,
    "dependencies": unexplained_dependencies,
    "pins": loose_pins,
    "machine": machine_paths,
}
HASH = "==1 \\\n    --hash=sha256:00\n"


@pytest.fixture
def paper_house(tmp_path: Path) -> Path:
    plant(tmp_path, "docs/adr/0001-a.md", "\n\n".join(PARTS))
    plant(tmp_path, DEPENDENCIES.replace("0008", "0008"), "\n".join([*PARTS, "`django`"]))
    for number in range(2, 8):
        plant(tmp_path, f"docs/adr/{number:04}-a.md", "\n".join(PARTS))
    plant(tmp_path, "requirements/run.in", "django>=5.2\n")
    plant(tmp_path, "requirements/run.txt", f"django{HASH}")
    plant(tmp_path, "requirements/bench.txt", f"rival{HASH}")
    return plant(tmp_path, "requirements/dev.txt", f"django{HASH}pytest{HASH}")


FAULTS = {
    "long": ("README.md", "x\n" * 151),
    "decisions": ("docs/adr/0009-a.md", "## Context\n"),
    "dependencies": ("requirements/run.in", "django\nplanted[extra]>=1\n"),
    "pins": ("requirements/run.txt", f"django{HASH.replace('==1', '==2')}"),
    "machine": ("docs/index.md", "see /home/somebody/notes\n"),
}


@pytest.mark.parametrize("name", CHECKS)
def test_the_papers_keep_to_it(name: str) -> None:
    assert list(CHECKS[name](ROOT)) == []


@pytest.mark.parametrize("name", CHECKS)
def test_a_planted_fault_is_found_and_a_good_paper_is_not(name: str, paper_house: Path) -> None:
    assert list(CHECKS[name](paper_house)) == []
    assert len(list(CHECKS[name](plant(paper_house, *FAULTS[name])))) == 1


def test_a_package_without_a_hash_is_found(paper_house: Path) -> None:
    plant(paper_house, "requirements/dev.txt", f"django{HASH}pytest==1\n")
    assert list(loose_pins(paper_house)) == ["pytest==1 has no hash"]


def test_a_rival_that_is_measured_with_another_version_is_found(paper_house: Path) -> None:
    plant(paper_house, "requirements/bench.txt", f"django{HASH.replace('==1', '==3')}")
    assert list(loose_pins(paper_house)) == ["django: runs 1, measured 3"]


@pytest.mark.requirement("REF-07")
def test_every_data_file_has_a_licence() -> None:
    assert list(unlicensed_data(ROOT)) == []


def test_a_planted_data_file_without_a_licence_is_found(tmp_path: Path) -> None:
    root = plant(tmp_path, "gib/people/partners/data/planted.csv", "a,b\n")
    assert list(unlicensed_data(root)) == ["gib/people/partners/data/planted.csv"]
    heading, own = "file,source,licence,note\n", "LICENCES.csv,us,EUPL-1.2,\n"
    for row, found in {"planted.csv,them,,\n": 1, "planted.csv,them,CC0,\n": 0}.items():
        plant(root, "gib/people/partners/data/LICENCES.csv", heading + own + row)
        assert len(list(unlicensed_data(root))) == found


def test_the_first_ten_decisions_are_written() -> None:
    assert len(list(ROOT.glob("docs/adr/[0-9]*.md"))) >= 10


def test_public_code_says_what_a_catalogue_needs() -> None:
    card = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))
    required = {"publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType"}
    assert required | {"description", "legal", "maintenance", "localisation"} <= set(card)
    assert card["legal"]["license"] == "EUPL-1.2"
    assert card["localisation"]["availableLanguages"] == ["nl", "en"]
    for language in ("nl", "en"):
        text = card["description"][language]
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10000
        assert text["features"]


def test_the_licence_is_the_whole_text() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert text.rstrip().endswith("EUPL version.")
    assert all(f"{article}. " in text for article in range(1, 16))
