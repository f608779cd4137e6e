"""How good the judgements are: labels made before the code was tuned, and what is measured by them.

`labels/headlines.jsonl` holds labels of development headlines by id alone; their text stays where
it is. `labels/own.jsonl` holds headlines and ledes of our own making, text and all.
"""
