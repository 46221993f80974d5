"""How do documents become articles? One article per file: Word, PDF, Markdown, plain text."""
