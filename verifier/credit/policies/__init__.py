"""A school's policy of credit as people see and change it: editions with the act that adopted them, the form, what it changes."""
