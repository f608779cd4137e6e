"""Builds the parts for a role and runs them: the only place that knows every part."""
