"""Which articles are one story? Reprints found by their text, verified, grouped around who printed first."""
