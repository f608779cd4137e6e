"""Where an outlet's clocks stand: “by Friday, 5 p.m.” in its pages means its own zone."""

from datetime import tzinfo
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

# The zone of a country's capital or of most of its press, by the end of a host's name.
_BY_COUNTRY = {
    "uk": "Europe/London", "ie": "Europe/Dublin", "eu": "Europe/Brussels", "be": "Europe/Brussels",
    "de": "Europe/Berlin", "at": "Europe/Vienna", "ch": "Europe/Zurich", "fr": "Europe/Paris",
    "it": "Europe/Rome", "es": "Europe/Madrid", "pt": "Europe/Lisbon", "nl": "Europe/Amsterdam",
    "pl": "Europe/Warsaw", "cz": "Europe/Prague", "se": "Europe/Stockholm", "no": "Europe/Oslo",
    "dk": "Europe/Copenhagen", "fi": "Europe/Helsinki", "gr": "Europe/Athens",
    "ua": "Europe/Kyiv", "tr": "Europe/Istanbul", "il": "Asia/Jerusalem", "in": "Asia/Kolkata",
    "cn": "Asia/Shanghai", "hk": "Asia/Hong_Kong", "tw": "Asia/Taipei", "jp": "Asia/Tokyo",
    "kr": "Asia/Seoul", "sg": "Asia/Singapore", "au": "Australia/Sydney", "nz": "Pacific/Auckland",
    "za": "Africa/Johannesburg", "ng": "Africa/Lagos", "ke": "Africa/Nairobi",
    "br": "America/Sao_Paulo", "mx": "America/Mexico_City", "ca": "America/Toronto",
}  # fmt: skip
# Well-known outlets whose names end in no country.
_BY_HOST = {
    "bbc.com": "Europe/London", "theguardian.com": "Europe/London", "ft.com": "Europe/London",
    "economist.com": "Europe/London", "dw.com": "Europe/Berlin", "euractiv.com": "Europe/Brussels",
    "scmp.com": "Asia/Hong_Kong", "latimes.com": "America/Los_Angeles",
    "sfchronicle.com": "America/Los_Angeles", "anthropic.com": "America/Los_Angeles",
    "openai.com": "America/Los_Angeles",
}  # fmt: skip
_ELSEWHERE = "America/New_York"
"""Most press on the policy of AI without a country in its name is of the US East."""


def zone_of_outlet(url: str | None) -> tzinfo:
    """The zone of the outlet at this address, by its host."""
    try:
        host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    site = ".".join(host.split(".")[-2:])
    name = _BY_HOST.get(site) or _BY_COUNTRY.get(host.rpartition(".")[2]) or _ELSEWHERE
    return ZoneInfo(name)
