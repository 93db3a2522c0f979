"""What the figures cost over 200,000 contacts, on a demonstration of its own: printed, never asserted."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: The measuring knows Django, which must be set up for the folder before it is imported.
INSIDE = "import django, runpy; django.setup(); runpy.run_module('tests.services.cost', run_name='__main__')"


def main() -> None:
    """Prepare a demonstration in a folder that is thrown away, and measure on it."""
    with tempfile.TemporaryDirectory(prefix="gib-bench-") as home:
        own = {name: value for name, value in os.environ.items() if not name.startswith("GIB_")}
        own |= {"GIB_DATA_DIR": home, "GIB_DEMO": "1", "DJANGO_SETTINGS_MODULE": "config.settings"}
        subprocess.run([ROOT / ".venv/bin/gib", "demo", "--prepare"], cwd=ROOT, env=own, check=True)
        subprocess.run([sys.executable, "-c", INSIDE], cwd=ROOT, env=own, check=True)


if __name__ == "__main__":
    main()
