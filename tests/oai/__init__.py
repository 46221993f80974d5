"""Is the archive harvested by OAI-PMH as the protocol says?"""
