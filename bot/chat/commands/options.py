"""Options that several commands take alike."""

from bot.chat.registry import Option, OptionKind

ABOUT = Option(
    name="about",
    kind=OptionKind.ABOUT,
    help="an entity, topic, outlet or seed story; else words to search for",
    wide=True,
)
