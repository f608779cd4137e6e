"""Counts a day as a picture, as characters, and in words for who sees neither.

The font is ours to ship (fonts/LICENSE): a server need have none.
"""
