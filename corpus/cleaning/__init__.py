"""How does the text of a page become an article? Small rules, one a file, that lose no line."""
