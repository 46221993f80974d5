"""How does JSON become articles? As one object per line, or as one value."""
