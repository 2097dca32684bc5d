// Keys and those who wait for them. See loader_types.h.
#include "loader_rows.h"

#include <iterator>
#include <structmember.h>

namespace looprt::python::loader {

namespace {

PyTypeObject *entry_type = nullptr;
PyTypeObject *many_type = nullptr;

bool arrive(many &self) {
  PyObject *future = self.at[many_of::future];
  if (--self.missing != 0 || !future)
    return true;
  PyObject *done = call(future, names::all().done);
  const bool is_done = done == Py_True;
  return done_with(done) &&
         (is_done || done_with(call(future, names::all().set_result, Py_None)));
}

/// Gives one waiter of \p self what that has become.
bool hand_out(entry &self, PyObject *waiter) {
  if (Py_TYPE(waiter) == many_type)
    return arrive(as<many>(waiter));
  // Nothing to remove: it is done, as it was cancelled, and the callback with
  // it.
  PyObject *removed = call(waiter, names::all().remove_done_callback,
                           reinterpret_cast<PyObject *>(&self));
  const bool is_done = removed && PyObject_IsTrue(removed) == 0;
  if (!done_with(removed) || is_done)
    return removed != nullptr;
  put(self.at[entry_of::future], waiter);
  PyObject *error = self.at[entry_of::error];
  return done_with(
      error ? call(waiter, names::all().set_exception, error)
            : call(waiter, names::all().set_result, self.at[entry_of::value]));
}

} // namespace

const names &names::all() {
  static const names made;
  return made;
}

/// Appends \p waiter to those of \p self.
bool join(entry &self, PyObject *waiter) {
  if (!self.at[entry_of::waiter]) {
    put(self.at[entry_of::waiter], waiter);
    return true;
  }
  PyObject *&others = self.at[entry_of::others];
  if (!others)
    others = PyList_New(0);
  return others && PyList_Append(others, waiter) == 0;
}

bool settle(entry &self, PyObject *value, PyObject *error) {
  const py::object first =
      py::reinterpret_steal<py::object>(self.at[entry_of::waiter]);
  const py::object others =
      py::reinterpret_steal<py::object>(self.at[entry_of::others]);
  self.at[entry_of::waiter] = self.at[entry_of::others] = nullptr;
  Py_CLEAR(self.at[entry_of::batch]);
  Py_CLEAR(self.at[entry_of::future]);
  put(self.at[entry_of::value], value);
  put(self.at[entry_of::error], error == Py_None ? nullptr : error);
  if (first && !hand_out(self, first.ptr()))
    return false;
  for (Py_ssize_t each = 0; others && each < PyList_GET_SIZE(others.ptr());
       ++each)
    if (!hand_out(self, PyList_GET_ITEM(others.ptr(), each)))
      return false;
  return true;
}

namespace {

// Entries of keys that are known now, for keys to come. An object that is not
// allocated does not bring the garbage collector nearer.
PyObject *spare[1024];
std::size_t spares = 0;

void deallocate_entry(PyObject *self) {
  PyObject_GC_UnTrack(self);
  clear<entry>(self);
  PyTypeObject *type = Py_TYPE(self);
  if (spares < std::size(spare))
    spare[spares++] = self;
  else
    type->tp_free(self);
  Py_DECREF(type);
}

} // namespace

PyObject *new_entry() {
  if (spares == 0)
    return entry_type->tp_alloc(entry_type, 0);
  PyObject *made = PyObject_Init(spare[--spares], entry_type);
  PyObject_GC_Track(made);
  return made;
}

bool is_entry(PyObject *object) { return Py_TYPE(object) == entry_type; }
PyTypeObject *type_of_many() { return many_type; }

py::object result_of(PyObject *known, bool &is_error) {
  if (is_entry(known)) {
    PyObject *error = as<entry>(known).at[entry_of::error];
    is_error = error != nullptr;
    return py::reinterpret_borrow<py::object>(
        error ? error : as<entry>(known).at[entry_of::value]);
  }
  py::object error =
      py::reinterpret_steal<py::object>(call(known, names::all().exception));
  is_error = error && !error.is_none();
  if (!error || is_error)
    return error;
  return py::reinterpret_steal<py::object>(call(known, names::all().result));
}

namespace {

PyObject *entry_join(PyObject *self, PyObject *waiter) {
  if (!join(as<entry>(self), waiter))
    return nullptr;
  Py_RETURN_NONE;
}

PyObject *entry_waiters(PyObject *self, void *) {
  const entry &of = as<entry>(self);
  PyObject *all = PyList_New(0);
  if (!all || !of.at[entry_of::waiter])
    return all;
  PyObject *others = of.at[entry_of::others];
  if (PyList_Append(all, of.at[entry_of::waiter]) < 0 ||
      (others && PyList_SetSlice(all, 1, 1, others) < 0))
    Py_CLEAR(all);
  return all;
}

PyObject *entry_drop_waiters(PyObject *self, PyObject *) {
  Py_CLEAR(as<entry>(self).at[entry_of::waiter]);
  Py_CLEAR(as<entry>(self).at[entry_of::others]);
  Py_RETURN_NONE;
}

PyObject *entry_settle(PyObject *self, PyObject *arguments) {
  PyObject *value = nullptr, *error = nullptr;
  if (!PyArg_ParseTuple(arguments, "OO", &value, &error) ||
      !settle(as<entry>(self), value, error))
    return nullptr;
  Py_RETURN_NONE;
}

/// A waiter was cancelled: the state looks whether anybody is left.
PyObject *entry_call(PyObject *self, PyObject *, PyObject *) {
  PyObject *of = as<entry>(self).at[entry_of::batch];
  PyObject *owner = of ? as<batch>(of).at[batch_of::state] : nullptr;
  if (!owner)
    Py_RETURN_NONE;
  return call(owner, names::all().left, self);
}

PyObject *many_cancelled(PyObject *self, PyObject *) {
  return call(as<many>(self).at[many_of::future], names::all().cancelled);
}

PyMethodDef entry_methods[] = {
    {"join", entry_join, METH_O, nullptr},
    {"drop_waiters", entry_drop_waiters, METH_NOARGS, nullptr},
    {"settle", entry_settle, METH_VARARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

constexpr Py_ssize_t place(int at) {
  return static_cast<Py_ssize_t>(offsetof(entry, at) +
                                 sizeof(PyObject *) * static_cast<size_t>(at));
}

PyMemberDef entry_members[] = {
    {"key", T_OBJECT, place(entry_of::key), READONLY, nullptr},
    {"cache_key", T_OBJECT, place(entry_of::cache_key), 0, nullptr},
    {"batch", T_OBJECT, place(entry_of::batch), 0, nullptr},
    {"value", T_OBJECT, place(entry_of::value), READONLY, nullptr},
    {"error", T_OBJECT, place(entry_of::error), READONLY, nullptr},
    {nullptr, 0, 0, 0, nullptr},
};

PyGetSetDef entry_attributes[] = {
    {"waiters", entry_waiters, nullptr, nullptr, nullptr},
    {nullptr, nullptr, nullptr, nullptr, nullptr},
};

PyType_Slot entry_slots[] = {
    {Py_tp_dealloc, reinterpret_cast<void *>(deallocate_entry)},
    {Py_tp_traverse, reinterpret_cast<void *>(traverse<entry>)},
    {Py_tp_clear, reinterpret_cast<void *>(clear<entry>)},
    {Py_tp_call, reinterpret_cast<void *>(entry_call)},
    {Py_tp_new, reinterpret_cast<void *>(PyType_GenericNew)},
    {Py_tp_methods, entry_methods},
    {Py_tp_members, entry_members},
    {Py_tp_getset, entry_attributes},
    {0, nullptr},
};

PyType_Spec entry_spec = {"looprt._core.LoaderEntry", sizeof(entry), 0,
                          Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, entry_slots};

PyMemberDef batch_members[] = {
    {"state", T_OBJECT, place(batch_of::state), 0, nullptr},
    {"entries", T_OBJECT, place(batch_of::entries), 0, nullptr},
    {"task", T_OBJECT, place(batch_of::task), 0, nullptr},
    {"left", T_PYSSIZET, offsetof(batch, left), 0, nullptr},
    {nullptr, 0, 0, 0, nullptr},
};

PyType_Slot batch_slots[] = {
    {Py_tp_dealloc, reinterpret_cast<void *>(deallocate<batch>)},
    {Py_tp_traverse, reinterpret_cast<void *>(traverse<batch>)},
    {Py_tp_clear, reinterpret_cast<void *>(clear<batch>)},
    {Py_tp_new, reinterpret_cast<void *>(PyType_GenericNew)},
    {Py_tp_members, batch_members},
    {0, nullptr},
};

PyType_Spec batch_spec = {
    "looprt._core.LoaderBatch", sizeof(batch), 0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE, batch_slots};

PyMethodDef many_methods[] = {
    {"cancelled", many_cancelled, METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

PyMemberDef many_members[] = {
    {"future", T_OBJECT, place(many_of::future), 0, nullptr},
    {"missing", T_PYSSIZET, offsetof(many, missing), READONLY, nullptr},
    {nullptr, 0, 0, 0, nullptr},
};

PyType_Slot many_slots[] = {
    {Py_tp_dealloc, reinterpret_cast<void *>(deallocate<many>)},
    {Py_tp_traverse, reinterpret_cast<void *>(traverse<many>)},
    {Py_tp_clear, reinterpret_cast<void *>(clear<many>)},
    {Py_tp_new, reinterpret_cast<void *>(PyType_GenericNew)},
    {Py_tp_methods, many_methods},
    {Py_tp_members, many_members},
    {0, nullptr},
};

PyType_Spec many_spec = {"looprt._core.LoaderMany", sizeof(many), 0,
                         Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, many_slots};

} // namespace

PyTypeObject *make_type(PyType_Spec &spec) {
  PyObject *made = PyType_FromSpec(&spec);
  if (!made)
    throw py::error_already_set();
  return reinterpret_cast<PyTypeObject *>(made);
}

void register_entries(py::module_ &module) {
  entry_type = make_type(entry_spec);
  many_type = make_type(many_spec);
  module.attr("LoaderEntry") = py::handle((PyObject *)entry_type);
  module.attr("LoaderMany") = py::handle((PyObject *)many_type);
  module.attr("LoaderBatch") = py::handle((PyObject *)make_type(batch_spec));
}

} // namespace looprt::python::loader
