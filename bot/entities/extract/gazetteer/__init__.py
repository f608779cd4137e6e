"""Facts that rules lean on: names, titles, places, bodies, words that are no names."""


def words(listed: str) -> frozenset[str]:
    """The words of a list, parted by white space."""
    return frozenset(listed.split())


def phrases(listed: str) -> frozenset[str]:
    """The phrases of a list, one a line or parted by semicolons."""
    parts = (part.strip() for part in listed.replace("\n", ";").split(";"))
    return frozenset(part for part in parts if part)
