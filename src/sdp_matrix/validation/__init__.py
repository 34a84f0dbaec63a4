"""Rules that data files have to follow, and reports of what breaks them."""
