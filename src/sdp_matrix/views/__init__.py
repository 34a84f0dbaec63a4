"""From the domain to neutral tables, a function per view."""
