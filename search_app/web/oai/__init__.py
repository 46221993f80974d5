"""How do libraries harvest the archive? By OAI-PMH 2.0 (openarchives.org/OAI/openarchivesprotocol.html)."""
