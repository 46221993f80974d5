"""How are arrays kept on disk? In files that are checked, mapped into memory and replaced whole."""
