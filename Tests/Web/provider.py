"""An OpenID provider (idpyoidc) on loopback, for the browser and the server under test.

provider.py PORT CERTIFICATE KEY REDIRECT FOLDER: one JSON line when it is open. People are u00001 ... with the password cid-u00001 ...,
and `stranger`, who has no mail account. A request to /trick?NAME changes what it does next:
  expired, other-audience, other-nonce, unsigned, other-key  what the next identity token says, or who signs it
  elliptic                                                    it is right, and signed with the other kind of key
  new-key                                                     it signs with another key from now on, and publishes it
  plain                                                       all is well again
"""
import base64
import html
import http.server
import json
import pathlib
import ssl
import sys
import time
import urllib.parse

from cryptojwt.key_jar import build_keyjar
from cryptojwt.jws.jws import JWS
from idpyoidc.server import Server
from idpyoidc.server.configure import OPConfiguration
from idpyoidc.server.exception import UnAuthorizedClient

CLIENT, SECRET = "posthus", "the-secret-of-this-client-0123456789"
KEYS = [{"type": "RSA", "use": ["sig"]}, {"type": "EC", "crv": "P-256", "use": ["sig"]}]


def configuration(issuer, folder, people):
    endpoint = "idpyoidc.server."
    return {
        "issuer": issuer, "httpc_params": {"verify": False}, "template_dir": str(folder),
        "key_conf": {"key_defs": KEYS, "uri_path": "jwks.json"},
        "preference": {"subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256", "ES256"]},
        "token_handler_args": {
            "key_conf": {"key_defs": [{"type": "oct", "bytes": 24, "use": ["enc"], "kid": "code"},
                                      {"type": "oct", "bytes": 24, "use": ["enc"], "kid": "refresh"}]},
            "code": {"lifetime": 600}, "token": {"class": endpoint + "token.jwt_token.JWTToken", "kwargs": {"lifetime": 600}},
            "id_token": {"class": endpoint + "token.id_token.IDToken", "kwargs": {}},
        },
        "cookie_handler": {
            "class": endpoint + "cookie_handler.CookieHandler",
            "kwargs": {"keys": {"key_defs": [{"type": "OCT", "use": ["enc"], "kid": "enc"}, {"type": "OCT", "use": ["sig"], "kid": "sig"}]},
                       "name": {"session": "oidc_op", "register": "oidc_op_rp", "session_management": "sman"}},
        },
        "endpoint": {
            "provider_info": {"path": ".well-known/openid-configuration",
                              "class": endpoint + "oidc.provider_config.ProviderConfiguration", "kwargs": {"client_authn_method": None}},
            "authorization": {"path": "authorization", "class": endpoint + "oidc.authorization.Authorization",
                              "kwargs": {"client_authn_method": None, "response_types_supported": ["code"]}},
            "token": {"path": "token", "class": endpoint + "oidc.token.Token",
                      "kwargs": {"client_authn_method": ["client_secret_basic", "client_secret_post"]}},
            "userinfo": {"path": "userinfo", "class": endpoint + "oidc.userinfo.UserInfo", "kwargs": {}},
        },
        "add_on": {"pkce": {"function": endpoint + "oauth2.add_on.pkce.add_support",
                            "kwargs": {"essential": True, "code_challenge_methods": {"S256": None}}}},
        "authentication": {"user": {"acr": "urn:oasis:names:tc:SAML:2.0:ac:classes:InternetProtocolPassword",
                                    "class": endpoint + "user_authn.user.UserPass",
                                    "kwargs": {"db_conf": {"class": "builtins.dict", "kwargs": {}}}}},
        "userinfo": {"class": endpoint + "user_info.UserInfo", "kwargs": {"db": people}},
    }


