"""Draw the headlines to label, from those that may name a tracked entity or AI.

    python -m bench.quality.draw [--data ../shared/data]

What may name one is decided by a broad list of stems of its own, never by our recogniser or its
catalog: so what the recogniser misses is in the sample too. The seed is fixed and the candidates
are sorted by id, so the same data give the same draw. Few of those 300 are about AI policy, so all
the others that name AI and a word of policy make a second sample, counted by itself.
"""

import argparse
import hashlib
import json
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Half = Literal["seen", "count-only"]
Sample = Literal["named", "policy"]

SEED = 20260304
COUNT = 300
DEK = 1000
"""Code points of a dek that count: what was read for the labels; some deks are whole articles."""

_NAMES = (
    r"AMD|IBM|AWS|EU|UN|U\.N|NATO|Nato|FTC|FCC|SEC|FDA|DOJ|DoJ|DOD|DoD|DHS|ICE|NSA|CIA|NIST|CMA|ICO|"
    r"DPA|DSA|DMA|GDPR|RAND|EFF|ACLU|GSA|CISA|DARPA|Xi|Apple|Intel|Meta|Amazon|Oracle|Tesla|Senate|"
    r"Congress|Commerce|Huang|Vance"
)
_ENTITIES = r"""
    autonomous|surveillance|data cent|datacent|semiconductor|chip|gpu|export control|humanoid|
    google|alphabet|pichai|hassabis|microsoft|nadella|facebook|zuckerberg|bedrock|nvidia|palantir|karp\b|
    anduril|luckey|alibaba|bytedance|tencent|baidu|huawei|tsmc|taiwan semi|asml|coreweave|spacex|
    twitter|musk\b|tiktok|samsung|andreessen|a16z|thiel|stargate|lehane|brockman|
    pentagon|hegseth|department of|defense|defence|white house|trump|biden|oval office|federal|
    government|capitol|lawmaker|supreme court|appeals court|judge|justice department|attorney|
    legislat|statehouse|homeland|customs enforcement|copyright|patent and|patent office|european|
    brussels|commission|parliament|mep\b|meps\b|downing|whitehall|ofcom|starmer|macron|kyle\b|
    house of (?:lords|commons|rep)|kendall|von der leyen|virkkunen|beijing|chinese|modi\b|
    united nations|oecd|unesco|omnibus|section 230|online safety|kids online|chips act|
    first amendment|constitution|sb 53|raise act|take it down|no fakes|newsom|hochul|desantis|
    polis\b|abbott|wiener|bores\b|cruz\b|hawley|blackburn|cantwell|mark warner|sen\. warner|
    warren\b|schumer|sanders|markey|wyden|sacks|kratsios|krishnan|lutnick|rubio|bessent|bondi|
    emil michael|dean ball|brendan carr|jack clark|ferguson|khan\b|paxton|bonta|
    supply.chain risk|red line|ipo\b
"""
_AI = r"""
    artificial intelligence|chatbot|deepfake|language model|machine learning|neural|algorithm|
    agentic|superintelligen|generative|facial recognition|face recognition|self-driving|
    driverless|robotaxi|anthropic|claude|amodei|openai|open ai|altman|chatgpt|codex|sora\b|
    deepmind|gemini|copilot|llama|lecun|scale ai|mistral|deepseek|perplexity|cohere\b|
    hugging face|qwen|seedance|moonshot|kimi\b|minimax|zhipu|z\.ai|character\.ai|character ai|
    clearview|stability ai|midjourney|thinking machines|murati|sutskever|xai|grok|hinton|bengio|
    maven|genai|ai act|frontier model
"""
_AI_NAMES = r"A\.?I|AIs|AGI|LLMs?|GPT"
_POLICY = r"""
    regulat|law\b|laws\b|lawsuit|sue\b|sues|sued|suing|court|judge|jury|trial|legal|ban\b|bans|
    bill\b|senat|congress|lawmaker|minister|government|federal|pentagon|defen[sc]e|military|
    white house|trump|governor|mayor|city|council|county|state\b|police|school|election|
    super pac|pac\b|lobby|politic|vote|tariff|export|sanction|china|chinese|eu\b|europe|brussels|
    antitrust|watchdog|probe|investigat|fine\b|fined|copyright|privacy|surveil|safety|rights|
    child|teen|power|energy|electric|residents|protest|policy|policies|rules|summit|attorney|
    weapon|war\b|security|supply chain|treaty|nation
"""


def _pattern(stems: str, names: str) -> str:
    return rf"\b(?:{names})\b|(?i:\b(?:{''.join(stems.split(chr(10))).replace('    ', '')}))"


_NAMED = re.compile(_pattern(_ENTITIES, _NAMES))
_OF_AI = re.compile(_pattern(_AI, _AI_NAMES))
_OF_POLICY = re.compile(_pattern(_POLICY, r"UN|FTC|DOJ|DHS|ICE"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """One development headline with its dek."""

    id: str
    title: str
    text: str


def read_headlines(data: Path) -> list[Headline]:
    """The development headlines, sorted by id; FileNotFoundError where they are not."""
    path = data / "headlines-2026" / "items.jsonl"
    found: dict[str, Headline] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        item: Mapping[str, str | None] = json.loads(line)
        key = str(item["id"])
        found[key] = Headline(id=key, title=item["title"] or "", text=(item["dek"] or "")[:DEK])
    return [found[key] for key in sorted(found)]


def half_of(item: str) -> Half:
    """Whether errors on this item may be looked at, or only counted."""
    return "seen" if hashlib.sha256(item.encode()).digest()[0] % 2 == 0 else "count-only"


def draw(headlines: Sequence[Headline]) -> Mapping[Sample, list[Headline]]:
    """Both samples, each in the order of its draw; no headline is in two."""
    spoken = [(one, f"{one.title}\n{one.text}") for one in headlines]
    named = [one for one, said in spoken if _NAMED.search(said) or _OF_AI.search(said)]
    first = random.Random(SEED).sample(named, min(COUNT, len(named)))
    taken = {one.id for one in first}
    policy = [
        one
        for one, said in spoken
        if one.id not in taken and _OF_AI.search(said) and _OF_POLICY.search(said)
    ]
    return {"named": first, "policy": policy}


def main() -> None:
    """Print the drawn headlines as JSON lines, to be read and labelled."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    asked = parser.parse_args()
    for sample, drawn in draw(read_headlines(asked.data)).items():
        for one in drawn:
            item = {"sample": sample, "id": one.id, "title": one.title, "text": one.text}
            print(json.dumps(item, ensure_ascii=False))


if __name__ == "__main__":
    main()
