# RUN: rm -rf %t && split-file --leading-lines %s %t
# RUN: not %looplint check %t/wrong.py \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
# RUN: %looplint check %t/right.py
# RUN: %if flask %{ not %python %t/wrong.py 2>&1 | FileCheck %s --check-prefix=FAILS %}
# RUN: %if flask %{ %python %t/right.py 2>&1 | FileCheck %s --check-prefix=WORKS %}
# FAILS: RuntimeError: asyncio.run() cannot be called from a running event loop
# WORKS: ['12', '12', '12']
#
# Flask runs an `async def` view on a loop of its own, made for the request. A
# plain view has no loop around it, so there the same call is right.

#--- wrong.py
import asyncio

from flask import Flask

app = Flask(__name__)
app.testing = True


async def price(symbol):
    await asyncio.sleep(0)
    return 12


@app.get("/price/<symbol>")
async def show(symbol):
    return str(asyncio.run(price(symbol)))
    # CHECK: wrong.py:[[#@LINE-1]]:16: error: `asyncio.run` {{.*}} [LOOP201]


if __name__ == "__main__":
    print(app.test_client().get("/price/tea").text)

#--- right.py
import asyncio

from flask import Blueprint, Flask
from flask.views import MethodView

app = Flask(__name__)
app.testing = True
pages = Blueprint("pages", __name__)


async def price(symbol):
    await asyncio.sleep(0)
    return 12


@app.get("/price/<symbol>")
async def show(symbol):
    return str(await price(symbol))


@pages.route("/plain/<symbol>")
def plain(symbol):
    return str(asyncio.run(price(symbol)))


class Prices(MethodView):
    def get(self, symbol):
        return str(asyncio.run(price(symbol)))


app.register_blueprint(pages)
app.add_url_rule("/class/<symbol>", view_func=Prices.as_view("prices"))

if __name__ == "__main__":
    client = app.test_client()
    paths = ["/price/tea", "/plain/tea", "/class/tea"]
    print([client.get(path).text for path in paths])
