import pytest

from bot.feeds.variants import leads_on, pasted_address, variants

PAGE = "https://www.npr.example/2026/story?id=7"


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://m.npr.example/2026/story?id=7", id="phone"),
        pytest.param("https://amp.www.npr.example/2026/story?id=7", id="amp-host"),
        pytest.param("https://www.npr.example/amp/2026/story?id=7", id="amp-before"),
        pytest.param("https://www.npr.example/2026/story/amp/?id=7", id="amp-behind"),
        pytest.param("https://www.npr.example/2026/story.amp?id=7", id="amp-ending"),
        pytest.param("https://www.npr.example/2026/story?id=7&outputType=amp", id="amp-parameter"),
        pytest.param("https://www.npr.example/2026/story/?id=7", id="slash"),
        pytest.param(
            "https://www-npr-example.cdn.ampproject.org/c/s/www.npr.example/2026/story?id=7",
            id="amp-cache",
        ),
        pytest.param("https://www.google.com/amp/s/www.npr.example/2026/story?id=7", id="viewer"),
        pytest.param(
            "https://web.archive.org/web/20260219000000/https://www.npr.example/2026/story?id=7",
            id="archive",
        ),
    ],
)
def test_one_of_the_forms_is_the_page_that_feeds_list(url: str) -> None:
    found = {form.replace("://npr", "://www.npr") for form in variants(url)}
    assert PAGE in found
    assert len(found) <= 40


@pytest.mark.parametrize(
    ("url", "other"),
    [
        pytest.param(PAGE, "https://www.npr.example/2026/story?id=8", id="another-number"),
        pytest.param(PAGE, "https://www.npr.example/2026", id="folder"),
        pytest.param("https://m.example/a", "https://example/a", id="short-domain"),
        pytest.param("https://npr.example/camp", "https://npr.example/c", id="word-with-amp"),
    ],
)
def test_none_of_the_forms_is_another_page(url: str, other: str) -> None:
    assert other not in variants(url)


def test_the_address_itself_comes_first() -> None:
    assert variants(f"{PAGE}&utm_source=x#top")[0] == PAGE
    assert variants("not an address") == ()


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(f"<{PAGE}>", id="angled"),
        pytest.param(f"<{PAGE}|npr.example>", id="angled-with-label"),
        pytest.param(f"[Story]({PAGE})", id="linked"),
        pytest.param(f" “{PAGE}”, ", id="quoted"),
    ],
)
def test_the_address_of_a_chat_message(typed: str) -> None:
    assert pasted_address(typed) == PAGE


def test_a_shorteners_address_leads_on() -> None:
    assert leads_on("https://t.co/abc")
    assert leads_on("https://www.bit.ly/x")
    assert not leads_on("https://scot.co/abc")
