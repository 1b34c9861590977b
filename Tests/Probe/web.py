"""A web server: for autoconfiguration, and where none should be."""
import email.utils
import time

LOGIN_PAGE = "https://login.hotspot.example/"


class HTTP:
    """`pages`: {path without query: text}; `location`: what every other path leads to; `skew`: seconds the clock is off."""

    def __init__(self, wire, pages=None, location=None, skew=0):
        self.wire, self.pages, self.location, self.skew = wire, pages or {}, location, skew

    def run(self):
        self.wire.pending += self.wire.receive()
        if not self.wire.pending[:1].isalpha():  # a ClientHello, say: as nginx does it
            return self.answer("400 Bad Request", "What was that?\n")
        request = self.wire.line().decode(errors="replace").split(" ")
        if len(request) < 3 or not request[2].startswith("HTTP/"):
            return self.answer("400 Bad Request", "What was that?\n")
        while self.wire.line():
            pass
        page = self.pages.get(request[1].partition("?")[0])
        if page is not None:
            return self.answer("200 OK", page, "application/xml")
        if self.location:
            return self.answer("302 Found", "Log in first\n", location=self.location)
        return self.answer("404 Not Found", "Not here\n")

    def answer(self, status, text, kind="text/html", location=None):
        date = email.utils.formatdate(time.time() + self.skew, usegmt=True)
        fields = [f"HTTP/1.1 {status}", f"Date: {date}", "Server: fixture", f"Content-Type: {kind}",
                  f"Content-Length: {len(text.encode())}", "Connection: close"]
        self.wire.say(*fields, *([f"Location: {location}"] if location else []), "")
        self.wire.send(text)
