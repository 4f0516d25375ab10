"""Records as plain JSON values and back: how they cross a pipe and lie in a column."""

import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_plain(value: object) -> Any:
    """Return `value` as JSON can carry it; dataclasses become objects without the fields that are None or empty."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: to_plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_plain(part) for part in value]
    if is_dataclass(value):
        plain = ((field.name, to_plain(getattr(value, field.name))) for field in fields(value))
        return {name: part for name, part in plain if part is not None and part not in ([], {})}
    raise TypeError(f"{type(value).__name__} has no plain form")


def from_plain(kind: type[T], plain: Any) -> T:
    """Return the `kind` that `to_plain` made `plain` of."""
    made: T = _read(kind, plain)
    return made


@cache
def _types_of(kind: type) -> dict[str, Any]:
    """Return the types of a dataclass's fields."""
    return get_type_hints(kind)


def _read(kind: Any, plain: Any) -> Any:
    """Return one value of type `kind`."""
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        inner = [part for part in get_args(kind) if part is not type(None)]
        return None if plain is None else _read(inner[0], plain)
    if origin is dict:
        return {key: _read(get_args(kind)[1], part) for key, part in plain.items()}
    if origin is not None:
        return tuple(_read(get_args(kind)[0], part) for part in plain)
    return _read_record(kind, plain) if is_dataclass(kind) else _read_one(kind, plain)


def _read_record(kind: Any, plain: Any) -> Any:
    """Return a dataclass; fields that its plain form left out are None or empty again."""
    hints = _types_of(kind)
    absent = {
        name: () if get_origin(hint) is tuple else None
        for name, hint in hints.items()
        if name not in plain and _may_be_absent(hint)
    }
    return kind(**absent, **{name: _read(hints[name], part) for name, part in plain.items()})


def _read_one(kind: Any, plain: Any) -> Any:
    """Return a value without parts."""
    if kind in {date, datetime}:
        return kind.fromisoformat(plain)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(plain)
    return float(plain) if kind is float else plain


def _may_be_absent(hint: Any) -> bool:
    """Tell whether a field of this type is left out of the plain form when it is None or empty."""
    return get_origin(hint) is tuple or type(None) in get_args(hint)
