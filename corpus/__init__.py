"""What is an article, and how is it imported? This package knows nothing of searching and of the web."""
