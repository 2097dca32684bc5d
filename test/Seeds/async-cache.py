# RUN: rm -rf %t && split-file --leading-lines %s %t
# RUN: cp -r %t/both/. %t/wrong && cp -r %t/both/. %t/right
# RUN: cd %t/wrong && not %looplint check . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning|info}}:'
# RUN: cd %t/right && %looplint check .
# RUN: cd %t/wrong && env PYTHONPATH=%S/../Rules/Inputs/libraries \
# RUN:   %python program.py | FileCheck %s --check-prefix=WRONG
# RUN: cd %t/right && env PYTHONPATH=%S/../Rules/Inputs/libraries \
# RUN:   %python program.py | FileCheck %s --check-prefix=RIGHT
# WRONG: shelf ['Ann', 'Bob', 'Ann'] ['book', 'author']
# WRONG: known ['Ash'] ['book']
# WRONG: titles ['Ash', 'Bay', 'Cay'] ['book', 'book', 'book']
# WRONG: run {{.*}}closed
# RIGHT: titles ['Ash', 'Bay', 'Cay'] ['book']{{$}}
# RIGHT: run ['Ann', 'Bob'] ['author']
# RIGHT: run ['Ann', 'Bob'] ['author']
#
# A cache of models over a batching loader, and plain views of a pool's threads
# that use it: each prints its answer and the queries that it took. A sync form
# that stops the loop is reported where a coroutine calls it, and what blocks at
# the bottom of both of them once.

#--- both/cache/__init__.py
from cache.fields import Reference
from cache.loop import run_in_async_loop
from cache.models import Missing, ModelCache

#--- both/cache/rows.py
import asyncio
import sqlite3

queries = []
connection = sqlite3.connect("", check_same_thread=False)


def select(table, column, values):
    queries.append(table)
    marks = ", ".join("?" * len(values))
    cursor = connection.execute(
        f"SELECT * FROM {table} WHERE {column} IN ({marks})", values)
    # CHECK-DAG: cache/rows.py:[[#@LINE-2]]:14: warning: {{.*}} [LOOP601]
    names = [description[0] for description in cursor.description]
    return [dict(zip(names, row)) for row in cursor]


async def select_async(table, column, values):
    return await asyncio.to_thread(select, table, column, values)

#--- both/cache/loaders.py
import threading

from aiodataloader import DataLoader

from cache.rows import select_async


class RowLoader(DataLoader):
    def __init__(self, table, column):
        super().__init__()
        self.table = table
        self.column = column

    async def batch_load_fn(self, keys):
        found = {key: [] for key in keys}
        for row in await select_async(self.table, self.column, keys):
            found[row[self.column]].append(row)
        return [found[key] for key in keys]


class Loaders(threading.local):
    """The loaders of one thread."""

    def __init__(self):
        self.by_field = {}

    def get(self, table, column):
        if (table, column) not in self.by_field:
            self.by_field[table, column] = RowLoader(table, column)
            # CHECK-DAG: cache/loaders.py:[[#@LINE-1]]:44: warning: {{.*}} [LOOP803]
        return self.by_field[table, column]

    def reset(self):
        self.by_field = {}


loaders = Loaders()

#--- both/cache/fields.py
class Reference:
    """A field that holds the key of a row of another model."""

    def __init__(self, model, column):
        self.model = model
        self.column = column

#--- both/cache/models.py
import asyncio

from cache.loaders import loaders
from cache.rows import select


class Missing(Exception):
    pass


class ModelCache:
    table = ""
    key = "id"
    references = {}

    def __init__(self, row):
        self.row = row

    @classmethod
    def get(cls, key):
        for row in select(cls.table, cls.key, [key]):
            return cls(row)
        raise Missing(cls.table, key)

    @classmethod
    async def get_async(cls, key):
        rows = await loaders.get(cls.table, cls.key).load(key)
        if not rows:
            raise Missing(cls.table, key)
        return cls(rows[0])

    @classmethod
    async def get_async_or_none(cls, key):
        try:
            return await cls.get_async(key)
        except Missing:
            return None

    @classmethod
    async def filter_async(cls, column, value):
        rows = await loaders.get(cls.table, column).load(value)
        return [cls(row) for row in rows]

    def resolve(self, name):
        reference = self.references[name]
        return reference.model.get(self.row[reference.column])

    async def resolve_async(self, name):
        reference = self.references[name]
        return await reference.model.get_async(self.row[reference.column])

#--- both/models.py
from cache import ModelCache, Reference


class Author(ModelCache):
    table = "author"


class Book(ModelCache):
    table = "book"
    references = {"author": Reference(Author, "author_id")}

#--- both/program.py
from concurrent.futures import ThreadPoolExecutor

import refresh
import views
from cache.rows import connection, queries

connection.executescript("""
    CREATE TABLE author (id, name); CREATE TABLE book (id, title, author_id);
    INSERT INTO author VALUES (1, 'Ann'), (2, 'Bob');
    INSERT INTO book VALUES (1, 'Ash', 1), (2, 'Bay', 2), (3, 'Cay', 1);
""")


