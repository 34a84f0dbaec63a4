"""The functions of the commands; each loads, asks, views and delivers.

A module is imported when its command is called or completed. Functions import what only answering needs, so that TAB
and `--help` do not wait for it.
"""
