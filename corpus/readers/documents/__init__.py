"""How do documents become articles? One file, one article: Word, PDF, Markdown, plain text."""
