"""Runs the packages: settings, database, sign-in, the application, the command line and the worker.

Before anything else is loaded, looking for lost cycles is made seldom: loading makes hundreds of thousands of objects that all
stay, and looking through them again and again was nearly half of the start. Requests leave few cycles.
"""

import gc

_COLLECTIONS = (50_000, 20, 50)  # new objects, and then how many collections of the young before one of the older
gc.set_threshold(*_COLLECTIONS)
