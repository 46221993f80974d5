"""What is the right answer? The reference engine: small, written to be read, held against all others."""
