"""What an article is, and how it gets in. Knows no search and no web."""
