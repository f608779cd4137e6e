"""How good the judgements are: labels made before the code was tuned, and what is measured by them.

`labels/headlines.jsonl` and `labels/entries.jsonl` hold labels of development headlines and entries
by id alone; their text stays where it is. `labels/own.jsonl` holds headlines and ledes of our own
making, text and all; `labels/policy.jsonl` holds more of them, terse and near the border, and
`policy-articles.yaml` whole articles, both for relevance alone.
"""
