"""How does text become an index, and how is an index searched? This package knows nothing of the web."""
