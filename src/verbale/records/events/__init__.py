"""Event data that others coded (GDELT, ICEWS, POLECAT, Phoenix, UCDP) in the shape of our own events, read as streams."""
