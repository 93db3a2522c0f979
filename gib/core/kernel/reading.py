"""JSON in and out for the dataclasses of an engine: each fault has its path, the schema follows the types."""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from datetime import date, time
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
#: Hours and minutes of a day, on the wall.
CLOCK: Final = "([01][0-9]|2[0-3]):[0-5][0-9]"


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: `$.volunteers[3].capacity` and `must be at least 0`."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class ProblemRefused(Exception):
    """A problem that cannot be solved as it stands; `faults` names each thing that is wrong."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


def at_least(least: int, **more: Any) -> Any:
    """Declare a number with its least value."""
    return field(metadata={"least": least}, **more)


def some(**more: Any) -> Any:
    """Declare a list that holds at least one item."""
    return field(metadata={"some": True}, **more)


def parsed(text: str) -> Any:
    """Read the text of a JSON file in which every number is whole and no key stands twice.

    Raises:
        ProblemRefused: the text is no such JSON.
    """
    try:
        return json.loads(text, object_pairs_hook=_once, parse_float=_whole, parse_constant=_whole)
    except (json.JSONDecodeError, RecursionError, ValueError) as error:
        raise ProblemRefused([Fault("$", f"is no JSON: {error}")]) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _whole(text: str) -> Any:
    raise ValueError(f"{text} is not a whole number")


def read(kind: type[Any], raw: object, path: str = "$") -> Any:
    """Build a dataclass from plain JSON values.

    Raises:
        ProblemRefused: with every fault, each by its JSON path.
    """
    faults: list[Fault] = []
    value = _read(kind, raw, path, {}, faults)
    if faults:
        raise ProblemRefused(faults)
    return value


def _read(kind: Any, raw: object, path: str, marks: Mapping[str, Any], faults: list[Fault]) -> Any:
    if get_origin(kind) is UnionType:
        return None if raw is None else _read(get_args(kind)[0], raw, path, marks, faults)
    if get_origin(kind) is tuple:
        return _read_list(get_args(kind)[0], raw, path, marks, faults)
    if is_dataclass(kind):
        return _read_object(kind, raw, path, faults)
    try:
        return _SCALARS[_scalar(kind)](kind, raw, marks)
    except ValueError as error:
        faults.append(Fault(path, str(error)))
        return None


def _read_list(item: Any, raw: object, path: str, marks: Mapping[str, Any], faults: list[Fault]) -> Any:
    if not isinstance(raw, list):
        faults.append(Fault(path, "must be a list"))
        return ()
    if marks.get("some") and not raw:
        faults.append(Fault(path, "must hold at least one item"))
    return tuple(_read(item, one, f"{path}[{at}]", marks, faults) for at, one in enumerate(raw))


def _read_object(kind: Any, raw: object, path: str, faults: list[Fault]) -> Any:
    if not isinstance(raw, dict):
        faults.append(Fault(path, "must be an object"))
        return None
    hints, before = get_type_hints(kind), len(faults)
    faults += _misfits(kind, raw, path)
    given = [part for part in fields(kind) if part.name in raw]
    values = {
        part.name: _read(hints[part.name], raw[part.name], f"{path}.{part.name}", part.metadata, faults)
        for part in given
    }
    return kind(**values) if len(faults) == before else None


def _misfits(kind: Any, raw: Mapping[str, object], path: str) -> Iterator[Fault]:
    """Find names that the dataclass does not know, and names that lack."""
    known = {part.name: _is_required(part) for part in fields(kind)}
    for name in raw:
        if name not in known:
            yield Fault(f"{path}.{name}", "is not known here")
    for name, is_required in known.items():
        if is_required and name not in raw:
            yield Fault(f"{path}.{name}", "is required")


def _is_required(part: Field[Any]) -> bool:
    return part.default is MISSING and part.default_factory is MISSING


def _scalar(kind: Any) -> type:
    return next(known for known in _SCALARS if issubclass(kind, known))


def _choice(kind: Any, raw: object, _marks: Mapping[str, Any]) -> StrEnum:
    try:
        found: StrEnum = kind(raw)
    except ValueError:
        raise ValueError(f"must be one of {', '.join(kind)}") from None
    return found


def _day(_kind: Any, raw: object, _marks: Mapping[str, Any]) -> date:
    text = raw if isinstance(raw, str) else ""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError("must be a day that exists, as 2011-01-31") from None
    if str(day) != text or not 1900 <= day.year < 2200:
        raise ValueError("must be a day of this or the last century, as 2011-01-31")
    return day


def _clock(_kind: Any, raw: object, _marks: Mapping[str, Any]) -> time:
    if not isinstance(raw, str) or not re.fullmatch(CLOCK, raw):
        raise ValueError("must be a time of the day, as 09:30")
    return time.fromisoformat(raw)


def _truth(_kind: Any, raw: object, _marks: Mapping[str, Any]) -> bool:
    if not isinstance(raw, bool):
        raise ValueError("must be true or false")
    return raw


def _number(_kind: Any, raw: object, marks: Mapping[str, Any]) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise ValueError("must be a whole number")
    if raw < marks.get("least", raw):
        raise ValueError(f"must be at least {marks['least']}")
    return raw


def _text(_kind: Any, raw: object, _marks: Mapping[str, Any]) -> str:
    if not isinstance(raw, str):
        raise ValueError("must be a text")
    return raw


#: How each plain type is read, the narrower before the wider.
_SCALARS: Final[Mapping[type, Callable[[Any, object, Mapping[str, Any]], Any]]] = {
    StrEnum: _choice,
    date: _day,
    time: _clock,
    bool: _truth,
    int: _number,
    str: _text,
}


def plain(value: Any) -> Any:
    """Give a dataclass as plain JSON values; what is at its default is left out."""
    if is_dataclass(value):
        return {name: plain(part) for name, part in _parts(value)}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    return _plain_scalar(value)


def _plain_scalar(value: Any) -> Any:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value) if isinstance(value, StrEnum | date) else value


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    for part in fields(value):
        if _is_required(part) or getattr(value, part.name) != part.default:
            yield part.name, getattr(value, part.name)


def schema(kind: type[Any], title: str) -> dict[str, Any]:
    """Describe a dataclass as a JSON Schema of draft 2020-12."""
    known: dict[str, Any] = {}
    top = _describe(kind, {}, known)
    return {"$schema": DRAFT, "title": title, **top, "$defs": dict(sorted(known.items()))}


def _describe(kind: Any, marks: Mapping[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    if get_origin(kind) is UnionType:
        return {"anyOf": [_describe(part, marks, known) for part in get_args(kind)]}
    if get_origin(kind) is tuple:
        some = {"minItems": 1} if marks.get("some") else {}
        return {"type": "array", "items": _describe(get_args(kind)[0], marks, known), **some}
    if get_origin(kind) is not None:
        return {"type": "object", "additionalProperties": _describe(get_args(kind)[1], marks, known)}
    if is_dataclass(kind):
        return _describe_object(kind, known)
    return _describe_scalar(kind, marks)


def _describe_object(kind: Any, known: dict[str, Any]) -> dict[str, Any]:
    if kind.__name__ not in known:
        known[kind.__name__] = {}
        hints = get_type_hints(kind)
        known[kind.__name__] = {
            "type": "object",
            "description": (kind.__doc__ or "").split("\n")[0],
            "properties": {
                part.name: _describe(hints[part.name], part.metadata, known) for part in fields(kind)
            },
            "required": [part.name for part in fields(kind) if _is_required(part)],
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _describe_scalar(kind: Any, marks: Mapping[str, Any]) -> dict[str, Any]:
    if issubclass(kind, StrEnum):
        return {"enum": [str(choice) for choice in kind]}
    found = {
        NoneType: {"type": "null"},
        date: {"type": "string", "format": "date"},
        time: {"type": "string", "pattern": f"^{CLOCK}$"},
        bool: {"type": "boolean"},
        str: {"type": "string"},
    }
    least = {"minimum": marks["least"]} if "least" in marks else {}
    return found.get(kind, {"type": "integer", **least})


def duplicates(values: list[str], path: str, what: str) -> Iterator[Fault]:
    """Find ids that stand more than once; `path` has a blank for the place in the list."""
    seen: dict[str, int] = {}
    for at, value in enumerate(values):
        if seen.setdefault(value, at) != at:
            yield Fault(path.format(at), f"is the same {what} as number {seen[value]}")


def unknown(known: Collection[str], value: str, path: str, what: str) -> Iterator[Fault]:
    """Find an id that names nothing in the problem."""
    if value not in known:
        yield Fault(path, f"names no {what} of this problem")
