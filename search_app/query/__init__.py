"""What does a typed query mean? Grammar, name tables, expansion, correction, relaxation and completion."""
