"""How do tables become articles? One article per row, of a text or of a database."""
