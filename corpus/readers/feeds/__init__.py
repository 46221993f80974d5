"""How do feeds become articles? One article per entry that has an article's text."""
