"""Sets of token positions as numbers, with the bit n set where token n is in the set.

So a pattern is tried from all positions of a reply at once, by a handful of operations on numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Positions = int


def positions_of(tokens: Iterable[int]) -> Positions:
    positions = 0
    for at in tokens:
        positions |= 1 << at
    return positions


def where(flags: Iterable[bool]) -> Positions:
    """The positions of those flags that are set."""
    return positions_of(at for at, flag in enumerate(flags) if flag)


def each(positions: Positions) -> Iterator[int]:
    """The positions one by one, in order."""
    while positions:
        lowest = positions & -positions
        yield lowest.bit_length() - 1
        positions ^= lowest


def first_of(positions: Positions) -> int:
    return (positions & -positions).bit_length() - 1


def last_of(positions: Positions) -> int:
    return positions.bit_length() - 1
