"""Discord: what is said as embeds, posting by REST, and the gateway that takes commands."""
