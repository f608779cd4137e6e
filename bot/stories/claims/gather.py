"""The claims of a story, from the texts of its reports."""

from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz

from bot.model import ArticleKind, Report
from bot.stories.claims.disputes import Stated, claim, disputes_in
from bot.stories.claims.statements import statements_of
from bot.stories.claims.values import ClaimKind, Claims

_ALIKE = 90
"""From so much likeness of their words (of 100) two quotations are of one utterance."""


def claims_of(reports: Sequence[Report]) -> Claims:
    """What these reports state; a pure function of their texts, in order of arrival.

    Only news states anything: opinion and roundups repeat figures of other events. A story whose
    texts are no longer kept has the claims of its headlines.
    """
    news = [report for report in reports if report.judged.article.kind is ArticleKind.NEWS]
    stated = [
        Stated(report, statement)
        for report in sorted(news, key=lambda report: report.id)
        for statement in statements_of(report.judged.article.title, report.judged.article.text)
    ]
    groups: defaultdict[tuple[ClaimKind, str], list[Stated]] = defaultdict(list)
    for one in stated:
        groups[one.statement.kind, _key(one, groups)].append(one)
    claims = [claim(group) for group in groups.values()]
    claims.sort(key=lambda one: (-one.origins(), -len(one.printed)))
    return Claims(claims=tuple(claims), disputes=tuple(disputes_in(stated)))


def _key(one: Stated, groups: defaultdict[tuple[ClaimKind, str], list[Stated]]) -> str:
    """The statement's key, or for a quotation that of the fuller one that holds or resembles it."""
    key = one.statement.key
    if one.statement.kind is not ClaimKind.QUOTATION:
        return key
    for kind, known in groups:
        if kind is ClaimKind.QUOTATION and (
            key in known or known in key or fuzz.ratio(key, known) >= _ALIKE
        ):
            return known
    return key
