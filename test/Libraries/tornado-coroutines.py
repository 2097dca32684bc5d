# RUN: not %looplint check --select=LOOP701,LOOP702 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# What `gen.coroutine` decorates begins when it is called and returns a future:
# dropped, it goes on by itself and its exception is only logged; asked for its
# truth, it is always true. Nothing is wrong with a future that is waited for.
from tornado import gen, web
from tornado.ioloop import IOLoop


class Base:
    @gen.coroutine
    def flush(self):
        yield gen.sleep(1)


class Writer(Base):
    @gen.coroutine
    def ready(self):
        yield gen.sleep(1)
        raise gen.Return(False)

    @gen.coroutine
    def plain_in_form(self):
        return 1

    @gen.coroutine
    def close_bad(self):
        self.flush()
        # CHECK: :[[#@LINE-1]]:9: warning: nothing waits for the future of `Base.flush`: the caller goes on as soon as it has to wait, and what it raises is only logged [LOOP702]
        # CHECK: :{{[0-9]+}}:9: note: a decorator makes `Base.flush` return a future, which also holds what it raises
        yield self.ready()

    async def in_a_coroutine_bad(self):
        self.flush()
        # CHECK: :[[#@LINE-1]]:9: warning: nothing waits for the future of `Base.flush`{{.*}} [LOOP702]
        self.plain_in_form()
        # CHECK: :[[#@LINE-1]]:9: warning: nothing waits for the future of `Writer.plain_in_form`{{.*}} [LOOP702]

    def in_a_method_bad(self):
        self.flush()
        # CHECK: :[[#@LINE-1]]:9: warning: nothing waits for the future of `Base.flush`{{.*}} [LOOP702] (likely)

    @gen.coroutine
    def unread_bad(self):
        future = self.flush()
        # CHECK: :[[#@LINE-1]]:18: warning: nothing waits for the future of `Base.flush`{{.*}} [LOOP702]
        yield gen.sleep(1)

    @gen.coroutine
    def tested_bad(self):
        if self.ready():
            # CHECK: :[[#@LINE-1]]:12: error: the future of `Writer.ready` is asked whether it is true, which it always is, and nothing waits for it [LOOP701]
            yield self.flush()
        if not self.ready():
            # CHECK: :[[#@LINE-1]]:16: error: the future of `Writer.ready` is asked {{.*}} [LOOP701]
            yield self.flush()
        if self.ready() == 3:
            # CHECK: :[[#@LINE-1]]:12: error: the future of `Writer.ready` is compared, itself and not its result, and nothing waits for it [LOOP701]
            yield self.flush()

    @gen.coroutine
    def waits_ok(self):
        yield self.flush()
        yield [self.flush(), self.ready()]
        first = self.flush()
        second = yield self.ready()
        if (yield self.ready()):
            yield first
        IOLoop.current().add_future(self.flush(), lambda done: done.result())
        IOLoop.current().spawn_callback(self.flush)
        self.kept = self.flush()
        raise gen.Return(self.ready())

    async def awaits_ok(self):
        await self.flush()
        if await self.ready():
            return await gen.multi([self.flush()])

    async def on_the_spot_ok(self, tasks):
        @gen.coroutine
        def watch():
            for task in tasks:
                yield task

        watch()

    def hands_on_ok(self):
        return self.flush()


class Quiet(Base):
    def flush(self):
        """Not a coroutine any more."""


def either_ok(quiet):
    sink = Quiet() if quiet else Base()
    sink.flush()


class Page(web.RequestHandler):
    @gen.coroutine
    def get(self):
        self.write("a")
        self.flush()
        yield self.finish_it()

    @gen.coroutine
    def finish_it(self):
        yield gen.sleep(1)
