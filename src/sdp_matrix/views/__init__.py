"""From the domain to neutral tables, one function a view."""
