"""What a story becomes as reports join it, and who sees it how."""

from datetime import timedelta

from bot.alerts.view import view_of
from bot.model import StoryId, WorkspaceId
from bot.stories.telling import begun, joined
from tests.support.alerting import HOME, NOON, report

HOUR = timedelta(hours=1)


def test_a_storys_relevance_is_that_of_its_most_relevant_article() -> None:
    stands = begun(StoryId(1), report(1, relevance=0.6), None, NOON)
    stands = joined(stands, report(2, relevance=0.9), NOON)
    assert joined(stands, report(3, relevance=0.2), NOON).relevance == 0.9


def test_what_one_workspace_sees_shapes_nothing_for_others() -> None:
    private = {"shared": False, "workspaces": frozenset({HOME})}
    shared = report(1, at=NOON - 2 * HOUR, seen_at=NOON, relevance=0.6)
    own = report(2, at=NOON - 9 * HOUR, seen_at=NOON, relevance=0.9, **private)
    stands = joined(begun(StoryId(1), shared, None, NOON), own, NOON)
    assert (stands.relevance, stands.first_at, stands.best) == (0.6, NOON - 2 * HOUR, shared.id)
    theirs, ours = view_of(stands, WorkspaceId(7)), view_of(stands, HOME)
    assert theirs is not None
    assert (theirs.first_at, theirs.relevance, len(theirs.outlets)) == (NOON - 2 * HOUR, 0.6, 1)
    assert ours is not None
    assert (ours.first_at, len(ours.outlets)) == (NOON - 9 * HOUR, 2)
