"""How does what a reader read become a record? An article, or a refusal with its place."""
