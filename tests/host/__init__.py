"""What code hosts run: make host."""
