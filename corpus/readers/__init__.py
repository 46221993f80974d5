"""How does each format become articles? One small file a format."""
