"""What Slack makes of a typed line, undone: entities, mentions, links and smart quotes."""

import re

_TOKEN = re.compile(r"<([^<>]+)>")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'"})


def as_typed(text: str) -> str:
    """The line as the person meant it; channels, members and groups stay ids (`<#C1>`, `<@S1>`)."""
    plain = _TOKEN.sub(lambda match: _meant(match[1]), text)
    # Slack writes these three as entities; the ampersand's last, or `&amp;lt;` would become `<`.
    plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return plain.translate(_QUOTES).strip()


def _meant(token: str) -> str:
    value, _, label = token.partition("|")
    if value.startswith("!subteam^"):
        return f"<@{value.removeprefix('!subteam^')}>"
    if value.startswith(("@", "#")):
        return f"<{value}>"
    if value.startswith("!"):
        return "@" + value[1:].partition("^")[0]
    if value.startswith(("http://", "https://")):
        return value
    if value.startswith("mailto:"):
        return label or value.removeprefix("mailto:")
    return f"<{token}>"
