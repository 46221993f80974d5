"""How does what a reader found become a record? An article, or a refusal with its place."""
