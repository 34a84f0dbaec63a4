"""One module a command; each loads, asks, views and delivers. Imported by name, when the command is called."""
