# One function that many closed loops lead to: beyond a number of contexts they are not told apart, and nothing breaks.
# RUN: not %looplint check --select=LOOP102 --output-format=concise %s | FileCheck %s --implicit-check-not='{{error|warning}}:'
import asyncio


def current_loop():
    # CHECK: :[[#@LINE+1]]:12: error: `asyncio.get_event_loop` asks for the current loop where none runs, and gets one that is closed [LOOP102]
    return asyncio.get_event_loop()


def leave_closed():
    first = asyncio.new_event_loop()
    asyncio.set_event_loop(first)
    first.close()
    current_loop()
    second = asyncio.new_event_loop()
    asyncio.set_event_loop(second)
    second.close()
    current_loop()
    third = asyncio.new_event_loop()
    asyncio.set_event_loop(third)
    third.close()
    current_loop()
    fourth = asyncio.new_event_loop()
    asyncio.set_event_loop(fourth)
    fourth.close()
    current_loop()
    fifth = asyncio.new_event_loop()
    asyncio.set_event_loop(fifth)
    fifth.close()
    current_loop()
    sixth = asyncio.new_event_loop()
    asyncio.set_event_loop(sixth)
    sixth.close()
    current_loop()
    seventh = asyncio.new_event_loop()
    asyncio.set_event_loop(seventh)
    seventh.close()
    current_loop()
    eighth = asyncio.new_event_loop()
    asyncio.set_event_loop(eighth)
    eighth.close()
    current_loop()
    ninth = asyncio.new_event_loop()
    asyncio.set_event_loop(ninth)
    ninth.close()
    current_loop()
    tenth = asyncio.new_event_loop()
    asyncio.set_event_loop(tenth)
    tenth.close()
    current_loop()
    eleventh = asyncio.new_event_loop()
    asyncio.set_event_loop(eleventh)
    eleventh.close()
    current_loop()
    twelfth = asyncio.new_event_loop()
    asyncio.set_event_loop(twelfth)
    twelfth.close()
    current_loop()


leave_closed()
