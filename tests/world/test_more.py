"""The furnished world: every protected table holds a row of each team."""

from gib.core.access.rows import protected_models
from tests.world.base import as_house, rows_of
from tests.world.more import FurnishedCase


class TestTheFurnishedWorld(FurnishedCase):
    """Nothing can be tested on a table without rows."""

    def test_every_protected_table_holds_a_row_of_each_team(self) -> None:
        empty = {}
        with as_house():
            for model in protected_models():
                rows = rows_of(model)
                teams = {getattr(row, "team_id", None) for row in rows}
                if len(teams - {None}) < 2 and len(rows) < 2:
                    empty[model.__name__] = len(rows)
        assert empty == {}
