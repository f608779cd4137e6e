"""The one way in which a query is written down; reading it back gives the same tree."""

import re

from bot.watches.nodes import And, Near, Node, Not, Or, Relevance, Tag, Words

_BARE = re.compile(r"[^\W_][\w.'&+#%/-]*\*?")
OPERATORS = frozenset({"and", "or", "not"})


def canonical(node: Node) -> str:
    """The query as text: operators in capitals, every AND written, brackets only where needed."""
    match node:
        case Words():
            return ("title:" if node.title else "") + _quoted(node.text)
        case Tag():
            return f"{node.field}:{_quoted(node.value)}"
        case Relevance():
            return f"relevance{node.comparison}{node.value:g}"
        case Near():
            return f"{_operand(node.left)} NEAR/{node.within} {_operand(node.right)}"
        case Not():
            return f"NOT {_inside(node.node)}"
        case And() | Or():
            joint = " AND " if isinstance(node, And) else " OR "
            return joint.join(_inside(child) for child in node.nodes)


def _inside(node: Node) -> str:
    return f"({canonical(node)})" if isinstance(node, And | Or) else canonical(node)


def _operand(words: tuple[Words, ...]) -> str:
    written = " OR ".join(canonical(word) for word in words)
    return f"({written})" if len(words) > 1 else written


def _quoted(text: str) -> str:
    bare = _BARE.fullmatch(text) and text not in OPERATORS and not text.startswith("near/")
    return text if bare and text != "near" else f'"{text}"'
