"""What is counted: hits and what is held, concordances, collocations, trends, keywords (docs/counting.md)."""
