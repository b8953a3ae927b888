"""The name servers that are compared, each in a folder of its own, on a port
that it is given, ended by its process id: see http_servers.py. Nothing of what
they serve is theirs: ZONES is {name: file}, signed before, if at all.
"""

import os
import socket
import struct

import dns_wire
from http_servers import Peer, Server, is_root


class DnsServer(Server):
    def __init__(self, folder, zones, port, transfers=False):
        """TRANSFERS: it gives whole zones to whoever asks."""
        super().__init__(folder, None, port)
        self.zones, self.transfers = zones, transfers

    def answers(self):
        """True when each zone is served, by both transports."""
        if not super().answers():
            return False
        return all(self.serves(name) for name in self.zones)

    def serves(self, zone):
        query = dns_wire.make_query(1, dns_wire.name_of(zone.rstrip(".")),
                                    dns_wire.SOA)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            client.settimeout(1)
            client.connect(("127.0.0.1", self.port))
            try:
                client.send(query)
                head = struct.unpack_from("!4H", client.recv(4096))
            except OSError:
                return False
        return head[1] & 0x840f == 0x8400 and head[3] > 0


class Netlabd(DnsServer):
    name = "netlabd"
    program = os.environ.get("NETLABD", "build/netlabd")

    def command(self):
        user = 'user = "nobody"\ngroup = "nogroup"\n' if is_root() else ""
        zones = "".join(f'    zone "{name}" {{ file = "{file}" }}\n'
                        for name, file in self.zones.items())
        return [self.program, "-f", "-c", self.write("netlabd.conf", f"""{user}
dns {{
    listen = {{ "127.0.0.1:{self.port}" }}
    workers = 1
{zones}}}
""")]


class DnsPeer(DnsServer, Peer):
    pass


class Nsd(DnsPeer):
    name = "nsd"

    def command(self):
        transfer = "  provide-xfr: 127.0.0.1 NOKEY\n" * self.transfers
        zones = "".join(f'zone:\n  name: "{name}"\n  zonefile: "{file}"\n'
                        f'{transfer}' for name, file in self.zones.items())
        return ["nsd", "-d", "-c", self.write("nsd.conf", f"""server:
  server-count: 1
  ip-address: 127.0.0.1@{self.port}
  do-ip6: no
  username: ""
  chroot: ""
  database: ""
  minimal-responses: yes
  rrl-ratelimit: 0
  zonesdir: "{self.folder}"
  pidfile: "{self.path("pid")}"
  xfrdfile: "{self.path("xfrd")}"
  xfrdir: "{self.folder}"
  zonelistfile: "{self.path("zonelist")}"
  zonefiles-check: no
  zonefiles-write: 0
remote-control:
  control-enable: no
{zones}""")]


class Knot(DnsPeer):
    name = "knot"

    def command(self):
        acl = ("acl:\n  - id: all\n    address: 127.0.0.1\n"
               "    action: transfer\n") * self.transfers
        transfer = "    acl: all\n" * self.transfers
        zones = "".join(f'  - domain: "{name}"\n    file: "{file}"\n'
                        f'{transfer}' for name, file in self.zones.items())
        return ["knotd", "-c", self.write("knot.conf", f"""server:
  rundir: "{self.folder}"
  listen: 127.0.0.1@{self.port}
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
  tcp-idle-timeout: 60
log:
  - target: stderr
    any: warning
database:
  storage: "{self.folder}"
{acl}template:
  - id: default
    semantic-checks: off
    zonefile-sync: -1
    zonefile-load: whole
    journal-content: none
zone:
{zones}""")]


class Bind(DnsPeer):
    name = "bind"

    def command(self):
        zones = "".join(f'zone "{name}" {{ type primary; file "{file}"; }};\n'
                        for name, file in self.zones.items())
        return ["named", "-g", "-n", "1", "-c", self.write("named.conf", f"""
options {{
  directory "{self.folder}";
  pid-file "{self.path("pid")}";
  session-keyfile "{self.path("session.key")}";
  managed-keys-directory "{self.folder}";
  lock-file none;
  listen-on port {self.port} {{ 127.0.0.1; }};
  listen-on-v6 {{ none; }};
  recursion no;
  dnssec-validation no;
  notify no;
  minimal-responses yes;
  minimal-any yes;
  zero-no-soa-ttl no;
  empty-zones-enable no;
  answer-cookie no;
  check-names primary ignore;
  check-integrity no;
  check-mx ignore;
  check-srv-cname ignore;
  check-mx-cname ignore;
  check-wildcard no;
  tcp-clients 200;
  querylog no;
  max-records-per-type 0;
}};
controls {{ }};
logging {{ category default {{ null; }}; category general {{ default_stderr; }};
  category zoneload {{ default_stderr; }}; }};
{zones}""")]


PEERS = (Nsd, Knot, Bind)
