// Python's loop, closed in C++ and left as the thread's current one.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20 -python
// RUN: not %looplint check --no-cache --target-version 3.11 --output-format=concise --select LOOP102,LOOP402 . | FileCheck %s --implicit-check-not='{{error|warning|info}}:'
#include <pybind11/embed.h>

namespace py = pybind11;

void stale_ok(const py::module_ &asyncio) {
  py::object loop = asyncio.attr("new_event_loop")();
  asyncio.attr("set_event_loop")(loop);
  loop.attr("run_until_complete")(asyncio.attr("sleep")(1));
  asyncio.attr("set_event_loop")(py::none());
  loop.attr("close")();
}

void stale_bad(const py::module_ &asyncio) {
  py::object loop = asyncio.attr("new_event_loop")();
  asyncio.attr("set_event_loop")(loop);
  loop.attr("run_until_complete")(asyncio.attr("sleep")(1));
  // CHECK: program.cpp:[[@LINE+1]]:3: warning: `{{.*}}close` closes a loop that stays the thread's current loop{{.*}} [LOOP402]
  loop.attr("close")();
}

int main() {
  py::scoped_interpreter interpreter;
  auto asyncio = py::module_::import("asyncio");
  stale_ok(asyncio);
  stale_bad(asyncio);
  // CHECK: program.cpp:[[@LINE+1]]:3: error: `asyncio.get_event_loop` asks for the current loop where none runs, and gets one that is closed [LOOP102]
  asyncio.attr("get_event_loop")();
}
