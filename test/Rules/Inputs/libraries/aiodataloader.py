"""As much of aiodataloader as the executed tests need: batches and a cache."""
import asyncio


class DataLoader:
    def __init__(self, batch_load_fn=None, cache=True, loop=None):
        self.batch_load_fn = batch_load_fn or self.batch_load_fn
        self.cache = cache
        self.loop = loop or asyncio.get_event_loop()
        self.results = {}
        self.waiting = []

    def load(self, key):
        if self.cache and key in self.results:
            return self.results[key]
        future = self.results[key] = self.loop.create_future()
        self.waiting.append((key, future))
        if len(self.waiting) == 1:
            self.loop.call_soon(self.dispatch)
        return future

    def load_many(self, keys):
        return asyncio.gather(*[self.load(key) for key in keys])

    def clear_all(self):
        self.results.clear()

    def dispatch(self):
        waiting, self.waiting = self.waiting, []
        self.task = self.loop.create_task(self.answer(waiting))

    async def answer(self, waiting):
        values = await self.batch_load_fn([key for key, _ in waiting])
        for (_, future), value in zip(waiting, values):
            future.set_result(value)
