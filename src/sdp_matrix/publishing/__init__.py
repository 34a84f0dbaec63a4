"""What leaves the program for readers elsewhere: export, explorer, plots and citation."""
