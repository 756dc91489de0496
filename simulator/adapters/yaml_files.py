"""YAML files as `Located` data. All scalars stay texts, so that `no` is the word and not a boolean."""

from __future__ import annotations

from pathlib import Path

import yaml

from simulator.domain.errors import BadInputError
from simulator.domain.located import Located

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
DEEPEST = 40


def load_yaml(path: Path) -> Located:
    """Read one YAML document.

    Raises BadInputError naming file and line for a missing or unreadable file, broken YAML, a key given twice,
    an alias (`*name`: not supported, so that no file can grow without bounds) and nesting deeper than 40.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise BadInputError(f"{path}: there is no such file.") from None
    except UnicodeDecodeError:
        raise BadInputError(f"{path}: is not UTF-8 text.", "Save it as UTF-8.") from None
    except OSError as error:
        raise BadInputError(f"{path}: cannot be read ({error.strerror}).") from None
    return parse_yaml(text, str(path))


def parse_yaml(text: str, file: str) -> Located:
    """The same for text already read; `file` is the name used in messages."""
    try:
        _refuse_aliases(text, file)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = getattr(mark, "line", 0) + 1
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "not YAML"
        raise BadInputError(f"{file}:{line}: is not valid YAML: {problem}.") from None
    except (RecursionError, ValueError):
        raise BadInputError(f"{file}:1: is not valid YAML.") from None
    if node is None:
        raise BadInputError(f"{file}:1: is empty.")
    return _located(node, file, "", 0)


def _refuse_aliases(text: str, file: str) -> None:
    if "*" not in text:
        return
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            line = getattr(event.start_mark, "line", 0) + 1
            raise BadInputError(f"{file}:{line}: aliases (*{event.anchor}) are not supported.")


def _located(node: yaml.Node, file: str, key: str, depth: int, key_line: int = 0) -> Located:
    """`key_line` is the line of the key, where there is one: a value may start a line below it."""
    line = node.start_mark.line + 1
    if depth > DEEPEST:
        raise BadInputError(f"{file}:{line}: {key}: is nested too deeply.")
    if isinstance(node, yaml.ScalarNode):
        return Located(node.value, file, key_line or line, key)
    if isinstance(node, yaml.SequenceNode):
        entries = [_located(child, file, f"{key}[{n}]", depth + 1) for n, child in enumerate(node.value, 1)]
        return Located(tuple(entries), file, key_line or line, key)
    return Located(_mapping(node, file, key, depth), file, key_line or line, key)


def _mapping(node: yaml.Node, file: str, key: str, depth: int) -> dict[str, Located]:
    children: dict[str, Located] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise BadInputError(f"{file}:{line}: {key}: a key must be a plain text.")
        name = key_node.value
        child = _located(value_node, file, f"{key}.{name}" if key else name, depth + 1, line)
        if name in children:
            raise Located(child.value, file, value_node.start_mark.line + 1, child.key).mistake("is given twice")
        children[name] = child
    return children
