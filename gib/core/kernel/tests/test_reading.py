"""Times of the day go in and out of JSON as people write them; the engines test all other kinds."""

import re
from dataclasses import dataclass
from datetime import time

import pytest

from gib.core.kernel.reading import ProblemRefused, parsed, plain, read, schema


@dataclass(frozen=True)
class Visit:
    """A visit, for these tests."""

    starts_at: time
    ends_at: time | None = None


def test_a_time_goes_in_and_comes_out_as_it_was() -> None:
    found = read(Visit, {"starts_at": "09:05"})
    assert found == Visit(time(9, 5))
    assert plain(found) == {"starts_at": "09:05"}
    assert plain(Visit(time(0), time(23, 59))) == {"starts_at": "00:00", "ends_at": "23:59"}


@pytest.mark.parametrize("raw", ["9:05", "09:05:00", "24:00", "12:60", "0905", "09:05\n", "noon", 545, None])
def test_anything_else_is_refused_with_its_path(raw: object) -> None:
    with pytest.raises(ProblemRefused, match=re.escape("$.starts_at: must be a time of the day, as 09:30")):
        read(Visit, {"starts_at": raw})


def test_the_schema_says_how_a_time_is_written() -> None:
    pattern = schema(Visit, "x")["$defs"]["Visit"]["properties"]["starts_at"]["pattern"]
    assert [bool(re.search(pattern, text)) for text in ("09:05", "9:05", "24:00")] == [True, False, False]


@pytest.mark.parametrize("text", ["", "{", '{"a": 1.5}', '{"a": 1, "a": 2}', '{"a": NaN}', "[" * 100_000])
def test_what_is_no_plain_json_is_refused(text: str) -> None:
    with pytest.raises(ProblemRefused, match="is no JSON"):
        parsed(text)
