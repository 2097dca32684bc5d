// What C++ does to Python's loops by pybind11: the codes of Python hold there as well.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20 -python
// RUN: not %looplint check --no-cache --target-version 3.11 --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning|info}}:'
#include <pybind11/embed.h>
#include <pybind11/functional.h>

#include <chrono>
#include <thread>

namespace py = pybind11;

static py::object asyncio() { return py::module_::import("asyncio"); }
static py::object work() { return asyncio().attr("sleep")(1); }
static py::object running() { return asyncio().attr("get_running_loop")(); }

void threads() {
  py::gil_scoped_release released;
  std::thread([] {
    py::gil_scoped_acquire gil;
    // CHECK: program.cpp:[[@LINE+1]]:5: error: `asyncio.get_event_loop` on a worker thread that has no event loop raises RuntimeError [LOOP101]
    asyncio().attr("get_event_loop")().attr("run_until_complete")(work());
  }).join();
  std::thread([] {
    py::gil_scoped_acquire gil;
    asyncio().attr("run")(work()); // ok: a loop of its own
  }).join();
}

// Before main there is no loop that it could belong to.
struct Defaults {
  // CHECK: program.cpp:[[@LINE+1]]:21: warning: `asyncio.get_event_loop` {{.*}} [LOOP103]
  Defaults() : loop(asyncio().attr("get_event_loop")()) {}
  py::object loop;
};
static Defaults defaults;

void patch_bad() {
  // CHECK: program.cpp:[[@LINE+1]]:3: warning: `nest_asyncio.apply` makes running loops re-entrant for the whole process [LOOP202]
  py::module_::import("nest_asyncio").attr("apply")();
}

void unclosed_bad(bool isEarly) {
  // CHECK: program.cpp:[[@LINE+1]]:21: warning: the loop that `asyncio.new_event_loop` makes is not closed on every path{{.*}} [LOOP401]
  py::object loop = asyncio().attr("new_event_loop")();
  loop.attr("run_until_complete")(work());
  if (isEarly)
    return;
  loop.attr("close")();
}

void by_hand_bad() {
  // CHECK: program.cpp:[[@LINE+1]]:21: info: `asyncio.new_event_loop`: a loop is made, run and closed by hand{{.*}} [LOOP403]
  py::object loop = asyncio().attr("new_event_loop")();
  loop.attr("run_until_complete")(work());
  loop.attr("close")();
}

void by_runner_ok() { asyncio().attr("run")(work()); }

void two_loops_bad() {
  // CHECK: program.cpp:[[@LINE+1]]:22: error: `asyncio.Queue` of one loop is used under another{{.*}} [LOOP404]
  py::object queue = asyncio().attr("Queue")();
  asyncio().attr("run")(queue.attr("get")());
  asyncio().attr("run")(queue.attr("get")());
}

void dropped_bad() {
  // CHECK: program.cpp:[[@LINE+1]]:3: error: the coroutine of `asyncio.sleep` is dropped and never awaited{{.*}} [LOOP701]
  asyncio().attr("sleep")(1);
}

void sleeps_bad() {
  // CHECK: program.cpp:[[@LINE+1]]:3: warning: `std::this_thread::sleep_for` stops the running loop {{.*}} [LOOP601]
  std::this_thread::sleep_for(std::chrono::seconds(1));
}
void runs_bad() {
  // CHECK: program.cpp:[[@LINE+1]]:3: error: `asyncio.run` runs a loop inside a running loop, which raises RuntimeError [LOOP201]
  asyncio().attr("run")(work());
}
void forgets_bad() {
  // CHECK: program.cpp:[[@LINE+1]]:3: warning: nothing refers to this task{{.*}} [LOOP702]
  asyncio().attr("create_task")(work());
}
void passes_object_bad() {
  // CHECK: program.cpp:[[@LINE+1]]:3: error: {{.*}} [LOOP302]
  running().attr("call_soon")(work());
}
void passes_function_bad() {
  // CHECK: program.cpp:[[@LINE+1]]:3: error: {{.*}} [LOOP303]
  running().attr("call_soon")(asyncio().attr("sleep"), 1);
}
void waits_bad() {
  // CHECK: program.cpp:[[@LINE+1]]:3: error: {{.*}} [LOOP203]
  asyncio().attr("run_coroutine_threadsafe")(work(), running()).attr("result")();
}

void loops() {
  py::object loop = asyncio().attr("new_event_loop")();
  loop.attr("call_soon")(py::cpp_function(sleeps_bad));
  loop.attr("call_soon")(py::cpp_function(runs_bad));
  loop.attr("call_soon")(py::cpp_function(forgets_bad));
  loop.attr("call_soon")(py::cpp_function(passes_object_bad));
  loop.attr("call_soon")(py::cpp_function(passes_function_bad));
  loop.attr("call_soon")(py::cpp_function(waits_bad));
  std::thread other([loop] {
    py::gil_scoped_acquire gil;
    // CHECK: program.cpp:[[@LINE+1]]:5: error: `{{.*}}call_soon` is called on a worker thread, while its loop runs on another{{.*}} [LOOP501]
    loop.attr("call_soon")(py::cpp_function([] {}));
    loop.attr("call_soon_threadsafe")(py::cpp_function([] {}));
  });
  loop.attr("run_forever")();
  loop.attr("close")();
  py::gil_scoped_release released;
  other.join();
}

int main(int count, char **) {
  py::scoped_interpreter interpreter;
  threads();
  patch_bad();
  unclosed_bad(count > 1);
  by_hand_bad();
  by_runner_ok();
  two_loops_bad();
  dropped_bad();
  loops();
  // CHECK: program.cpp:[[@LINE+1]]:3: error: `asyncio.get_event_loop` {{.*}} [LOOP102]
  asyncio().attr("get_event_loop")();
}
