// Python's current loop, asked for in C++ with names that come from elsewhere.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20 -python
// RUN: not %looplint check --no-cache --target-version 3.14 --output-format=concise --select LOOP102 . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <Python.h>

struct Host {
  Host() { Py_Initialize(); }
  ~Host() { Py_FinalizeEx(); }
  PyObject *load(const char *name) { return PyImport_ImportModule(name); }
};

static PyObject *loop_bad(PyObject *module) {
  PyObject *name = PyUnicode_FromString("get_event_loop");
  // CHECK: program.cpp:[[@LINE+1]]:20: error: `asyncio.get_event_loop` asks for the current loop where none runs{{.*}} [LOOP102]
  PyObject *loop = PyObject_CallMethodNoArgs(module, name);
  Py_DECREF(name);
  return loop;
}

static PyObject *FP_of_another_module(PyObject *module) {
  return PyObject_CallMethod(module, "get_event_loop", nullptr);
}

int main() {
  Host host;
  loop_bad(host.load("asyncio"));
  FP_of_another_module(host.load("heart"));
}
