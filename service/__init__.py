"""Runs the packages: settings, database, sign-in, the application, the command line and the worker."""
