"""Random identifiers: their order tells nothing (BSN-04)."""

from collections.abc import Callable
from uuid import UUID, uuid4

IdMaker = Callable[[], UUID]

new_id: IdMaker = uuid4
