"""What is the right answer? The reference engine: small, written to be read; others must agree with it."""
