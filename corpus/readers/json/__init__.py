"""How does JSON become articles? An object a line, or one value."""
