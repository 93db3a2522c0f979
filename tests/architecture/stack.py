"""The order of the slices, from the ground up: what a slice may know lies below it."""

from pathlib import Path, PurePosixPath

from gib.care import CHAIN

PRODUCTS = ("moeder_de_gans", "bezoekmoeders", "moeder_kind_bezoeken", "ik_jij_wij", "moedermaatjes")


def _chain_with_the_five() -> list[tuple[str, ...]]:
    tiers = [(f"care.{stage}",) for stage in CHAIN]
    after_shared = CHAIN.index("products") + 1
    return [*tiers[:after_shared], tuple(f"care.products.{name}" for name in PRODUCTS), *tiers[after_shared:]]


TIERS: list[tuple[str, ...]] = [
    ("core.kernel",),
    ("core.vault",),
    ("core.access",),
    ("core.journal", "core.ui", "core.papers", "core.sheets"),
    ("engines.matching", "engines.mornings", "engines.continuity", "engines.disclosure", "engines.returns"),
    ("people.partners",),
    ("people.accounts",),
    ("people.families", "people.volunteers"),
    *_chain_with_the_five(),
    ("insight.reporting",),
    ("portal",),
]
RANK = {name: rank for rank, tier in enumerate(TIERS) for name in tier}


def may_know(here: str, there: str) -> bool:
    """Tell whether one slice may name another: itself, or one on a lower tier."""
    return here == there or RANK[there] < RANK[here]


def slice_of(module: str) -> str | None:
    """Name the slice of a dotted module (`gib.care.referral.models`) or a path below the root."""
    parts = tuple(PurePosixPath(module).parts) if "/" in module else tuple(module.split("."))
    if parts[0] != "gib":
        return None
    names = (".".join(parts[1:end]) for end in (4, 3, 2))
    return next((name for name in names if name in RANK), None)


def plant(root: Path, path: str, text: str) -> Path:
    """Write one file of a made-up house."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return root
