"""How do tables become articles? A row an article, of text or of a database."""
