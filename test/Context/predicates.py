# RUN: %looplint check --select=LOOP3,LOOP7 %s
# RUN: %python -W error %s
#
# Whether a callable is a coroutine function is asked for each of them, however
# many there are.
import asyncio
import functools
import inspect
from typing import Any, Callable


def is_async_callable(obj: Any) -> bool:
    while isinstance(obj, functools.partial):
        obj = obj.func
    return inspect.iscoroutinefunction(obj) or (callable(obj) and inspect.iscoroutinefunction(obj.__call__))


async def run_in_threadpool(func, *args, **kwargs):
    func = functools.partial(func, *args, **kwargs)
    return await asyncio.to_thread(func)


class BackgroundTask:
    def __init__(self, func: Callable, *args, **kwargs):
        self.func = func
        self.args = args
        self.kwargs = kwargs
        self.is_async = is_async_callable(func)

    async def __call__(self):
        if self.is_async:
            await self.func(*self.args, **self.kwargs)
        else:
            await run_in_threadpool(self.func, *self.args, **self.kwargs)


def request_response(func):
    f = func if is_async_callable(func) else functools.partial(run_in_threadpool, func)

    async def app(request):
        return await f(request)
    return app


class Route:
    def __init__(self, endpoint):
        handler = endpoint
        while isinstance(handler, functools.partial):
            handler = handler.func
        if inspect.isfunction(handler) or inspect.ismethod(handler):
            self.app = request_response(endpoint)
        else:
            self.app = endpoint


async def dispatch(fn, *args):
    if is_async_callable(fn):
        return await fn(*args)
    return await run_in_threadpool(fn, *args)


async def later0(x=1): return x
def now0(x=1): return x
async def later1(x=1): return x
def now1(x=1): return x
async def later2(x=1): return x
def now2(x=1): return x
async def later3(x=1): return x
def now3(x=1): return x
async def later4(x=1): return x
def now4(x=1): return x
async def later5(x=1): return x
def now5(x=1): return x
async def later6(x=1): return x
def now6(x=1): return x
async def later7(x=1): return x
def now7(x=1): return x
async def later8(x=1): return x
def now8(x=1): return x
async def later9(x=1): return x
def now9(x=1): return x
async def later10(x=1): return x
def now10(x=1): return x
async def later11(x=1): return x
def now11(x=1): return x
async def later12(x=1): return x
def now12(x=1): return x
async def later13(x=1): return x
def now13(x=1): return x
async def later14(x=1): return x
def now14(x=1): return x
async def later15(x=1): return x
def now15(x=1): return x
async def later16(x=1): return x
def now16(x=1): return x
async def later17(x=1): return x
def now17(x=1): return x
async def later18(x=1): return x
def now18(x=1): return x
async def later19(x=1): return x
def now19(x=1): return x
async def later20(x=1): return x
def now20(x=1): return x
async def later21(x=1): return x
def now21(x=1): return x
async def later22(x=1): return x
def now22(x=1): return x
async def later23(x=1): return x
def now23(x=1): return x
async def later24(x=1): return x
def now24(x=1): return x
async def later25(x=1): return x
def now25(x=1): return x
async def later26(x=1): return x
def now26(x=1): return x
async def later27(x=1): return x
def now27(x=1): return x
async def later28(x=1): return x
def now28(x=1): return x
async def later29(x=1): return x
def now29(x=1): return x
async def later30(x=1): return x
def now30(x=1): return x
async def later31(x=1): return x
def now31(x=1): return x
async def later32(x=1): return x
def now32(x=1): return x
async def later33(x=1): return x
def now33(x=1): return x
async def later34(x=1): return x
def now34(x=1): return x
async def later35(x=1): return x
def now35(x=1): return x
async def later36(x=1): return x
def now36(x=1): return x
async def later37(x=1): return x
def now37(x=1): return x
async def later38(x=1): return x
def now38(x=1): return x
async def later39(x=1): return x
def now39(x=1): return x
async def later40(x=1): return x
def now40(x=1): return x
async def later41(x=1): return x
def now41(x=1): return x
async def later42(x=1): return x
def now42(x=1): return x
async def later43(x=1): return x
def now43(x=1): return x
async def later44(x=1): return x
def now44(x=1): return x
async def later45(x=1): return x
def now45(x=1): return x
async def later46(x=1): return x
def now46(x=1): return x
async def later47(x=1): return x
def now47(x=1): return x
async def later48(x=1): return x
def now48(x=1): return x
async def later49(x=1): return x
def now49(x=1): return x
async def later50(x=1): return x
def now50(x=1): return x
async def later51(x=1): return x
def now51(x=1): return x
async def later52(x=1): return x
def now52(x=1): return x
async def later53(x=1): return x
def now53(x=1): return x
async def later54(x=1): return x
def now54(x=1): return x
async def later55(x=1): return x
def now55(x=1): return x
async def later56(x=1): return x
def now56(x=1): return x
async def later57(x=1): return x
def now57(x=1): return x
async def later58(x=1): return x
def now58(x=1): return x
async def later59(x=1): return x
def now59(x=1): return x
async def later60(x=1): return x
def now60(x=1): return x
async def later61(x=1): return x
def now61(x=1): return x
async def later62(x=1): return x
def now62(x=1): return x
async def later63(x=1): return x
def now63(x=1): return x
async def later64(x=1): return x
def now64(x=1): return x
async def later65(x=1): return x
def now65(x=1): return x
async def later66(x=1): return x
def now66(x=1): return x
async def later67(x=1): return x
def now67(x=1): return x
async def later68(x=1): return x
def now68(x=1): return x
async def later69(x=1): return x
def now69(x=1): return x


