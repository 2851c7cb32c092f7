"""An insurance platform for tests: notes what reaches it, and answers, drops, keeps silent or talks rubbish as it is told."""
import http.server
import json
import threading


class Platform:
    def __init__(self):
        self.mode, self.received, self.paths, self.release = "take", [], [], threading.Event()
        self.came = threading.Condition()
        platform = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                platform.take(self)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/fsi/api/{{infno}}"

    def take(self, handler):
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        with self.came:
            self.received.append(body)
            self.paths.append(handler.path)
            self.came.notify_all()
        handler.close_connection = True
        if self.mode == "drop":
            return
        if self.mode == "silence":
            self.release.wait(60)
            return
        self.answer(handler)

    def answer(self, handler):
        status, answer = 200, self.taken()
        if self.mode == "refuse":
            answer = json.dumps({"infcode": "-1", "err_msg": "费用明细校验失败"}, ensure_ascii=False).encode("gbk")
        if self.mode == "rubbish":
            status, answer = 502, b"<html><h1>502 Bad Gateway</h1></html>"
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json;charset=GBK")
        handler.send_header("Content-Length", str(len(answer)))
        handler.end_headers()
        handler.wfile.write(answer)

    def taken(self):
        """Its own way of writing, which nobody may change."""
        return '{ "infcode" : 0,"output":{"setlinfo":{"psn_name":"患者某"}} }\r\n'.encode("gbk")

    def wait_for(self, count):
        with self.came:
            return self.came.wait_for(lambda: len(self.received) >= count, 60)

    def close(self):
        self.release.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
