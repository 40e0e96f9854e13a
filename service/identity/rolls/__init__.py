"""Lists of a school's learners: read, held against the roll, applied as they were shown."""
