"""The demo's sample wire: invented outlets, their documents at any instant, a loopback server."""
