"""Notices: one row for each person told, read in the application, announced by mail, or printed by the school's secretary."""
