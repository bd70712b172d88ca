"""A mail server on the loopback, as far as a client needs one to hand mails over."""

import base64
import email
import socketserver
import threading
from contextlib import contextmanager
from email import policy


class _Session(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self):
        server = self.server
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            verb, _blank, rest = line.partition(" ")
            match verb.upper():
                case "EHLO":
                    self.say("250-here" if server.login else "250 here")
                    if server.login:
                        self.say("250 AUTH PLAIN")
                case "AUTH":
                    given = base64.b64decode(rest.split()[-1]).decode().split("\0")[1:]
                    server.logins.append(tuple(given))
                    self.say("235 good" if tuple(given) == server.login else "535 bad")
                case "DATA":
                    self.say("354 go on")
                    self.keep()
                    self.say("250 kept")
                case "QUIT":
                    self.say("221 bye")
                    return
                case "RCPT" if server.refuses:
                    self.say("550 nobody here")
                case _:
                    self.say("250 good")

    def keep(self):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        mail = email.message_from_bytes(b"".join(lines), policy=policy.default)
        self.server.mails.append(mail)
        self.server.came.release()


class SmtpServer(socketserver.ThreadingTCPServer):
    """Keeps what it gets in `mails`; next_mail() waits for one."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, login=None, refuses=False):
        super().__init__(("127.0.0.1", 0), _Session)
        self.login, self.refuses = login, refuses
        self.mails, self.logins, self.came = [], [], threading.Semaphore(0)

    @property
    def port(self):
        return self.server_address[1]

    def next_mail(self):
        assert self.came.acquire(timeout=30), "No mail came."
        return self.mails[-1]


@contextmanager
def running(**how):
    with SmtpServer(**how) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
