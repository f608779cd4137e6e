"""Why a query does not hold of an article: each term that was missing, or that must not be there.

The words finish “it does not match: …”; they are for people, and name what the evaluator decided.
"""

from collections.abc import Sequence

from bot.model import ArticleKind, Judged
from bot.text.scan import Scanned
from bot.watches.evaluate import Evidence, evidence_for, holds
from bot.watches.names import language_name
from bot.watches.nodes import And, Near, Node, Not, Or, Relevance, Tag, Words
from bot.watches.query import Query
from bot.watches.reading import compared, listed, quoted, term

MOST = 4
"""Terms that are named; a query that lacks more than these is not about the article at all."""


def missing(query: Query, scanned: Scanned, judged: Judged) -> tuple[str, ...]:
    """What keeps the query from holding, at most `MOST`; empty when it holds.

    `scanned` comes from a scanner whose group is `query.literals()`.
    """
    evidence = evidence_for(query, scanned, judged)
    return tuple(dict.fromkeys(_against(query.root, evidence, judged)))[:MOST]


def _against(node: Node, evidence: Evidence, judged: Judged) -> list[str]:
    if holds(node, evidence):
        return []
    match node:
        case And():
            return [said for child in node.nodes for said in _against(child, evidence, judged)]
        case Or():
            return [_neither(node.nodes, evidence, judged)]
        case Not():
            return [_unwanted(node.node, evidence)]
        case _:
            return [_absent(node, evidence, judged)]


def _neither(nodes: Sequence[Node], evidence: Evidence, judged: Judged) -> str:
    """A choice of which no branch holds: its words together, else the branches that lack least."""
    named = [term(node) for node in nodes if isinstance(node, Words)]
    if len(named) == len(nodes):
        shown = [*named[:MOST], *([f"{len(named) - MOST} more"] if len(named) > MOST else [])]
        return f"neither {listed(shown, 'nor')} is in it"
    branches = [_against(node, evidence, judged) for node in nodes]
    return "; or ".join(", ".join(branch) for branch in sorted(branches, key=len)[:2])


def _absent(node: Words | Near | Tag | Relevance, evidence: Evidence, judged: Judged) -> str:
    match node:
        case Words(title=True):
            elsewhere = node.text in evidence.found
            return f"{quoted(node)} is not in the title" + ", only in the text" * elsewhere
        case Words():
            return f"{quoted(node)} is not in it"
        case Near():
            return _apart(node, evidence)
        case Relevance():
            return f"relevance {judged.relevance:.2f}, needed {compared(node)}"
        case Tag():
            return _other(node, judged)


def _apart(node: Near, evidence: Evidence) -> str:
    sides = [listed([quoted(word) for word in side], "or") for side in (node.left, node.right)]
    for side, said in zip((node.left, node.right), sides, strict=True):
        if not any(word.text in evidence.found for word in side):
            return f"{said} is not in it"
    words = "1 word" if node.within == 1 else f"{node.within} words"
    return f"{sides[0]} and {sides[1]} are more than {words} apart"


def _other(tag: Tag, judged: Judged) -> str:
    article, wanted = judged.article, term(tag)
    match tag.field:
        case "source":
            return f"it is from {article.outlet or 'an unnamed outlet'}, not from {wanted}"
        case "lang":
            language = language_name(article.language[:2].lower())
            return f"it is in {language}, not in {wanted}"
        case "kind":
            return f"it is {_a(article.kind)}, not {_a(ArticleKind(tag.value))}"
        case "topic":
            return f"it does not touch the topic {wanted}"
        case "entity":
            return f"{wanted} was not recognised in it"


def _unwanted(node: Node, evidence: Evidence) -> str:
    """What the query excludes and the article has."""
    match node:
        case Or():
            there = next(child for child in node.nodes if holds(child, evidence))
            return _unwanted(there, evidence)
        case Words():
            where = "in its title" if node.title else "in it"
            return f"{quoted(node)} is {where}, which the query excludes"
        case Tag(field="source"):
            return f"it is from {term(node)}, which the query excludes"
        case Tag():
            return f"{node.field} {term(node)}, which the query excludes"
        case Relevance():
            return f"relevance {evidence.relevance:.2f}, and {compared(node)} is excluded"
        case _:
            return "what the query excludes is in it"


def _a(kind: ArticleKind) -> str:
    words = {ArticleKind.OPINION: "an opinion piece", ArticleKind.EXPLAINER: "an explainer"}
    return words.get(kind, "news" if kind is ArticleKind.NEWS else f"a {kind.value}")
