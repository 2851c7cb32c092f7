"""Calls of a local interface, each answer checked against the interface's own OpenAPI document."""
import http.client
import json
import socket

import jsonschema


class OverSocket(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=60)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Contract:
    """`check(name, condition, seen)` is told what does not hold."""

    def __init__(self, listen, socket_path, key, check):
        self.listen, self.socket_path, self.check, self.seen = listen, socket_path, check, set()
        status, self.document = self._talk("GET", "/v1/openapi.json", None, key, False)
        check("the agent serves its document", status == 200 and self.document["openapi"].startswith("3."), status)
        self.operations = {(method.upper(), path): operation for path, methods in self.document["paths"].items()
                           for method, operation in methods.items()}
        names = [operation["operationId"] for operation in self.operations.values()]
        check("each call has a name of its own", len(set(names)) == len(names), names)
        for name, schema in self.document["components"]["schemas"].items():
            jsonschema.Draft202012Validator.check_schema(schema)
            check(f"{name} is closed", "anyOf" in schema or schema.get("additionalProperties") is False, schema)

    def moved_to(self, listen):
        self.listen = listen

    def _talk(self, method, path, body, key, owner):
        connection = OverSocket(self.socket_path) if owner else http.client.HTTPConnection(self.listen, timeout=60)
        if body is not None and not isinstance(body, (bytes, str, int)):
            body = json.dumps(body)
        if isinstance(body, str):
            body = body.encode()
        headers = {"Content-Type": "application/json", **({"X-Zige-Key": key} if key else {})}
        try:
            if isinstance(body, int):  # only said, never sent: nobody reads what is too long
                connection.putrequest(method, path)
                for name, value in {**headers, "Content-Length": str(body)}.items():
                    connection.putheader(name, value)
                connection.endheaders()
            else:
                connection.request(method, path, body, headers)
            reply = connection.getresponse()
            return reply.status, json.loads(reply.read())
        finally:
            connection.close()

    def wrong_in(self, schema, value):
        """The first thing in which `value` is not as `schema` says; empty if nothing."""
        resolver = jsonschema.RefResolver("", self.document)
        for error in jsonschema.Draft202012Validator(schema, resolver=resolver).iter_errors(value):
            return f"{'/'.join(map(str, error.absolute_path))}: {error.message}"[:300]
        return ""

    def call(self, method, template, body=None, key=None, expect=200, **parts):
        """`expect`: 200, or the name of the error. The answer."""
        operation = self.operations[method, template]
        query = parts.pop("query", "")
        owner = operation["x-zige-roles"] == ["owner"]
        status, answer = self._talk(method, template.format(**parts) + query, body, key, owner)
        code = 200 if status == 200 else answer.get("error", {}).get("code")
        name = f"{method} {template}: {expect}"
        responses = operation["responses"]
        self.check(f"{name} as expected", code == expect, (status, answer))
        self.check(f"{name} has its status in the document", str(status) in responses, status)
        schema = responses.get(str(status), responses.get("default", {})).get("content", {}).get("application/json", {}).get("schema", {})
        wrong = self.wrong_in(schema, answer)
        self.check(f"{name} is as the document says", not wrong, wrong)
        self.seen.add((method, template, code))
        return answer

    def lines(self, lines, key):
        """POST /v1/clear line by line: the lines of the answer."""
        connection = http.client.HTTPConnection(self.listen, timeout=60)
        try:
            connection.request("POST", "/v1/clear", "\n".join(lines).encode(), {"Content-Type": "application/x-ndjson", "X-Zige-Key": key})
            return [json.loads(line) for line in connection.getresponse().read().splitlines()]
        finally:
            connection.close()

    def wrong_lines(self, answers):
        """As wrong_in, of the first, some of the middle and the last line."""
        words = self.operations["POST", "/v1/clear"]["x-zige-line-by-line"]
        wrong = [self.wrong_in(words["line"], answer) for answer in answers[:-1:250]] + [self.wrong_in(words["last-line"], answers[-1])]
        return next(filter(None, wrong), "")

    def documented(self):
        """(method, path, 200 or the name of an error) of everything that the document names."""
        for (method, path), operation in self.operations.items():
            for status, response in operation["responses"].items():
                if status == "200":
                    yield method, path, 200
                elif status != "default":
                    schema = response["content"]["application/json"]["schema"]["allOf"][1]
                    for code in schema["properties"]["error"]["properties"]["code"]["enum"]:
                        yield method, path, code

    def names(self, method, path, code):
        return (method, path, code) in set(self.documented())

    def everything_was_seen(self):
        for each in self.documented():
            self.check(f"{each[0]} {each[1]}: {each[2]} was seen", each in self.seen)
