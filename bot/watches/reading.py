"""A query in plain English, so that a person sees what the program understood."""

from collections.abc import Sequence

from bot.watches.names import language_name
from bot.watches.nodes import And, Comparison, Near, Node, Not, Or, Relevance, Tag, Words

_COMPARED: dict[Comparison, str] = {
    ">": "above",
    ">=": "of at least",
    "<": "below",
    "<=": "of at most",
    "=": "of exactly",
}

_Said = tuple[str, str]
"""A frame such as “are from {}” and what goes in; terms in one frame are said together."""

_WITHOUT = {
    "mention {}": "without {}",
    "have {} in the title": "without {} in the title",
    "have a relevance {}": "without a relevance {}",
    "touch the topic {}": "not on the topic {}",
    "are from {}": "not from {}",
    "are in {}": "not in {}",
    "are of the kind {}": "not of the kind {}",
}
_DENIED = {
    "mention {}": "do not mention {}",
    "have {} in the title": "do not have {} in the title",
    "have a relevance {}": "do not have a relevance {}",
    "touch the topic {}": "do not touch the topic {}",
    "are from {}": "are not from {}",
    "are in {}": "are not in {}",
    "are of the kind {}": "are not of the kind {}",
}


def reading(node: Node) -> str:
    """“stories that mention Anthropic and either “injunction” or “appeal”, not from Techmeme”."""
    parts = node.nodes if isinstance(node, And) else (node,)
    wanted = [part for part in parts if not isinstance(part, Not)]
    unwanted = [_without(part.node) for part in parts if isinstance(part, Not)]
    said = f"stories that {_together(wanted)}"
    return f"{said}, {listed(unwanted, 'and')}" if unwanted else said


def _together(nodes: Sequence[Node]) -> str:
    """All of `nodes`: those of one frame said together, in the order of their first."""
    by_frame: dict[str, list[str]] = {}
    for node in nodes:
        frame, thing = _said(node)
        by_frame.setdefault(frame, []).append(thing)
    return " and ".join(frame.format(listed(things, "and")) for frame, things in by_frame.items())


def _said(node: Node) -> _Said:
    """How a node is said after “stories that”."""
    match node:
        case Or():
            branches = [_said(child) for child in node.nodes]
            frames = {frame for frame, _thing in branches}
            if len(frames) == 1 and not any(isinstance(child, And | Or) for child in node.nodes):
                return frames.pop(), "either " + listed([thing for _f, thing in branches], "or")
            return "{}", "either " + listed([_branch(child) for child in node.nodes], "or")
        case And():
            return "{}", _together(node.nodes)
        case Not():
            frame, thing = _said(node.node)
            return (_DENIED[frame], thing) if frame in _DENIED else ("are not those that {}", thing)
        case _:
            return _term(node)


def _branch(node: Node) -> str:
    """One branch of a choice, in brackets when it is made of several."""
    frame, thing = _said(node)
    said = frame.format(thing)
    return f"({said})" if isinstance(node, And | Or) else said


def _without(node: Node) -> str:
    """What must not hold, said after what must."""
    frame, thing = _said(node)
    if isinstance(node, And | Or) or frame not in _WITHOUT:
        return f"not those that {frame.format(thing)}"
    return _WITHOUT[frame].format(thing)


def _term(node: Words | Near | Tag | Relevance) -> _Said:
    match node:
        case Words():
            return ("have {} in the title" if node.title else "mention {}"), quoted(node)
        case Near():
            words = "1 word" if node.within == 1 else f"{node.within} words"
            return "mention {}", f"{_operand(node.left)} within {words} of {_operand(node.right)}"
        case Relevance():
            return "have a relevance {}", compared(node)
        case Tag():
            return _tag(node)


def term(node: Words | Tag) -> str:
    """What a single term is called: “appeal”, NPR, German."""
    if isinstance(node, Words):
        return quoted(node) + " in the title" * node.title
    return language_name(node.value) if node.field == "lang" else node.shown or node.value


def compared(node: Relevance) -> str:
    """“above 0.6”."""
    return f"{_COMPARED[node.comparison]} {node.value:g}"


def _tag(tag: Tag) -> _Said:
    name = term(tag)
    match tag.field:
        case "source":
            return "are from {}", name
        case "entity":
            return "mention {}", name
        case "topic":
            return "touch the topic {}", name
        case "lang":
            return "are in {}", name
        case "kind":
            return "are of the kind {}", name


def quoted(words: Words) -> str:
    """A word or phrase as it was written, in quotes."""
    text = words.shown or words.text.removesuffix("*")
    return f"“{text}…”" if words.prefix else f"“{text}”"


def _operand(words: tuple[Words, ...]) -> str:
    said = listed([term(word) for word in words], "or")
    return f"either {said}" if len(words) > 1 else said


def listed(things: Sequence[str], joint: str) -> str:
    """“a, b and c”."""
    if len(things) < 3:
        return f" {joint} ".join(things)
    return ", ".join(things[:-1]) + f" {joint} {things[-1]}"
