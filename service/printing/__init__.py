"""Documents on paper: PDF/A by Typst from our own templates and letters, with everything that people wrote as data alone."""
