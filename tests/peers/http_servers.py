"""The servers that are compared: each with a configuration of its own in a
folder of its own, on a port that it is given, in the foreground, and ended by
its process id. The peers are one process each and start as nobody, so that none
of them reads what it may not.
"""

import os
import signal
import socket
import subprocess
import time

TYPES = {
    "html": "text/html",
    "txt": "text/plain",
    "css": "text/css",
    "bin": "application/octet-stream",
}


class Server:
    name = ""
    rights = {}  # how it is started

    def __init__(self, folder, root, port):
        self.folder = os.path.join(folder, self.name)
        self.root, self.port = root, port
        self.process = None
        os.makedirs(self.folder)
        os.chmod(self.folder, 0o777)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "w") as file:
            file.write(text)
        os.chmod(self.path(name), 0o644)
        return self.path(name)

    def command(self):
        """Writes the configuration; returns the words to start it with."""
        raise NotImplementedError

    def start(self, pids):
        """Starts it; PIDS: a file that the caller ends processes by, whatever
        becomes of us."""
        with open(self.path("log"), "w") as log:
            self.process = subprocess.Popen(
                self.command(), stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, **self.rights)
        with open(pids, "a") as file:
            print(self.process.pid, file=file)
        deadline = time.monotonic() + 60
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                with open(self.path("log")) as log:
                    raise RuntimeError(f"{self.name} does not start:\n"
                                       + log.read())
            time.sleep(0.02)

    def answers(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
            return True
        except OSError:
            return False

    def stop(self):
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def is_root():
    return os.geteuid() == 0


class Netlabd(Server):
    name = "netlabd"
    program = os.environ.get("NETLABD", "build/netlabd")

    def command(self):
        user = 'user = "nobody"\ngroup = "nogroup"\n' if is_root() else ""
        return [self.program, "-f", "-c", self.write("netlabd.conf", f"""{user}
http {{
    listen = {{ "127.0.0.1:{self.port}" }}
    workers = 1
    root = "{self.root}"
}}
""")]


class Peer(Server):
    if is_root():
        rights = {"user": "nobody", "group": "nogroup", "extra_groups": ()}


class Nginx(Peer):
    name = "nginx"

    def command(self):
        types = "".join(f"    {media} {ending};\n"
                        for ending, media in TYPES.items())
        for kind in "client_body", "proxy", "fastcgi", "uwsgi", "scgi":
            os.makedirs(self.path(kind))
            os.chmod(self.path(kind), 0o777)
        return ["nginx", "-e", self.path("error.log"), "-c",
                self.write("nginx.conf", f"""daemon off;
master_process off;
error_log {self.path("error.log")} error;
pid {self.path("pid")};
events {{ worker_connections 256; }}
http {{
  types {{
{types}  }}
  default_type application/octet-stream;
  access_log off;
  lingering_timeout 1s;
  client_body_temp_path {self.path("client_body")};
  proxy_temp_path {self.path("proxy")};
  fastcgi_temp_path {self.path("fastcgi")};
  uwsgi_temp_path {self.path("uwsgi")};
  scgi_temp_path {self.path("scgi")};
  server {{
    listen 127.0.0.1:{self.port};
    root {self.root};
    index index.html;
  }}
}}
""")]


class Apache(Peer):
    name = "apache2"
    modules = ("mpm_event", "authz_core", "mime", "dir", "reqtimeout")

    def command(self):
        folder = "/usr/lib/apache2/modules"
        load = "".join(f"LoadModule {name}_module {folder}/mod_{name}.so\n"
                       for name in self.modules)
        types = "".join(f"AddType {media} .{ending}\n"
                        for ending, media in TYPES.items())
        # -X: one process.
        return ["apache2", "-X", "-f", self.write("apache2.conf", f"""{load}
ServerRoot {self.folder}
DefaultRuntimeDir {self.folder}
PidFile {self.path("pid")}
ErrorLog {self.path("error.log")}
Mutex file:{self.folder} default
Listen 127.0.0.1:{self.port}
ServerName a
TypesConfig /dev/null
{types}TraceEnable off
KeepAlive on
LimitRequestBody 1048576
DocumentRoot {self.root}
DirectoryIndex index.html
<Directory {self.root}>
  Require all granted
  Options FollowSymLinks
</Directory>
""")]


class Lighttpd(Peer):
    name = "lighttpd"

    def command(self):
        types = ", ".join(f'".{ending}" => "{media}"'
                          for ending, media in TYPES.items())
        # The parser's options are those of Debian's own configuration; with
        # the bodies of GET, which it refuses else, and without HTTP/2.
        return ["lighttpd", "-D", "-f", self.write("lighttpd.conf", f"""server.bind = "127.0.0.1"
server.port = {self.port}
server.document-root = "{self.root}"
server.errorlog = "{self.path("error.log")}"
server.upload-dirs = ( "{self.folder}" )
index-file.names = ( "index.html" )
mimetype.assign = ( {types}, "" => "application/octet-stream" )
server.max-request-size = 1024
server.feature-flags = ( "server.h2proto" => "disable" )
server.http-parseopts = (
  "method-get-body" => "enable",
  "header-strict" => "enable",
  "host-strict" => "enable",
  "host-normalize" => "enable",
  "url-normalize-unreserved" => "enable",
  "url-normalize-required" => "enable",
  "url-ctrls-reject" => "enable",
  "url-path-2f-decode" => "enable",
  "url-path-dotseg-remove" => "enable",
)
""")]


PEERS = (Nginx, Apache, Lighttpd)
