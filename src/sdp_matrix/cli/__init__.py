"""The command `sdp`: arguments in, one call of the library, one table out."""

from sdp_matrix.cli.boundary import main

__all__ = ["main"]
