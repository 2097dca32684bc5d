"""A library's authors and books, read through the cache. `python3 library.py` tells what it does; `--redis` uses Redis.

    three authors at once      one call of the backend, however many gets
    the same authors again     none: the scope knows them
    a plain view               a loop and a scope of its own for each call
"""
import asyncio
import os
import sqlite3
import sys
import tempfile

import looprt
from backends import RedisBackend, SQLiteBackend
from model_cache import Cache, DoesNotExist, Model


class Author(Model):
    table = "authors"
    filters = ("country",)


class Book(Model):
    table = "books"
    filters = ("author", "year")


def make_database(path):
    connection = sqlite3.connect(path)
    with connection:
        connection.executescript("""
            CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT, country TEXT);
            CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT, author INTEGER, year INTEGER);
            INSERT INTO authors VALUES (1, 'Lem', 'PL'), (2, 'Le Guin', 'US'), (3, 'Strugatsky', 'RU');
            INSERT INTO books VALUES (1, 'Solaris', 1, 1961), (2, 'Fiasco', 1, 1986), (3, 'The Dispossessed', 2, 1974);
            """)
    connection.close()


async def read_together(backend):
    """Returns how many calls of the backend each step made."""
    calls = [backend.calls]
    async with looprt.loader_scope():
        first, second, books = await asyncio.gather(
            Author.get_async(id=1), Author.get_async(id=2), Book.filter_async(author=1))
        print("together:", first.name, second.name, [book.title for book in books])
        calls.append(backend.calls)
        again, nobody = await asyncio.gather(Author.get_async(id=1), Book.resolve_async(author=1))
        print("again:", again.name, len(nobody))
        calls.append(backend.calls)
        print("nobody:", await Author.get_async_or_none(id=99))
        results = await asyncio.gather(Author.get_async(id=3), Author.get_async(id=98), return_exceptions=True)
        print("some fail:", results[0].name, isinstance(results[1], DoesNotExist))
        calls.append(backend.calls)
    return [after - before for before, after in zip(calls, calls[1:])]


@looprt.entry_point
async def books_view(author):
    """What a framework without a loop calls: a plain function."""
    found, books = await asyncio.gather(Author.get_async(id=author), Book.filter_async(author=author))
    return f"{found.name}: {', '.join(book.title for book in books)}"


async def main(backend, database):
    async with backend:
        Model.cache = Cache(backend, database)
        print("calls:", await read_together(backend))
        async with looprt.loader_scope():  # a new scope knows nothing, but the backend does
            print("new scope:", (await Author.get_async(id=1)).name)
        print("on a worker:", await asyncio.to_thread(books_view, 1))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        database = os.path.join(folder, "library.sqlite")
        make_database(database)
        if "--redis" in sys.argv and RedisBackend.is_there():
            looprt.run(main, RedisBackend(), database)
        else:
            backend = SQLiteBackend(os.path.join(folder, "cache.sqlite"))
            looprt.run(main, backend, database)
            before = backend.calls
            print("views:", books_view(1), "|", books_view(2), "|", backend.calls - before, "calls")
