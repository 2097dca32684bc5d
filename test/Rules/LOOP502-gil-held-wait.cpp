// Waits that keep the GIL from the thread they wait for.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20 -python
// RUN: not %looplint check --no-cache --select LOOP502 --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
// RUN: not %looplint check --no-cache --select LOOP502 . | FileCheck %s --check-prefix=PROOF
#include <pybind11/embed.h>
#include <pybind11/functional.h>
#include <pybind11/pybind11.h>

#include <future>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

namespace py = pybind11;

static void report() {
  py::gil_scoped_acquire gil;
  py::print("done");
}

static void compute() {}

void bad_function() {
  std::thread worker(report);
  // CHECK: program.cpp:[[@LINE+1]]:3: error: `std::thread::join` waits with the GIL held for a thread that needs the GIL itself, so neither goes on; release it around the wait [LOOP502]
  worker.join();
}
// PROOF: note: `pybind11::module_::def` makes `bad_function` run
// PROOF-NEXT: m.def("bad_function", &bad_function)
// PROOF: note: `std::thread::join` waits here, and keeps the GIL
// PROOF: note: `pybind11::gil_scoped_acquire` needs the GIL on the thread that is waited for

int bad_future() {
  auto answer = std::async(std::launch::async, [] {
    py::gil_scoped_acquire gil;
    return 42;
  });
  // CHECK: program.cpp:[[@LINE+1]]:10: error: `std::future::get` {{.*}} [LOOP502]
  return answer.get();
}

void bad_c_api() {
  std::thread worker([] {
    PyGILState_STATE state = PyGILState_Ensure();
    PyGILState_Release(state);
  });
  // CHECK: program.cpp:[[@LINE+1]]:3: error: {{.*}} [LOOP502]
  worker.join();
}

void bad_acquires_again() {
  py::gil_scoped_release released;
  std::thread worker(report);
  {
    py::gil_scoped_acquire gil;
    // CHECK: program.cpp:[[@LINE+1]]:5: error: {{.*}} [LOOP502]
    worker.join();
  }
}

class Crew {
public:
  Crew() {
    for (int i = 0; i < 3; ++i)
      threads.emplace_back([this] { work(); });
  }
  // Python drops the object, and holds the GIL when it does.
  void FN_wait() { join_all(); }
  void ok_wait() {
    py::gil_scoped_release released;
    join_released();
  }

private:
  void work() { report(); }
  void join_all() {
    for (std::thread &thread : threads)
      // CHECK: program.cpp:[[@LINE+1]]:7: error: `std::thread::join` {{.*}} [LOOP502]
      thread.join();
  }
  void join_released() {
    for (std::thread &thread : threads)
      thread.join();
  }
  std::vector<std::thread> threads;
};

void ok_released_around_the_wait() {
  std::thread worker(report);
  py::gil_scoped_release released;
  worker.join();
}

void ok_released_by_macro() {
  std::thread worker(report);
  Py_BEGIN_ALLOW_THREADS
  worker.join();
  Py_END_ALLOW_THREADS
}

void ok_released_by_call_guard() {
  std::thread worker(report);
  worker.join();
}

void FP_never_touches_python() {
  std::thread worker(compute);
  worker.join();
}

void FP_released_for_as_long_as_needed() {
  std::thread worker(report);
  auto released = std::make_unique<py::gil_scoped_release>();
  worker.join();
}

void FP_released_perhaps(bool isHeld) {
  std::thread worker(report);
  std::optional<py::gil_scoped_release> released;
  if (isHeld)
    released.emplace();
  worker.join();
}

void FP_waits_for_a_while() {
  auto answer = std::async(std::launch::async, report);
  answer.wait_for(std::chrono::seconds(1));
  py::gil_scoped_release released;
  answer.wait();
}

PYBIND11_MODULE(program, m) {
  m.def("bad_function", &bad_function);
  m.def("bad_future", &bad_future, "waits");
  m.def("bad_c_api", [] { bad_c_api(); });
  m.def("bad_acquires_again", &bad_acquires_again);
  m.def("released", &ok_released_around_the_wait);
  m.def("macro", &ok_released_by_macro);
  m.def("guarded", &ok_released_by_call_guard, py::call_guard<py::gil_scoped_release>());
  m.def("computes", &FP_never_touches_python);
  m.def("long", &FP_released_for_as_long_as_needed);
  m.def("perhaps", &FP_released_perhaps);
  m.def("while", &FP_waits_for_a_while);
  py::class_<Crew>(m, "Crew")
      .def(py::init<>())
      .def("wait", &Crew::FN_wait)
      .def("released", &Crew::ok_wait);
}

static void wait_for(std::vector<std::thread> &threads) {
  for (std::thread &thread : threads)
    // CHECK: program.cpp:[[@LINE+1]]:5: error: `std::thread::join` {{.*}} [LOOP502]
    thread.join();
}

int main() {
  py::scoped_interpreter interpreter;
  py::object loop = py::module_::import("asyncio").attr("new_event_loop")();
  // The loop calls it, and holds the GIL.
  loop.attr("call_soon")(py::cpp_function([] {
    std::vector<std::thread> threads;
    threads.emplace_back(report);
    wait_for(threads);
  }));
  loop.attr("run_forever")();

  std::thread worker(report);
  // CHECK: program.cpp:[[@LINE+1]]:3: error: {{.*}} [LOOP502]
  worker.join();
}
