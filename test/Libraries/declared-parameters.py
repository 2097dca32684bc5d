# RUN: not %looplint check --target-version=3.11 %s \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
"""What FastAPI passes to parameters by their types, whatever their defaults."""
import asyncio
from typing import Annotated, Optional

from fastapi import APIRouter, BackgroundTasks, Depends, FastAPI, Request

app = FastAPI()
router = APIRouter()


# A dependency that is left out is the type of its parameter.


class Settings:
    def __init__(self):
        self.loop = asyncio.get_running_loop()
        # CHECK: :[[#@LINE-1]]:21: error: `asyncio.get_running_loop` on a worker thread {{.*}} [LOOP101]

    async def load(self):
        pass


@app.get("/settings")
async def by_type_bad(settings: Settings = Depends()):
    settings.load()
    # CHECK: :[[#@LINE-1]]:5: error: the coroutine of `Settings.load` is dropped {{.*}} [LOOP701]


class Session:
    def __init__(self):
        self.loop = asyncio.get_running_loop()
        # CHECK: :[[#@LINE-1]]:21: error: `asyncio.get_running_loop` on a worker thread {{.*}} [LOOP101]


@app.get("/session")
async def by_annotated_type_bad(session: Annotated[Session, Depends()]):
    return session


class Guard:
    def __call__(self, request: Request = None):
        asyncio.get_running_loop()
        # CHECK: :[[#@LINE-1]]:9: error: `asyncio.get_running_loop` on a worker thread {{.*}} [LOOP101]


@app.get("/guarded", dependencies=[Depends(Guard())])
async def by_object_bad():
    return None


class Plain:
    def __init__(self, name: str = ""):
        self.name = name


@app.get("/plain")
async def by_type_ok(plain: Plain = Depends()):
    return plain.name


def current():
    return Plain()


class NotMade:
    def __init__(self):
        asyncio.get_running_loop()


@app.get("/current")
async def FP_given_by_another(plain: NotMade = Depends(current)):
    return plain


# A request, or a list of tasks, is passed even where the default is None.


def notify():
    asyncio.get_running_loop()
    # CHECK: :[[#@LINE-1]]:5: error: `asyncio.get_running_loop` on a worker thread {{.*}} [LOOP101]


@app.post("/notify")
async def tasks_bad(tasks: BackgroundTasks = None):
    tasks.add_task(notify)


async def notify_on_loop():
    asyncio.get_running_loop()


@router.post("/notify")
async def tasks_ok(tasks: BackgroundTasks = None):
    tasks.add_task(notify_on_loop)


@router.get("/request")
async def request_bad(request: Request = None):
    request.json()
    # CHECK: :[[#@LINE-1]]:5: error: the coroutine of `{{.*}}Request.json` is dropped {{.*}} [LOOP701]


@router.get("/optional")
async def optional_bad(request: Optional[Request] = None):
    if request is not None:
        request.body()
        # CHECK: :[[#@LINE-1]]:9: error: the coroutine of `{{.*}}Request.body` is dropped {{.*}} [LOOP701]


@router.get("/awaited")
async def request_ok(request: Request = None):
    return await request.json()


app.include_router(router)
