"""What the ten busiest pages cost at the size of the programme and at that of the nation, on both engines."""

import os
import sys
from importlib import import_module
from typing import Final

from tests.services import kept

ENGINES: Final = ("sqlite", "postgres")
#: How many times the year 2010 the larger house is, and how often each page is opened.
SCALE, ROUNDS, LOOKS = 700, 40, 20_000


def main() -> int:
    """Build what lacks, measure, print, and end with 1 when something surely passes its gate."""
    scale = int(os.environ.get("GIB_BENCH_SCALE", SCALE))
    rounds = int(os.environ.get("GIB_BENCH_ROUNDS", ROUNDS))
    asked = os.environ.get("GIB_BENCH_ENGINES", " ".join(ENGINES)).split()
    engines = [engine for engine in ENGINES if engine in asked]
    with kept.places(engines, (1, scale)) as found:
        # The addresses of the first; the others are opened beside it.
        os.environ.update(found[0][0].environment("gib_app"), DJANGO_SETTINGS_MODULE="config.settings")
        os.environ["GIB_HOSTS"] = "testserver"
        import_module("django").setup()
        # These need Django, which has only now been set up.
        houses, measure = import_module("tests.scale.houses"), import_module("tests.scale.measure")
        verdicts = import_module("tests.scale.verdicts")
        benches = []
        for pair in found:
            small, large = map(houses.House.at, pair)
            small.know_sizes(multiplied=scale)
            benches.append(measure.Bench(small, large, LOOKS))
        lines, told, load = measure.measured(benches, rounds)
        lines_of_verdicts, status = verdicts.judged(told, load)
        sys.stdout.write("\n".join([*lines, "", *lines_of_verdicts, ""]))
    return int(status)


if __name__ == "__main__":
    sys.exit(main())
