"""A school's curricula: components in dated versions, directories of outcomes, files that bring them, plans of learners."""
