"""What do readers read? Bytes of files and members, in pieces, within limits, as text."""