class Provider:
    def __init__(self, port, redirect, folder):
        self.issuer = f"https://localhost:{port}"
        names = [f"u{number:05d}" for number in range(1, 31)] + ["stranger"]
        self.passwords = {name: f"cid-{name}" for name in names}
        people = {name: {"preferred_username": name, "name": name.title()} for name in names}
        self.server = Server(OPConfiguration(configuration(self.issuer, folder, people), base_path=str(folder)), cwd=str(folder))
        self.context = self.server.context
        self.context.cdb[CLIENT] = {
            "client_id": CLIENT, "client_secret": SECRET, "redirect_uris": [(redirect, None)], "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code"], "token_endpoint_auth_method": "client_secret_basic",
            "allowed_scopes": ["openid", "profile"], "id_token_signed_response_alg": "RS256"}
        self.server.keyjar.add_symmetric(CLIENT, SECRET)
        self.trick, self.extra = "plain", []

    def keys(self):
        return json.dumps({"keys": json.loads(self.server.keyjar.export_jwks_as_json())["keys"] + self.extra})

    # The people's side

    def authorize(self, query):
        endpoint = self.server.get_endpoint("authorization")
        request = endpoint.parse_request(query)
        if "error" in request:
            return 400, f"<p role=alert>{html.escape(str(request.to_dict()))}</p>"
        return 200, self.form(query)

    def form(self, query, wrong=""):
        return (f"<!doctype html><html lang=en><title>Provider</title><main><h1>Provider</h1>{wrong}<form method=post action=/verify>"
                f"<input type=hidden name=query value=\"{html.escape(query)}\">"
                "<label>Name <input id=user name=user></label><label>Password <input id=pass name=pass type=password></label>"
                "<button name=do value=in>Sign in</button><button name=do value=no>Cancel</button></form></main>")

    def verify(self, form):
        endpoint = self.server.get_endpoint("authorization")
        query = form["query"]
        request = endpoint.parse_request(query)
        if form["do"] == "no":
            answer = {"error": "access_denied", "state": request["state"], "iss": self.issuer}
            return 303, request["redirect_uri"] + "?" + urllib.parse.urlencode(answer)
        if not form["pass"] or self.passwords.get(form["user"]) != form["pass"]:
            return 200, self.form(query, "<p role=alert>wrong</p>")
        method = next(iter(self.context.authn_broker.db.values()))
        session = endpoint.create_session(request, form["user"], method["acr"], int(time.time()), method["method"])
        args = endpoint.authz_part2(request=request, session_id=session)
        response = endpoint.do_response(request=request, **args)
        return 303, response["response"]

    # The server's side

    def json(self, name, request, headers):
        endpoint = self.server.get_endpoint(name)
        try:
            parsed = endpoint.parse_request(request, http_info={"headers": headers})
            args = parsed if "error" in parsed else endpoint.process_request(parsed)
        except UnAuthorizedClient:
            return 401, json.dumps({"error": "invalid_client"})
        except Exception as error:
            return 400, json.dumps({"error": "invalid_grant" if name == "token" else "invalid_request", "error_description": repr(error)})
        if "error" in args:
            return 400, args.to_json() if hasattr(args, "to_json") else json.dumps(dict(args))
        text = endpoint.do_response(request=parsed, **args)["response"]
        return 200, self.changed(text) if name == "token" else text

    def changed(self, text):
        """What a provider that is wrong, or somebody between, might make of a token."""
        trick, answer = self.trick, json.loads(text)
        if trick != "new-key":
            self.trick = "plain"
        if trick == "plain":
            return text
        part = answer["id_token"].split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        keys = self.server.keyjar.get_signing_key("RSA")
        if trick == "expired":
            claims["exp"] = int(time.time()) - 300
        elif trick == "other-audience":
            claims["aud"] = ["another"]
        elif trick == "other-nonce":
            claims["nonce"] = "another"
        elif trick == "unsigned":
            halves = [{"alg": "none"}, claims]
            encoded = [base64.urlsafe_b64encode(json.dumps(each).encode()).decode().rstrip("=") for each in halves]
            answer["id_token"] = ".".join(encoded) + "."
            return json.dumps(answer)
        elif trick in ("other-key", "new-key"):
            keys = [self.another]
            if trick == "other-key":
                keys[0].kid = self.server.keyjar.get_signing_key("RSA")[0].kid
        if trick == "elliptic":
            keys = self.server.keyjar.get_signing_key("EC")
        answer["id_token"] = JWS(json.dumps(claims), alg="ES256" if trick == "elliptic" else "RS256").sign_compact(keys)
        return json.dumps(answer)

    def play(self, name):
        self.trick = name
        if name in ("other-key", "new-key"):
            self.another = build_keyjar([KEYS[0]]).get_signing_key("RSA")[0]
        if name == "new-key":
            self.extra = [self.another.serialize()]


class Handler(http.server.BaseHTTPRequestHandler):
    provider = None

    def log_message(self, form, *values):
        print(form % values, file=sys.stderr, flush=True)

    def do_GET(self):
        place = urllib.parse.urlsplit(self.path)
        if place.path == "/.well-known/openid-configuration":
            metadata = {**self.provider.context.provider_info, "jwks_uri": self.provider.issuer + "/jwks.json"}
            self.say(200, json.dumps(metadata, default=str), "application/json")
        elif place.path == "/jwks.json":
            self.say(200, self.provider.keys(), "application/json")
        elif place.path == "/authorization":
            self.say(*self.provider.authorize(place.query))
        elif place.path == "/userinfo":
            self.say(*self.provider.json("userinfo", {}, {"authorization": self.headers.get("Authorization", "")}), "application/json")
        elif place.path == "/trick":
            self.provider.play(place.query)
            self.say(200, "ok")
        else:
            self.say(404, "no")

    def do_POST(self):
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/verify":
            status, answer = self.provider.verify({"user": "", "pass": "", **dict(urllib.parse.parse_qsl(text))})
            self.say(status, "" if status == 303 else answer, place=answer if status == 303 else None)
        elif self.path == "/token":
            headers = {"authorization": self.headers["Authorization"]} if "Authorization" in self.headers else {}
            self.say(*self.provider.json("token", text, headers), "application/json")
        else:
            self.say(404, "no")

    def say(self, status, text, kind="text/html; charset=utf-8", place=None):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if place:
            self.send_header("Location", place)
        self.end_headers()
        self.wfile.write(body)


def main():
    port, certificate, key, redirect, folder = sys.argv[1:]
    Handler.provider = Provider(int(port), redirect, pathlib.Path(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", int(port)), Handler)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    server.socket = tls.wrap_socket(server.socket, server_side=True)
    print(json.dumps({"issuer": Handler.provider.issuer, "client": CLIENT, "secret": SECRET}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
