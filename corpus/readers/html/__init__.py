"""How does a newspaper's page become an article? From its bytes to its parts, one module per step."""
