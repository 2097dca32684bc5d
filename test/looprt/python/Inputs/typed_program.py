"""What a type checker knows of a program that uses looprt: `#:` says the type, `#!` the error, of the line."""
import asyncio
from datetime import datetime, timedelta
from typing import List

import looprt
from looprt import guard
from looprt.compat import aiodataloader, apscheduler
from looprt.testing import VirtualClock, fire_times


async def fetch(number: int) -> str:
    return str(number)


def plain(number: int) -> float:
    return number / 2


class Names(looprt.DataLoader[int, str]):
    async def batch_load_fn(self, keys: List[int]) -> List[str]:
        return [str(key) for key in keys]


async def load(names: Names) -> None:
    async with looprt.loader_scope():
        reveal_type(await names.load(1))  #: str
        reveal_type(await names.load_many([1, 2]))  #: List[str]
        reveal_type(await names.load_many([1], return_exceptions=True))  #: List[Union[str, BaseException]]
        reveal_type(await asyncio.gather(names.load(1), names.load(2)))  #: Tuple[str, str]
        reveal_type(looprt.get_loader(Names))  #: Names
        names.prime(1, "one").clear(1).clear_all()
        await names.load("one")  #! arg-type


async def schedule(clock: VirtualClock) -> None:
    async with looprt.Scheduler(data_store=looprt.SQLiteStore("jobs"), grace=1, clock=clock) as scheduler:
        daily = looprt.CronTrigger.from_crontab("@daily", timezone="Europe/Berlin")
        reveal_type(daily)  #: CronTrigger
        reveal_type(daily.next(None, datetime.now()))  #: Union[datetime, None]
        reveal_type(fire_times(daily, datetime.now(), datetime.now() + timedelta(days=9)))  #: List[datetime]
        number = await scheduler.add_schedule(fetch, looprt.OrTrigger([daily, looprt.IntervalTrigger(days=1)]), args=[1])
        reveal_type(await scheduler.get_schedule(number))  #: ScheduleStatus
        reveal_type(await scheduler.run_job(fetch, args=[1]))  #: str
        reveal_type(await scheduler.run_job(plain, args=[1], job_executor="thread"))  #: float
        reveal_type(await scheduler.add_job(fetch, args=[1]))  #: Future[str]
        reveal_type(await scheduler.stop(grace=1))  #: List[JobInfo]
        await scheduler.add_schedule(fetch, "@daily")  #! arg-type


@looprt.entry_point
async def view(number: int) -> str:
    return await fetch(number)


@looprt.entry_point(loop_factory=asyncio.new_event_loop)
async def other_view() -> int:
    return 1


class Views:
    @looprt.entry_point
    async def get(self, number: int) -> str:
        return await view.__wrapped__(number)


async def bridges() -> None:
    reveal_type(await looprt.to_thread(plain, 1))  #: float
    await looprt.to_thread(plain, "one")  #! arg-type


reveal_type(view(1))  #: str
reveal_type(other_view())  #: int
reveal_type(Views().get(1))  #: str
view("one")  #! arg-type
reveal_type(looprt.run(fetch, 1))  #: str
reveal_type(looprt.run_sync(fetch, 1))  #: str
looprt.run_sync(plain, 1)  #! arg-type
with looprt.Runner() as runner:
    reveal_type(runner.run(fetch, 1))  #: str
with looprt.start_blocking_portal() as portal:
    reveal_type(portal.call(fetch, 1))  #: str
    reveal_type(portal.call(plain, 1))  #: float
    reveal_type(portal.start_task_soon(fetch, 1))  #: Future[str]
guard.enable(mode="raise", blocking_threshold=0.5)
reveal_type(guard.counts())  #: Dict[str, int]
reveal_type(aiodataloader.DataLoader().load(1))  #: Future[Any]
reveal_type(apscheduler.AsyncIOScheduler().add_job(fetch, "interval", seconds=1))  #: Job
