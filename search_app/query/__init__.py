"""What is asked? From typed text to a query: grammar, names, expansion, correction, completion."""
