"""Measurements and slow proofs; their figures stand in docs/measurements.md. Not for users."""
