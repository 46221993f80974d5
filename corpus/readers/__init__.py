"""How does each format become articles? One module per format."""
