"""What people type and press, and what they see: commands once for all platforms, and the console.

A platform is a folder beside this file; it renders Messages and posts them, and turns what its
people type and press into Calls.
"""
