"""From a story that grew to the messages it makes: routing, digests, wording, and the outbox."""
