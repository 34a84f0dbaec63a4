"""The functions of the commands; each loads, asks, views and delivers. Imported when a command is called."""
