"""Reading plain text: folding, the one pass for all literals, sentences, HTML."""
