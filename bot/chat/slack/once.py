"""What was answered already: Slack sends an envelope again where an acknowledgement was lost."""

from collections import OrderedDict

REMEMBERED = 5_000


class Once:
    """Knows the names of the latest requests."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, None] = OrderedDict()

    def again(self, name: str) -> bool:
        """Whether this request came before; a request without a name is always new."""
        if not name:
            return False
        if name in self._seen:
            return True
        self._seen[name] = None
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return False
