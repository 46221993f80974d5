"""How does the text of a page become an article? By small rules, one per file, that lose no line."""
