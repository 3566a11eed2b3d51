"""Files of other programs made into scenarios: one module or package a format."""
