"""Run the command line: `python -m sdp_matrix`."""

from sdp_matrix.cli import main

if __name__ == "__main__":
    main()
