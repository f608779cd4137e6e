"""`python -m bot` is `policywire`."""

from bot.cli import main

if __name__ == "__main__":
    main()
