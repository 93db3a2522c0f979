"""The people of the stories about products, and what happened in a dossier."""

from gib.care.trajectory.tests.conftest import (
    NOW,
    broken,
    coordinator,
    day,
    house,
    later,
    stranger,
    told,
    write,
)

__all__ = ["NOW", "broken", "coordinator", "day", "house", "later", "stranger", "told", "write"]
