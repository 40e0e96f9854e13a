"""Judges credentials: checks, verdicts, trust; `verifier.credit` is the home school's recognition (зачёт результатов)."""
