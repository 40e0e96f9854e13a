"""The home school's recognition of results earned elsewhere: DOMAIN rules as states, comparison, decision."""
