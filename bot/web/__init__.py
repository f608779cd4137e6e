"""The web server: health, metrics, and the routes that a platform hands it."""
