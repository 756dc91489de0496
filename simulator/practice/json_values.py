"""Domain values as plain JSON data and back, by their declared types: nothing is lost, nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from simulator.domain.errors import SimulatorError

Value = TypeVar("Value")


def to_json(value: object) -> Any:
    """A frozen dataclass, enum, tuple, frozenset or scalar as dicts, lists and scalars."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, (tuple, list)):
        return [to_json(each) for each in value]
    if isinstance(value, frozenset):
        return sorted(to_json(each) for each in value)
    return value


def from_json(kind: type[Value], data: Any) -> Value:
    """The value of type `kind` that `to_json` wrote.

    Fields that older data does not have take their default; unknown ones are passed over. Raises SimulatorError
    where the data does not fit.
    """
    try:
        value: Value = _build(kind, data)
    except (KeyError, TypeError, ValueError) as error:
        raise SimulatorError(f"What was stored is not a {kind.__name__}: {error}.") from None
    return value


def _build(kind: Any, data: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _build_union(get_args(kind), data)
    if origin is tuple:
        return _build_tuple(get_args(kind), data)
    if origin is frozenset:
        (inner,) = get_args(kind)
        return frozenset(_build(inner, each) for each in data)
    if is_dataclass(kind):
        return _build_dataclass(kind, data)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(data)
    if kind is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    if isinstance(kind, type) and not isinstance(data, kind):
        raise TypeError(f"{data!r} is not {kind.__name__}")
    return data


def _build_union(kinds: tuple[Any, ...], data: Any) -> Any:
    if data is None and type(None) in kinds:
        return None
    others = [kind for kind in kinds if kind is not type(None)]
    for kind in others[:-1]:
        try:
            return _build(kind, data)
        except (KeyError, TypeError, ValueError):
            continue
    return _build(others[-1], data)


def _build_tuple(kinds: tuple[Any, ...], data: Any) -> tuple[Any, ...]:
    if isinstance(data, (str, Mapping)):
        raise TypeError(f"{data!r} is not a list")
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_build(kinds[0], each) for each in data)
    return tuple(_build(kind, each) for kind, each in zip(kinds, data, strict=True))


def _build_dataclass(kind: Any, data: Any) -> Any:
    if not isinstance(data, Mapping):
        raise TypeError(f"{data!r} is not a mapping")
    hints = _hints(kind)
    return kind(**{name: _build(hint, data[name]) for name, hint in hints.items() if name in data})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
