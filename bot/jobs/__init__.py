"""What makes the parts run: embedded in one process, by APScheduler's ticks."""