async def main():
    await dispatch(later0, 0)
    await dispatch(now0)
    await BackgroundTask(later0, 1)()
    await BackgroundTask(now0)()
    await Route(later0).app(1)
    await Route(now0).app(2)
    await dispatch(later1, 1)
    await dispatch(now1)
    await BackgroundTask(later1, 1)()
    await BackgroundTask(now1)()
    await Route(later1).app(1)
    await Route(now1).app(2)
    await dispatch(later2, 2)
    await dispatch(now2)
    await BackgroundTask(later2, 1)()
    await BackgroundTask(now2)()
    await Route(later2).app(1)
    await Route(now2).app(2)
    await dispatch(later3, 3)
    await dispatch(now3)
    await BackgroundTask(later3, 1)()
    await BackgroundTask(now3)()
    await Route(later3).app(1)
    await Route(now3).app(2)
    await dispatch(later4, 4)
    await dispatch(now4)
    await BackgroundTask(later4, 1)()
    await BackgroundTask(now4)()
    await Route(later4).app(1)
    await Route(now4).app(2)
    await dispatch(later5, 5)
    await dispatch(now5)
    await BackgroundTask(later5, 1)()
    await BackgroundTask(now5)()
    await Route(later5).app(1)
    await Route(now5).app(2)
    await dispatch(later6, 6)
    await dispatch(now6)
    await BackgroundTask(later6, 1)()
    await BackgroundTask(now6)()
    await Route(later6).app(1)
    await Route(now6).app(2)
    await dispatch(later7, 7)
    await dispatch(now7)
    await BackgroundTask(later7, 1)()
    await BackgroundTask(now7)()
    await Route(later7).app(1)
    await Route(now7).app(2)
    await dispatch(later8, 8)
    await dispatch(now8)
    await BackgroundTask(later8, 1)()
    await BackgroundTask(now8)()
    await Route(later8).app(1)
    await Route(now8).app(2)
    await dispatch(later9, 9)
    await dispatch(now9)
    await BackgroundTask(later9, 1)()
    await BackgroundTask(now9)()
    await Route(later9).app(1)
    await Route(now9).app(2)
    await dispatch(later10, 10)
    await dispatch(now10)
    await BackgroundTask(later10, 1)()
    await BackgroundTask(now10)()
    await Route(later10).app(1)
    await Route(now10).app(2)
    await dispatch(later11, 11)
    await dispatch(now11)
    await BackgroundTask(later11, 1)()
    await BackgroundTask(now11)()
    await Route(later11).app(1)
    await Route(now11).app(2)
    await dispatch(later12, 12)
    await dispatch(now12)
    await BackgroundTask(later12, 1)()
    await BackgroundTask(now12)()
    await Route(later12).app(1)
    await Route(now12).app(2)
    await dispatch(later13, 13)
    await dispatch(now13)
    await BackgroundTask(later13, 1)()
    await BackgroundTask(now13)()
    await Route(later13).app(1)
    await Route(now13).app(2)
    await dispatch(later14, 14)
    await dispatch(now14)
    await BackgroundTask(later14, 1)()
    await BackgroundTask(now14)()
    await Route(later14).app(1)
    await Route(now14).app(2)
    await dispatch(later15, 15)
    await dispatch(now15)
    await BackgroundTask(later15, 1)()
    await BackgroundTask(now15)()
    await Route(later15).app(1)
    await Route(now15).app(2)
    await dispatch(later16, 16)
    await dispatch(now16)
    await BackgroundTask(later16, 1)()
    await BackgroundTask(now16)()
    await Route(later16).app(1)
    await Route(now16).app(2)
    await dispatch(later17, 17)
    await dispatch(now17)
    await BackgroundTask(later17, 1)()
    await BackgroundTask(now17)()
    await Route(later17).app(1)
    await Route(now17).app(2)
    await dispatch(later18, 18)
    await dispatch(now18)
    await BackgroundTask(later18, 1)()
    await BackgroundTask(now18)()
    await Route(later18).app(1)
    await Route(now18).app(2)
    await dispatch(later19, 19)
    await dispatch(now19)
    await BackgroundTask(later19, 1)()
    await BackgroundTask(now19)()
    await Route(later19).app(1)
    await Route(now19).app(2)
    await dispatch(later20, 20)
    await dispatch(now20)
    await BackgroundTask(later20, 1)()
    await BackgroundTask(now20)()
    await Route(later20).app(1)
    await Route(now20).app(2)
    await dispatch(later21, 21)
    await dispatch(now21)
    await BackgroundTask(later21, 1)()
    await BackgroundTask(now21)()
    await Route(later21).app(1)
    await Route(now21).app(2)
    await dispatch(later22, 22)
    await dispatch(now22)
    await BackgroundTask(later22, 1)()
    await BackgroundTask(now22)()
    await Route(later22).app(1)
    await Route(now22).app(2)
    await dispatch(later23, 23)
    await dispatch(now23)
    await BackgroundTask(later23, 1)()
    await BackgroundTask(now23)()
    await Route(later23).app(1)
    await Route(now23).app(2)
    await dispatch(later24, 24)
    await dispatch(now24)
    await BackgroundTask(later24, 1)()
    await BackgroundTask(now24)()
    await Route(later24).app(1)
    await Route(now24).app(2)
    await dispatch(later25, 25)
    await dispatch(now25)
    await BackgroundTask(later25, 1)()
    await BackgroundTask(now25)()
    await Route(later25).app(1)
    await Route(now25).app(2)
    await dispatch(later26, 26)
    await dispatch(now26)
    await BackgroundTask(later26, 1)()
    await BackgroundTask(now26)()
    await Route(later26).app(1)
    await Route(now26).app(2)
    await dispatch(later27, 27)
    await dispatch(now27)
    await BackgroundTask(later27, 1)()
    await BackgroundTask(now27)()
    await Route(later27).app(1)
    await Route(now27).app(2)
    await dispatch(later28, 28)
    await dispatch(now28)
    await BackgroundTask(later28, 1)()
    await BackgroundTask(now28)()
    await Route(later28).app(1)
    await Route(now28).app(2)
    await dispatch(later29, 29)
    await dispatch(now29)
    await BackgroundTask(later29, 1)()
    await BackgroundTask(now29)()
    await Route(later29).app(1)
    await Route(now29).app(2)
    await dispatch(later30, 30)
    await dispatch(now30)
    await BackgroundTask(later30, 1)()
    await BackgroundTask(now30)()
    await Route(later30).app(1)
    await Route(now30).app(2)
    await dispatch(later31, 31)
    await dispatch(now31)
    await BackgroundTask(later31, 1)()
    await BackgroundTask(now31)()
    await Route(later31).app(1)
    await Route(now31).app(2)
    await dispatch(later32, 32)
    await dispatch(now32)
    await BackgroundTask(later32, 1)()
    await BackgroundTask(now32)()
    await Route(later32).app(1)
    await Route(now32).app(2)
    await dispatch(later33, 33)
    await dispatch(now33)
    await BackgroundTask(later33, 1)()
    await BackgroundTask(now33)()
    await Route(later33).app(1)
    await Route(now33).app(2)
    await dispatch(later34, 34)
    await dispatch(now34)
    await BackgroundTask(later34, 1)()
    await BackgroundTask(now34)()
    await Route(later34).app(1)
    await Route(now34).app(2)
    await dispatch(later35, 35)
    await dispatch(now35)
    await BackgroundTask(later35, 1)()
    await BackgroundTask(now35)()
    await Route(later35).app(1)
    await Route(now35).app(2)
    await dispatch(later36, 36)
    await dispatch(now36)
    await BackgroundTask(later36, 1)()
    await BackgroundTask(now36)()
    await Route(later36).app(1)
    await Route(now36).app(2)
    await dispatch(later37, 37)
    await dispatch(now37)
    await BackgroundTask(later37, 1)()
    await BackgroundTask(now37)()
    await Route(later37).app(1)
    await Route(now37).app(2)
    await dispatch(later38, 38)
    await dispatch(now38)
    await BackgroundTask(later38, 1)()
    await BackgroundTask(now38)()
    await Route(later38).app(1)
    await Route(now38).app(2)
    await dispatch(later39, 39)
    await dispatch(now39)
    await BackgroundTask(later39, 1)()
    await BackgroundTask(now39)()
    await Route(later39).app(1)
    await Route(now39).app(2)
    await dispatch(later40, 40)
    await dispatch(now40)
    await BackgroundTask(later40, 1)()
    await BackgroundTask(now40)()
    await Route(later40).app(1)
    await Route(now40).app(2)
    await dispatch(later41, 41)
    await dispatch(now41)
    await BackgroundTask(later41, 1)()
    await BackgroundTask(now41)()
    await Route(later41).app(1)
    await Route(now41).app(2)
    await dispatch(later42, 42)
    await dispatch(now42)
    await BackgroundTask(later42, 1)()
    await BackgroundTask(now42)()
    await Route(later42).app(1)
    await Route(now42).app(2)
    await dispatch(later43, 43)
    await dispatch(now43)
    await BackgroundTask(later43, 1)()
    await BackgroundTask(now43)()
    await Route(later43).app(1)
    await Route(now43).app(2)
    await dispatch(later44, 44)
    await dispatch(now44)
    await BackgroundTask(later44, 1)()
    await BackgroundTask(now44)()
    await Route(later44).app(1)
    await Route(now44).app(2)
    await dispatch(later45, 45)
    await dispatch(now45)
    await BackgroundTask(later45, 1)()
    await BackgroundTask(now45)()
    await Route(later45).app(1)
    await Route(now45).app(2)
    await dispatch(later46, 46)
    await dispatch(now46)
    await BackgroundTask(later46, 1)()
    await BackgroundTask(now46)()
    await Route(later46).app(1)
    await Route(now46).app(2)
    await dispatch(later47, 47)
    await dispatch(now47)
    await BackgroundTask(later47, 1)()
    await BackgroundTask(now47)()
    await Route(later47).app(1)
    await Route(now47).app(2)
    await dispatch(later48, 48)
    await dispatch(now48)
    await BackgroundTask(later48, 1)()
    await BackgroundTask(now48)()
    await Route(later48).app(1)
    await Route(now48).app(2)
    await dispatch(later49, 49)
    await dispatch(now49)
    await BackgroundTask(later49, 1)()
    await BackgroundTask(now49)()
    await Route(later49).app(1)
    await Route(now49).app(2)
    await dispatch(later50, 50)
    await dispatch(now50)
    await BackgroundTask(later50, 1)()
    await BackgroundTask(now50)()
    await Route(later50).app(1)
    await Route(now50).app(2)
    await dispatch(later51, 51)
    await dispatch(now51)
    await BackgroundTask(later51, 1)()
    await BackgroundTask(now51)()
    await Route(later51).app(1)
    await Route(now51).app(2)
    await dispatch(later52, 52)
    await dispatch(now52)
    await BackgroundTask(later52, 1)()
    await BackgroundTask(now52)()
    await Route(later52).app(1)
    await Route(now52).app(2)
    await dispatch(later53, 53)
    await dispatch(now53)
    await BackgroundTask(later53, 1)()
    await BackgroundTask(now53)()
    await Route(later53).app(1)
    await Route(now53).app(2)
    await dispatch(later54, 54)
    await dispatch(now54)
    await BackgroundTask(later54, 1)()
    await BackgroundTask(now54)()
    await Route(later54).app(1)
    await Route(now54).app(2)
    await dispatch(later55, 55)
    await dispatch(now55)
    await BackgroundTask(later55, 1)()
    await BackgroundTask(now55)()
    await Route(later55).app(1)
    await Route(now55).app(2)
    await dispatch(later56, 56)
    await dispatch(now56)
    await BackgroundTask(later56, 1)()
    await BackgroundTask(now56)()
    await Route(later56).app(1)
    await Route(now56).app(2)
    await dispatch(later57, 57)
    await dispatch(now57)
    await BackgroundTask(later57, 1)()
    await BackgroundTask(now57)()
    await Route(later57).app(1)
    await Route(now57).app(2)
    await dispatch(later58, 58)
    await dispatch(now58)
    await BackgroundTask(later58, 1)()
    await BackgroundTask(now58)()
    await Route(later58).app(1)
    await Route(now58).app(2)
    await dispatch(later59, 59)
    await dispatch(now59)
    await BackgroundTask(later59, 1)()
    await BackgroundTask(now59)()
    await Route(later59).app(1)
    await Route(now59).app(2)
    await dispatch(later60, 60)
    await dispatch(now60)
    await BackgroundTask(later60, 1)()
    await BackgroundTask(now60)()
    await Route(later60).app(1)
    await Route(now60).app(2)
    await dispatch(later61, 61)
    await dispatch(now61)
    await BackgroundTask(later61, 1)()
    await BackgroundTask(now61)()
    await Route(later61).app(1)
    await Route(now61).app(2)
    await dispatch(later62, 62)
    await dispatch(now62)
    await BackgroundTask(later62, 1)()
    await BackgroundTask(now62)()
    await Route(later62).app(1)
    await Route(now62).app(2)
    await dispatch(later63, 63)
    await dispatch(now63)
    await BackgroundTask(later63, 1)()
    await BackgroundTask(now63)()
    await Route(later63).app(1)
    await Route(now63).app(2)
    await dispatch(later64, 64)
    await dispatch(now64)
    await BackgroundTask(later64, 1)()
    await BackgroundTask(now64)()
    await Route(later64).app(1)
    await Route(now64).app(2)
    await dispatch(later65, 65)
    await dispatch(now65)
    await BackgroundTask(later65, 1)()
    await BackgroundTask(now65)()
    await Route(later65).app(1)
    await Route(now65).app(2)
    await dispatch(later66, 66)
    await dispatch(now66)
    await BackgroundTask(later66, 1)()
    await BackgroundTask(now66)()
    await Route(later66).app(1)
    await Route(now66).app(2)
    await dispatch(later67, 67)
    await dispatch(now67)
    await BackgroundTask(later67, 1)()
    await BackgroundTask(now67)()
    await Route(later67).app(1)
    await Route(now67).app(2)
    await dispatch(later68, 68)
    await dispatch(now68)
    await BackgroundTask(later68, 1)()
    await BackgroundTask(now68)()
    await Route(later68).app(1)
    await Route(now68).app(2)
    await dispatch(later69, 69)
    await dispatch(now69)
    await BackgroundTask(later69, 1)()
    await BackgroundTask(now69)()
    await Route(later69).app(1)
    await Route(now69).app(2)


asyncio.run(main())
