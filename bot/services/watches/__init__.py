"""The watches of a channel or a person: tried on history, kept, listed and changed."""
