"""Which units has a query in this archive? By its own tables, and by its corpus or the shipped word model."""
