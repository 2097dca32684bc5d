"""Two backends that keep texts by name: SQLite in a file of its own, and a Redis that the example starts."""
import asyncio
import os
import shutil
import sqlite3
import tempfile

import looprt


class SQLiteBackend:
    """Each call runs on a worker thread, as SQLite blocks. `calls` counts the reads."""

    def __init__(self, path):
        self.path = path
        self.calls = 0

    async def __aenter__(self):
        await looprt.to_thread(self._execute, "CREATE TABLE IF NOT EXISTS cache (name TEXT PRIMARY KEY, value TEXT)")
        return self

    async def __aexit__(self, *_):
        pass

    async def get_many(self, names):
        self.calls += 1
        marks = ", ".join("?" * len(names))
        found = dict(await looprt.to_thread(
            self._execute, f"SELECT name, value FROM cache WHERE name IN ({marks})", names))
        return [found.get(name) for name in names]

    async def set_many(self, values):
        await looprt.to_thread(self._execute_many, "INSERT OR REPLACE INTO cache VALUES (?, ?)", list(values.items()))

    def _execute(self, statement, values=()):
        connection = sqlite3.connect(self.path)
        with connection:
            rows = connection.execute(statement, values).fetchall()
        connection.close()
        return rows

    def _execute_many(self, statement, rows):
        connection = sqlite3.connect(self.path)
        with connection:
            connection.executemany(statement, rows)
        connection.close()


class RedisBackend:
    """A redis-server on a socket of its own, and the few words of its protocol that are needed.

    The loop that starts the server keeps a connection. Another loop, as each call of a plain view has, cannot use that one
    (LOOP404) and opens its own.
    """

    def __init__(self):
        self.calls = 0

    @staticmethod
    def is_there():
        return shutil.which("redis-server") is not None

    async def __aenter__(self):
        self._folder = tempfile.TemporaryDirectory()
        self._path = os.path.join(self._folder.name, "redis.sock")
        self._server = await asyncio.create_subprocess_exec(
            "redis-server", "--port", "0", "--unixsocket", self._path, "--save", "", stdout=asyncio.subprocess.DEVNULL)
        self._loop = asyncio.get_running_loop()
        for _ in range(200):
            try:
                self._reader, self._writer = await asyncio.open_unix_connection(self._path)
                break
            except OSError:
                await asyncio.sleep(0.05)
        else:
            raise RuntimeError("redis-server did not start")
        self._turn = asyncio.Lock()
        return self

    async def __aexit__(self, *_):
        self._writer.close()
        self._server.terminate()
        await self._server.wait()
        self._folder.cleanup()

    async def get_many(self, names):
        self.calls += 1
        return await self._ask("MGET", *names)

    async def set_many(self, values):
        await self._ask("MSET", *[text for item in values.items() for text in item])

    async def _ask(self, *words):
        said = [word.encode() for word in words]
        request = b"*%d\r\n" % len(said) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in said)
        if asyncio.get_running_loop() is self._loop:
            async with self._turn:
                self._writer.write(request)
                return await self._answer(self._reader)
        reader, writer = await asyncio.open_unix_connection(self._path)
        try:
            writer.write(request)
            return await self._answer(reader)
        finally:
            writer.close()

    async def _answer(self, reader):
        line = (await reader.readline()).rstrip().decode()
        kind, rest = line[:1], line[1:]
        if kind == "*":
            return [await self._answer(reader) for _ in range(int(rest))]
        if kind == "$":
            return None if rest == "-1" else (await reader.readexactly(int(rest) + 2))[:-2].decode()
        if kind == "-":
            raise RuntimeError(rest)
        return rest
