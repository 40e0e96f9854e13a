"""Moving: everything of a learner's as one archive, and an archive of elsewhere into this wallet."""
