"""What a pattern needs in a reply to match there at all, so that most patterns need not be tried."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from simulator.wording.matching import Absent, Chain, Choice, Edge, Leaf, Node


@dataclass(frozen=True, slots=True)
class Rarest:
    """Leaves of which a node needs one, and how common they are together."""

    commonness: int
    leaves: tuple[Leaf, ...]


def leaves_of(node: Node) -> list[Leaf]:
    """All leaves, each as often as it is there."""
    found: list[Leaf] = []
    nodes = [node]
    while nodes:
        part = nodes.pop()
        if isinstance(part, Leaf):
            found.append(part)
        elif isinstance(part, (Chain, Choice)):
            nodes.extend(part.nodes)
        elif isinstance(part, Absent):
            nodes.append(part.node)
    return found


def required_leaves(node: Node) -> frozenset[Leaf]:
    """Leaves without which the node cannot match."""
    if isinstance(node, Leaf):
        return frozenset((node,))
    if isinstance(node, Chain):
        return frozenset().union(*map(required_leaves, node.nodes))
    if isinstance(node, Choice) and not node.optional:
        common = required_leaves(node.nodes[0])
        for part in node.nodes[1:]:
            if not common:
                break
            common &= required_leaves(part)
        return common
    return frozenset()


def rarest_leaves(node: Node, commonness: Mapping[Leaf, int]) -> Rarest | None:
    """Of all sets of leaves of which the node needs one, the least common; None where it needs none."""
    if isinstance(node, Leaf):
        return Rarest(commonness[node], (node,))
    if isinstance(node, Chain):
        rarest = [found for part in node.nodes if (found := rarest_leaves(part, commonness))]
        return min(rarest, key=lambda found: found.commonness, default=None)
    if isinstance(node, Choice) and not node.optional:
        options = [rarest_leaves(part, commonness) for part in node.nodes]
        needed = [found for found in options if found]
        if len(needed) == len(options):
            leaves = dict.fromkeys(leaf for found in needed for leaf in found.leaves)
            return Rarest(sum(commonness[leaf] for leaf in leaves), tuple(leaves))
    return None


def first_leaves(node: Node) -> frozenset[Leaf] | None:
    """The leaves a match can begin with; None where it may begin with anything."""
    if isinstance(node, Leaf):
        return frozenset((node,))
    if isinstance(node, Choice):
        return None if node.optional else _joined(map(first_leaves, node.nodes))
    return _first_of_chain(node) if isinstance(node, Chain) else None


def _first_of_chain(chain: Chain) -> frozenset[Leaf] | None:
    found: set[Leaf] = set()
    for part in chain.nodes:
        if isinstance(part, (Edge, Absent)):
            continue
        optional = isinstance(part, Choice) and part.optional
        leaves = _joined(map(first_leaves, part.nodes)) if isinstance(part, Choice) else first_leaves(part)
        if leaves is None:
            return None
        found |= leaves
        if not optional:
            return frozenset(found)
    return None


def _joined(parts: Iterable[frozenset[Leaf] | None]) -> frozenset[Leaf] | None:
    found: set[Leaf] = set()
    for leaves in parts:
        if leaves is None:
            return None
        found |= leaves
    return frozenset(found)
