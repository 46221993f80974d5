"""How text becomes an index, and how an index is asked. Knows no web."""
