"""How are arrays stored on disk? In files with checksums, mapped into memory, replaced atomically."""
