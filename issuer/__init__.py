"""Makes credentials: achievements, awards, status."""
