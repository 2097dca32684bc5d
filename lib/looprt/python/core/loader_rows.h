// What the loader's types in C have in common: objects that are rows of
// references with a few flags, so that one traversal, one clearing and one
// deallocation serve them all. See loader_types.h for what they are.
#pragma once

#include <pybind11/pybind11.h>

#include <cstddef>

namespace looprt::python::loader {

namespace py = pybind11;

template <std::size_t count> struct row {
  PyObject_HEAD PyObject *at[count];
};

// What is at which place.
namespace entry_of {
enum { key, cache_key, batch, waiter, others, value, error, future, count };
}
namespace batch_of {
enum { state, entries, task, count };
}
namespace many_of {
enum { future, count };
}
namespace state_of {
enum { loop, cache, open, make_key, create_future, options, context, count };
}
namespace base_of {
enum { scope, state, count };
}

using entry = row<entry_of::count>;
struct batch {
  PyObject_HEAD PyObject *at[batch_of::count];
  Py_ssize_t left; // entries that nobody waits for any longer
};
struct many {
  PyObject_HEAD PyObject *at[many_of::count];
  Py_ssize_t missing;
};
struct state {
  PyObject_HEAD PyObject *at[state_of::count];
  unsigned long thread;
  char keeps;  // what is known is not loaded again
  char closed; // the scope has gone
};
using base = row<base_of::count>;

/// Names that are looked up for every key, made once.
struct names {
  PyObject *add_done_callback = PyUnicode_InternFromString("add_done_callback");
  PyObject *remove_done_callback =
      PyUnicode_InternFromString("remove_done_callback");
  PyObject *set_result = PyUnicode_InternFromString("set_result");
  PyObject *set_exception = PyUnicode_InternFromString("set_exception");
  PyObject *cancelled = PyUnicode_InternFromString("cancelled");
  PyObject *result = PyUnicode_InternFromString("result");
  PyObject *exception = PyUnicode_InternFromString("exception");
  PyObject *done = PyUnicode_InternFromString("done");
  PyObject *left = PyUnicode_InternFromString("left");
  PyObject *opened = PyUnicode_InternFromString("opened");
  PyObject *failed = PyUnicode_InternFromString("failed");
  PyObject *find_state = PyUnicode_InternFromString("_find_state");
  PyObject *context = Py_BuildValue("(s)", "context"); // of keywords

  static const names &all();
};
template <class Object> Object &as(PyObject *object) {
  return *reinterpret_cast<Object *>(object);
}

inline PyObject *call(PyObject *object, PyObject *method) {
  return PyObject_CallMethodNoArgs(object, method);
}
inline PyObject *call(PyObject *object, PyObject *method, PyObject *argument) {
  return PyObject_CallMethodOneArg(object, method, argument);
}

/// False with an error set, where a call failed; its result is dropped.
inline bool done_with(PyObject *result) {
  Py_XDECREF(result);
  return result != nullptr;
}

inline void put(PyObject *&place, PyObject *object) {
  Py_XINCREF(object);
  PyObject *before = place;
  place = object;
  Py_XDECREF(before);
}

template <class Object>
int traverse(PyObject *self, visitproc visit, void *arg) {
  for (PyObject *each : as<Object>(self).at)
    Py_VISIT(each);
  Py_VISIT(Py_TYPE(self));
  return 0;
}

template <class Object> int clear(PyObject *self) {
  for (PyObject *&each : as<Object>(self).at)
    Py_CLEAR(each);
  return 0;
}

template <class Object> void deallocate(PyObject *self) {
  PyObject_GC_UnTrack(self);
  clear<Object>(self);
  PyTypeObject *type = Py_TYPE(self);
  type->tp_free(self);
  Py_DECREF(type);
}

// What load() and load_many() ask of entries. loader_entry.cpp
bool join(entry &self, PyObject *waiter);
bool settle(entry &self, PyObject *value, PyObject *error);
PyObject *new_entry();
/// The value of what the cache has, or its error, or null with an error set.
py::object result_of(PyObject *known, bool &is_error);
bool is_entry(PyObject *object);
PyTypeObject *type_of_many();

PyTypeObject *make_type(PyType_Spec &spec);
void register_entries(py::module_ &module); // loader_entry.cpp
void register_states(py::module_ &module);  // loader_state.cpp

} // namespace looprt::python::loader
