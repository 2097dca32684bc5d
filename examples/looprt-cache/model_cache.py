"""Models that are read through a cache, on coroutines: the local cache of a loader scope, a shared backend, the database.

A model names its table, its key and the fields that it may be filtered by. Reads that are made at the same time, of any
model, go to the backend as one call; what the backend does not know is read from the database, once per kind of query, and
put there for the next. Within one scope nothing is asked twice.
"""
import json
import sqlite3

import looprt


class DoesNotExist(LookupError):
    """No row has this key."""


class Cache:
    """Where backend and database meet: one loader, used by all models of an application."""

    def __init__(self, backend, database):
        self.backend = backend
        self.database = database
        self.queries = looprt.DataLoader(self._load, get_cache_key=str)

    async def _load(self, queries):
        """Rows of each query; one call of the backend for all of them."""
        names = [str(query) for query in queries]
        rows = dict(zip(names, [value and json.loads(value) for value in await self.backend.get_many(names)]))
        missing = [query for query in queries if rows[str(query)] is None]
        if missing:
            found = await looprt.to_thread(self._read, missing)
            await self.backend.set_many({name: json.dumps(value) for name, value in found.items()})
            rows.update(found)
        return [rows[name] for name in names]

    def _read(self, queries):
        """On a worker thread: the database blocks."""
        with sqlite3.connect(self.database) as connection:
            connection.row_factory = sqlite3.Row
            found = {str(query): query.read(connection) for query in queries}
        connection.close()
        return found


class Query:
    """The rows of a model where fields have these values. Its text is its name in the backend."""

    def __init__(self, model, fields):
        self.model = model
        self.fields = dict(sorted(fields.items()))

    def __str__(self):
        return f"{self.model.table}:" + ",".join(f"{name}={value!r}" for name, value in self.fields.items())

    def read(self, connection):
        conditions = " AND ".join(f"{name} = ?" for name in self.fields)  # the names are the model's own
        rows = connection.execute(f"SELECT * FROM {self.model.table} WHERE {conditions} ORDER BY {self.model.key}",
                                  list(self.fields.values()))
        return [dict(row) for row in rows]


class Model:
    """Subclass it with `table`, `key`, `filters` and `cache`. An instance has its row's columns as attributes."""

    table = ""
    key = "id"
    filters = ()
    cache = None

    def __init__(self, row):
        self.__dict__.update(row)

    def __repr__(self):
        return f"{type(self).__name__}({self.__dict__[self.key]!r})"

    @classmethod
    async def get_async(cls, **fields):
        """The one row with this key. :raises DoesNotExist: where there is none."""
        found = await cls.get_async_or_none(**fields)
        if found is None:
            raise DoesNotExist(f"{cls.__name__} {fields}")
        return found

    @classmethod
    async def get_async_or_none(cls, **fields):
        if set(fields) != {cls.key}:
            raise TypeError(f"{cls.__name__} is got by `{cls.key}`, not by {sorted(fields)}")
        return next(iter(await cls._rows(fields)), None)

    @classmethod
    async def filter_async(cls, **fields):
        """All rows with these values, in the order of their keys."""
        if not fields or not set(fields) <= set(cls.filters):
            raise TypeError(f"{cls.__name__} is filtered by {cls.filters}, not by {sorted(fields)}")
        return await cls._rows(fields)

    @classmethod
    async def resolve_async(cls, **fields):
        """What `fields` ask for: one row by the key, else a list."""
        return await (cls.get_async(**fields) if set(fields) == {cls.key} else cls.filter_async(**fields))

    @classmethod
    async def _rows(cls, fields):
        return [cls(row) for row in await cls.cache.queries.load(Query(cls, fields))]
