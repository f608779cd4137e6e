"""How good the judgements are: labels made before the code was tuned, and what is measured by them.

`labels/headlines.jsonl`, `labels/entries.jsonl` and `labels/archive.jsonl` hold labels of what
others published by id alone; the text stays where it is. `labels/own.jsonl` holds headlines and
ledes of our own making, text and all; `labels/policy.jsonl` holds more of them, terse and near the
border, and `policy-articles.yaml` whole articles, both for relevance alone.
"""
