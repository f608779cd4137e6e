"""The way of the data, from a due feed to deliveries in the outbox.

    tick ─ due feeds ─▶ fetch ─▶ parse ─┐ many at once          polling.Poller
                                        ▼ one ingest lane       lane.Lane
      identify ─▶ judge ─▶ assign ─▶ store ─▶ route ─▶ commit   batch.BatchTaker

- `polling` fetches and reads due feeds; `outcome` says what a poll leaves behind.
- `lane` gives each batch of entries its transaction; memory follows the commit.
- `batch` takes one batch through the steps: `identify` tells new articles from known ones, `stages`
  recognise, score and summarise them (`judge` runs that in a thread), `changes` gathers what the
  stories become (`stories.telling`) and who may see more (`opening`); then all is written and
  routed.
- `ports` are what this asks of the database, the fetcher, routing and managers.
"""
