"""An HTTPS server with one page: the policy of MTA-STS (RFC 8461 §3.3)."""
import http.server
import ssl
import threading

PATH = "/.well-known/mta-sts.txt"
POLICY = "version: STSv1\r\nmode: {mode}\r\n{hosts}max_age: 86400\r\n"


class PolicyServer:
    """`fetched` counts how often it was asked; `posted` is what came by POST."""

    def __init__(self, address, pair, mode, hosts):
        self.text = POLICY.format(mode=mode, hosts="".join(f"mx: {host}\r\n" for host in hosts)).encode()
        self.fetched, self.posted = 0, []
        self.server = http.server.ThreadingHTTPServer((address, 443), self.handler())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pair.chain, pair.key)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def handler(self):
        served = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                served.fetched += 1
                self.send_response(200 if self.path == PATH else 404)
                self.send_header("Content-Type", "text/plain")
                self.send_header("Content-Length", str(len(served.text)))
                self.end_headers()
                self.wfile.write(served.text)

            def do_POST(self):
                served.posted.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(201)
                self.end_headers()

            def log_message(self, *_):
                """Nothing is written."""
        return Handler

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
