"""What chat, command line and web ask for; reached by them, reaching the store by Protocols."""
