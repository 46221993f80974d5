"""How do readers get their input? Bytes of files and members, in pieces, within limits; and as text."""