def show(view, *arguments):
    queries.clear()
    try:
        print(view.__name__, view(*arguments), queries)
    except RuntimeError as error:
        print(view.__name__, error)


with ThreadPoolExecutor(1) as pool:
    pool.submit(show, views.shelf, [1, 2, 3])
    pool.submit(show, views.known, [1, 4])
    pool.submit(show, views.titles, [1, 2, 3])
    pool.submit(show, views.author_of, 1)
    pool.submit(show, views.first_author_of, 1)
    pool.submit(show, refresh.run, [1, 2])
    pool.submit(show, refresh.run, [1, 2])

#--- wrong/cache/loop.py
import asyncio
import functools

from cache.loaders import loaders


def run_in_async_loop(function):
    """For plain views and workers: runs the coroutine on a loop of its own."""

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        asyncio.set_event_loop(asyncio.new_event_loop())
        # CHECK-DAG: cache/loop.py:[[#@LINE-1]]:32: info: {{.*}} [LOOP403]
        loop = asyncio.get_event_loop()
        loaders.reset()
        try:
            return loop.run_until_complete(function(*args, **kwargs))
        finally:
            loop.close()
            # CHECK-DAG: cache/loop.py:[[#@LINE-1]]:13: warning: {{.*}} [LOOP402]

    return wrapper

#--- wrong/views.py
import asyncio

from cache import run_in_async_loop
from models import Author, Book


@run_in_async_loop
async def shelf(keys):
    books = await asyncio.gather(*(Book.get_async(key) for key in keys))
    authors = await asyncio.gather(
        *(book.resolve_async("author") for book in books))
    return [author.row["name"] for author in authors]


@run_in_async_loop
async def known(keys):
    found = await asyncio.gather(
        *(Book.get_async(key) for key in keys), return_exceptions=True)
    return [book.row["title"] for book in found
            if not isinstance(book, Exception)]


@run_in_async_loop
async def titles(keys):
    found = []
    for key in keys:
        book = await Book.get_async(key)
        # CHECK-DAG: views.py:[[#@LINE-1]]:16: warning: {{.*}} [LOOP801]
        found.append(book.row["title"])
    return found


@run_in_async_loop
async def author_of(key):
    book = await Book.get_async(key)
    return book.resolve("author").row["name"]
    # CHECK-DAG: views.py:[[#@LINE-1]]:12: warning: `resolve` {{.*}} `ModelCache.resolve_async` [LOOP802]


@run_in_async_loop
async def first_author_of(key):
    book = Book.get(key)
    # CHECK-DAG: views.py:[[#@LINE-1]]:12: warning: `get` {{.*}} `ModelCache.get_async` [LOOP802]
    author = await book.resolve_async("author")
    return author.row["name"]

#--- wrong/refresh.py
import asyncio

from models import Author


async def refresh(keys):
    authors = await asyncio.gather(
        *(Author.get_async_or_none(key) for key in keys))
    return [author.row["name"] for author in authors if author]


def run(keys):
    # Beside the decorator, and so without the reset.
    loop = asyncio.new_event_loop()
    # CHECK-DAG: refresh.py:[[#@LINE-1]]:12: info: {{.*}} [LOOP403]
    try:
        return loop.run_until_complete(refresh(keys))
    finally:
        loop.close()

#--- right/cache/loop.py
import asyncio
import functools

from cache.loaders import loaders


def run_in_async_loop(function):
    """For plain views and workers: runs the coroutine on a loop of its own."""

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        loaders.reset()
        return asyncio.run(function(*args, **kwargs))

    return wrapper

#--- right/views.py
import asyncio

from cache import run_in_async_loop
from models import Author, Book


@run_in_async_loop
async def shelf(keys):
    books = await asyncio.gather(*(Book.get_async(key) for key in keys))
    authors = await asyncio.gather(
        *(book.resolve_async("author") for book in books))
    return [author.row["name"] for author in authors]


@run_in_async_loop
async def known(keys):
    found = await asyncio.gather(
        *(Book.get_async(key) for key in keys), return_exceptions=True)
    return [book.row["title"] for book in found
            if not isinstance(book, Exception)]


@run_in_async_loop
async def titles(keys):
    books = await asyncio.gather(*(Book.get_async(key) for key in keys))
    return [book.row["title"] for book in books]


@run_in_async_loop
async def author_of(key):
    book = await Book.get_async(key)
    author = await book.resolve_async("author")
    return author.row["name"]


@run_in_async_loop
async def first_author_of(key):
    book = await Book.get_async(key)
    author = await book.resolve_async("author")
    return author.row["name"]

#--- right/refresh.py
import asyncio

from cache import run_in_async_loop
from models import Author


@run_in_async_loop
async def run(keys):
    authors = await asyncio.gather(
        *(Author.get_async_or_none(key) for key in keys))
    return [author.row["name"] for author in authors if author]
