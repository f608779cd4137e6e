"""Which stories a language model is asked about, and how often."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, cast

import pytest

from bot.alerts.retelling import Budget, Limits, Reteller
from bot.clock import SteppedClock
from bot.model import (
    Alert,
    AlertState,
    ArticleId,
    Delivery,
    DeliveryId,
    Story,
    StoryId,
)
from tests.support.reports import NOON, judged, report

TEXT = "Council members in Calder voted on Tuesday to forbid face recognition on city buses."
RETOLD = "Calder’s council voted on Tuesday to forbid face recognition on buses."


@dataclass
class Model:
    asked: int = 0
    let_go: asyncio.Event | None = None
    called: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, instructions: str, asked: str) -> str:
        self.asked += 1
        self.called.set()
        if self.let_go is not None:
            await self.let_go.wait()
        return RETOLD


@dataclass
class Rows:
    """One story and its alerts, as the store would give them."""

    story: Story
    states: Sequence[AlertState] = (AlertState.QUEUED,)
    retold: list[tuple[str, ...]] = field(default_factory=list)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Any]:
        yield None

    write = read

    async def load(self, _: Any, ids: Iterable[StoryId]) -> dict[StoryId, Story]:
        return {self.story.id: self.story}

    async def retell(
        self, _: Any, story: StoryId, before: Sequence[str], after: tuple[str, ...]
    ) -> None:
        assert tuple(before) == self.story.summary
        self.retold.append(after)

    async def carried_by(self, _: Any, delivery: DeliveryId) -> list[Alert]:
        return self._alerts()[:1]

    async def for_stories(self, _: Any, stories: Iterable[StoryId]) -> list[Alert]:
        return self._alerts()

    def _alerts(self) -> list[Alert]:
        return [cast("Alert", _Told(self.story.id, state)) for state in self.states]


@dataclass
class _Told:
    story: StoryId
    state: AlertState


def story(*, only_for: Sequence[int] = ()) -> Story:
    of = judged("Calder bans scans", TEXT, summary=(TEXT,), only_for=only_for)
    return Story(
        id=StoryId(1),
        reports=(report(1, of),),
        title="Calder bans scans",
        summary=(TEXT,),
        first_at=NOON,
        last_at=NOON,
        best=ArticleId(1),
    )


def reteller(rows: Rows, model: Model) -> Reteller:
    parts: Any = rows
    return Reteller(model=model, store=parts, alerts=parts, stories=parts, clock=SteppedClock(NOON))


DELIVERY = cast("Delivery", type("D", (), {"id": DeliveryId(1)})())


async def test_an_untold_story_is_retold() -> None:
    rows, model = Rows(story()), Model()
    await reteller(rows, model).before_post(DELIVERY)
    assert rows.retold == [(RETOLD,)]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(Rows(story(only_for=[7])), id="what-one-workspace-reads"),
        pytest.param(Rows(story(), states=[AlertState.QUEUED, AlertState.TOLD]), id="told"),
        pytest.param(Rows(replace(story(), summary=())), id="without-a-text"),
        pytest.param(Rows(story(), states=[]), id="carries-nothing"),
    ],
)
async def test_is_not_asked_about(rows: Rows) -> None:
    model = Model()
    await reteller(rows, model).before_post(DELIVERY)
    assert model.asked == 0


async def test_posts_at_once_wait_for_one_answer() -> None:
    rows, model = Rows(story()), Model(let_go=asyncio.Event())
    asks = reteller(rows, model)
    async with asyncio.TaskGroup() as group:
        waiting = [group.create_task(asks.before_post(DELIVERY)) for _ in range(3)]
        await model.called.wait()
        assert not any(task.done() for task in waiting)
        assert model.let_go is not None
        model.let_go.set()
    assert model.asked == 1
    assert len(rows.retold) == 1


def test_a_day_ends_at_midnight_utc() -> None:
    budget = Budget(Limits(requests_a_day=1))
    assert budget.spend(NOON)
    assert not budget.spend(NOON + timedelta(hours=11))
    assert budget.spend(NOON + timedelta(hours=12))
