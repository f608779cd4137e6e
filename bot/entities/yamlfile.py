"""YAML files of settings, read so that every problem can be told with its file and line."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import yaml

from bot.errors import ConfigError

Choice = TypeVar("Choice", bound=StrEnum)

# Ten times as fast where PyYAML was built with its C library, and the same otherwise.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece of a YAML file that knows where it stands; each reader raises ConfigError."""

    path: Path
    node: yaml.Node

    @property
    def line(self) -> int:
        """Its line, from 1."""
        return int(self.node.start_mark.line) + 1

    def error(self, problem: str) -> ConfigError:
        """The error to raise for something wrong with this piece."""
        return ConfigError(self.path, problem, self.line)

    def mapping(self, known: Collection[str] | None = None) -> dict[str, "Marked"]:
        """Its keys and values; refuses a key that comes twice, or is not among `known`."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.error("expected keys with values here")
        found: dict[str, Marked] = {}
        for key_node, value_node in self.node.value:
            marked = Marked(self.path, key_node)
            key = marked.text()
            if known is not None and key not in known:
                raise marked.error(f"unknown key “{key}”; known are {', '.join(sorted(known))}")
            if key in found:
                raise marked.error(f"“{key}” stands here twice")
            found[key] = Marked(self.path, value_node)
        return found

    def items(self) -> list["Marked"]:
        """The items of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.error("expected a list here")
        return [Marked(self.path, node) for node in self.node.value]

    def text(self) -> str:
        """A non-empty text, as written (`no` and `1.10` stay what they are)."""
        if not isinstance(self.node, yaml.ScalarNode) or not str(self.node.value).strip():
            raise self.error("expected a text here")
        return str(self.node.value).strip()

    def texts(self) -> tuple[str, ...]:
        """A list of texts, or one text alone."""
        if isinstance(self.node, yaml.ScalarNode):
            return (self.text(),)
        return tuple(item.text() for item in self.items())

    def flag(self) -> bool:
        """True or false."""
        typed = self.text().lower()
        if typed not in {"true", "false"}:
            raise self.error(f"expected true or false, not “{typed}”")
        return typed == "true"

    def number(self) -> float:
        """A number."""
        typed = self.text()
        try:
            return float(typed)
        except ValueError:
            raise self.error(f"expected a number, not “{typed}”") from None

    def choice(self, kind: type[Choice]) -> Choice:
        """One of an enumeration's words."""
        typed = self.text()
        try:
            return kind(typed)
        except ValueError:
            words = ", ".join(each.value for each in kind)
            raise self.error(f"“{typed}” is none of {words}") from None


def read_yaml(path: Path) -> Marked:
    """The file's content; ConfigError where it cannot be read or is no YAML."""
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(path, f"cannot be read: {error}") from error
    try:
        node = yaml.compose(source, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise ConfigError(path, f"no YAML: {error.problem}", line) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ConfigError(path, f"no YAML: {error}") from error
    if node is None:
        raise ConfigError(path, "the file is empty", 1)
    return Marked(path, node)
