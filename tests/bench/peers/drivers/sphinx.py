"""sphinx.py CONFIGURATION SOCKET QUERIES GROUPS: starts searchd and asks it in SphinxQL, which it speaks by MySQL's protocol.

Sphinx counts groups in the memory of so many results: GROUPS is at least the number of companies, so that its counts are exact.
"""

import pathlib
import socket
import struct
import subprocess
import sys
import time

from answering import answer_all, day_number

HANDSHAKE = struct.pack("<IIB23x", 0x81AA200, 1 << 24, 33) + b"root\0\0"  # protocol 4.1, several statements and results


class Connection:
    """As much of MySQL's client protocol as a query takes."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self.file = self.socket.makefile("rb")
        self.packet()
        self.send(HANDSHAKE, 1)
        self.checked(self.packet())

    def send(self, body, number=0):
        self.socket.sendall(struct.pack("<I", len(body))[:3] + bytes([number]) + body)

    def packet(self):
        header = self.file.read(4)
        if len(header) < 4:
            sys.exit("sphinx: searchd closed the connection")
        return self.file.read(int.from_bytes(header[:3], "little"))

    @staticmethod
    def checked(packet):
        if packet[0] == 0xFF:
            sys.exit(f"sphinx: {packet[3:].decode(errors='replace')}")
        return packet

    def ask(self, statement):
        """The rows of every result of the statement, each a packet."""
        self.send(b"\x03" + statement.encode())
        results, more = [], True
        while more:
            columns = self.checked(self.packet())[0]
            for _ in range(columns + 1):  # their descriptions, and the end of these
                self.packet()
            rows = []
            while not self.is_end(packet := self.checked(self.packet())):
                rows.append(packet)
            more = bool(packet[3] & 8)
            results.append(rows)
        return results

    @staticmethod
    def is_end(packet):
        return packet[0] == 0xFE and len(packet) < 9


def texts_of(row):
    """The values of a short row."""
    values, at = [], 0
    while at < len(row):
        length = row[at]
        values.append(row[at + 1:at + 1 + length].decode())
        at += 1 + length
    return values


def statement_of(query, mode, groups):
    if query.kind == "phrase":
        words = f'"{" ".join(query.words)}"'
    else:
        words = ("|" if query.kind == "or" else " ").join(query.words)
    shown = f"SNIPPET(body, '{words}', 'limit=320')" if mode == "snippets" else "body"
    statement = f"SELECT id, title, {shown} FROM articles WHERE MATCH('{words}')"
    if query.first:
        statement += f" AND date BETWEEN {day_number(query.first)} AND {day_number(query.last, 1) - 1}"
    statement += " LIMIT 10"
    if mode == "counts":
        statement += f" OPTION max_matches={groups} FACET company ORDER BY COUNT(*) DESC LIMIT 10"
    return statement


def start(configuration, path):
    """Searchd in the foreground, once it answers."""
    process = subprocess.Popen(["searchd", "--config", configuration, "--nodetach"], stdout=subprocess.DEVNULL)
    for _ in range(600):
        if pathlib.Path(path).exists():
            try:
                return process, Connection(path)
            except ConnectionRefusedError:
                pass
        if process.poll() is not None:
            sys.exit("sphinx: searchd does not start")
        time.sleep(0.1)
    process.terminate()
    sys.exit("sphinx: searchd does not answer")


def main(configuration, path, queries_path, groups):
    process, connection = start(configuration, path)

    def ask(query, mode):
        connection.ask(statement_of(query, mode, groups))
        if mode != "counts":
            return None
        values = dict(texts_of(row) for row in connection.ask("SHOW META LIKE 'total_found'")[0])
        return int(values["total_found"])

    try:
        answer_all(queries_path, ask, process.pid)
    finally:
        connection.socket.close()
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
