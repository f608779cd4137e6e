"""Long replies and digests in pages."""

from datetime import timedelta

from tests.support.discord.server import Server, shown


async def test_long_replies_have_pages_for_whoever_asked(server: Server) -> None:
    for number in range(20):
        await server.office.publish(f"Ruling {number}: " + "a long headline " * 40)
    reply = await server.reader.slash(server.policy, "latest", count=20)
    assert reply.response is not None
    first = shown(reply)
    await server.reader.click(reply.response, label="›")
    second = shown(reply)
    assert second != first
    stranger = await server.chief.click(reply.response, label="›")
    assert stranger.ephemeral
    assert "belong to whoever asked" in shown(stranger)
    await server.reader.click(reply.response, label="‹")
    assert shown(reply) == first
    await server.restart()
    closed = await server.reader.click(reply.response, label="›")
    assert "Ask again" in shown(closed)


async def test_a_digest_has_pages_for_everyone_alone(server: Server) -> None:
    await server.manager.slash(server.policy, "subscribe", to="all", mode="daily")
    for number in range(15):
        await server.office.publish(f"Ruling {number}")
    await server.digest(timedelta(days=1))
    await server.deliver()
    message = server.policy.last_message
    assert message is not None
    assert "Daily digest: 15 stories" in shown(message)
    await server.restart()
    more = await server.reader.click(message, label="Page 2 of 2 ›")
    assert more.ephemeral
    assert "Daily digest: 15 stories (continued)" in shown(more)
    assert "Ruling 14" in shown(more)
