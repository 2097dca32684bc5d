// Loaders in scopes, and `load`. See loader_types.h.
#include "loader_rows.h"
#include "loader_types.h"

#include <structmember.h>

namespace looprt::python {

namespace loader {

namespace {

PyObject *current_scope = nullptr; // the context variable
PyObject *get_running_loop = nullptr;

py::object new_future(const state &self) {
  static PyObject *const no_arguments = PyTuple_New(0);
  PyObject *make = self.at[state_of::create_future];
  PyObject *options = self.at[state_of::options];
  return py::reinterpret_steal<py::object>(
      options ? PyObject_Call(make, no_arguments, options)
              : PyObject_CallNoArgs(make));
}

/// A done future with what is known; one for all who ask.
PyObject *outcome(entry &self, const state &of) {
  PyObject *&future = self.at[entry_of::future];
  if (!future) {
    py::object made = new_future(of);
    PyObject *error = self.at[entry_of::error];
    if (!made ||
        !done_with(error ? call(made.ptr(), names::all().set_exception, error)
                         : call(made.ptr(), names::all().set_result,
                                self.at[entry_of::value])))
      return nullptr;
    future = made.release().ptr();
  }
  Py_INCREF(future);
  return future;
}

/// What the cache has for a key: its entry, or, where a future was handed out
/// and is done, just that, as fewer objects mean less garbage collection.
/// Borrowed; null with or without an error set.
PyObject *known_entry(const state &self, PyObject *cache_key,
                      py::object &holder) {
  PyObject *cache = self.at[state_of::cache];
  if (PyDict_CheckExact(cache)) {
    PyObject *found = PyDict_GetItemWithError(cache, cache_key);
    holder = py::reinterpret_borrow<py::object>(found);
    return found;
  }
  holder =
      py::reinterpret_steal<py::object>(PyObject_GetItem(cache, cache_key));
  if (!holder && PyErr_ExceptionMatches(PyExc_KeyError))
    PyErr_Clear();
  return holder.ptr();
}

/// The entry of a key that is not known, with its first waiter; it joins the
/// open batch. New reference.
PyObject *want(PyObject *self, PyObject *key, PyObject *cache_key,
               PyObject *waiter) {
  const state &of = as<state>(self);
  py::object made = py::reinterpret_steal<py::object>(new_entry());
  if (!made)
    return nullptr;
  entry &fresh = as<entry>(made.ptr());
  PyObject *open = of.at[state_of::open];
  PyObject *entries = as<batch>(open).at[batch_of::entries];
  put(fresh.at[entry_of::key], key);
  put(fresh.at[entry_of::cache_key], cache_key);
  put(fresh.at[entry_of::batch], open);
  put(fresh.at[entry_of::waiter], waiter);
  PyObject *cache = of.at[state_of::cache];
  const int kept = PyDict_CheckExact(cache)
                       ? PyDict_SetItem(cache, cache_key, made.ptr())
                       : PyObject_SetItem(cache, cache_key, made.ptr());
  if (kept < 0 || PyList_Append(entries, made.ptr()) < 0)
    return nullptr;
  if (PyList_GET_SIZE(entries) == 1 &&
      !done_with(call(self, names::all().opened)))
    return nullptr;
  return made.release().ptr();
}

py::object cache_key_of(const state &self, PyObject *key) {
  PyObject *make = self.at[state_of::make_key];
  if (!make)
    return py::reinterpret_borrow<py::object>(key);
  return py::reinterpret_steal<py::object>(PyObject_CallOneArg(make, key));
}

/// One key of a load_many; appends its entry to \p entries.
bool want_one_of_many(PyObject *self, PyObject *key, PyObject *waiter,
                      PyObject *entries) {
  const state &of = as<state>(self);
  const py::object cache_key = cache_key_of(of, key);
  if (!cache_key)
    return false;
  py::object holder;
  PyObject *found = known_entry(of, cache_key.ptr(), holder);
  if (!found && PyErr_Occurred())
    return false;
  py::object chosen;
  if (found && !is_entry(found)) {
    chosen = py::reinterpret_borrow<py::object>(found);
  } else if (!found || (!as<entry>(found).at[entry_of::batch] && !of.keeps)) {
    chosen = py::reinterpret_steal<py::object>(
        want(self, key, cache_key.ptr(), waiter));
    ++as<many>(waiter).missing;
  } else {
    chosen = py::reinterpret_borrow<py::object>(found);
    if (as<entry>(found).at[entry_of::batch]) {
      ++as<many>(waiter).missing;
      if (!join(as<entry>(found), waiter))
        return false;
    }
  }
  return chosen && PyList_Append(entries, chosen.ptr()) == 0;
}

/// want_many(keys, many) -> what the cache has then, in the order of the keys.
PyObject *state_want_many(PyObject *self, PyObject *arguments) {
  PyObject *keys = nullptr, *waiter = nullptr;
  if (!PyArg_ParseTuple(arguments, "OO!", &keys, type_of_many(), &waiter))
    return nullptr;
  const py::object iterator =
      py::reinterpret_steal<py::object>(PyObject_GetIter(keys));
  py::object entries = py::reinterpret_steal<py::object>(PyList_New(0));
  if (!iterator || !entries)
    return nullptr;
  while (const py::object key =
             py::reinterpret_steal<py::object>(PyIter_Next(iterator.ptr())))
    if (!want_one_of_many(self, key.ptr(), waiter, entries.ptr()))
      return nullptr;
  return PyErr_Occurred() ? nullptr : entries.release().ptr();
}

/// results(known, return_exceptions) -> values, once all are settled.
PyObject *state_results(PyObject *, PyObject *arguments) {
  PyObject *known = nullptr;
  int returns_exceptions = 0;
  if (!PyArg_ParseTuple(arguments, "O!p", &PyList_Type, &known,
                        &returns_exceptions))
    return nullptr;
  py::object values =
      py::reinterpret_steal<py::object>(PyList_New(PyList_GET_SIZE(known)));
  for (Py_ssize_t each = 0; values && each < PyList_GET_SIZE(known); ++each) {
    bool is_error = false;
    py::object value = result_of(PyList_GET_ITEM(known, each), is_error);
    if (is_error && !returns_exceptions) {
      PyErr_SetObject(reinterpret_cast<PyObject *>(Py_TYPE(value.ptr())),
                      value.ptr());
      return nullptr;
    }
    if (!value)
      return nullptr;
    PyList_SET_ITEM(values.ptr(), each, value.release().ptr());
  }
  return values.release().ptr();
}

/// A key that was loaded keeps its future in the cache, unless it is not there
/// any more.
bool keep_future(const state &self, PyObject *settled) {
  const entry &of = as<entry>(settled);
  PyObject *cache = self.at[state_of::cache];
  PyObject *future = of.at[entry_of::future];
  if (!future || !self.keeps || !PyDict_CheckExact(cache))
    return true;
  PyObject *cache_key = of.at[entry_of::cache_key];
  if (PyDict_GetItemWithError(cache, cache_key) != settled)
    return !PyErr_Occurred();
  return PyDict_SetItem(cache, cache_key, future) == 0;
}

/// settle_all(entries, values): as many values as entries, in a list or tuple.
PyObject *state_settle_all(PyObject *self, PyObject *arguments) {
  PyObject *entries = nullptr, *values = nullptr;
  if (!PyArg_ParseTuple(arguments, "O!O", &PyList_Type, &entries, &values))
    return nullptr;
  const py::object list = py::reinterpret_steal<py::object>(
      PySequence_Fast(values, "values are a sequence"));
  if (!list)
    return nullptr;
  for (Py_ssize_t each = 0; each < PyList_GET_SIZE(entries) &&
                            each < PySequence_Fast_GET_SIZE(list.ptr());
       ++each) {
    PyObject *of = PyList_GET_ITEM(entries, each);
    PyObject *value = PySequence_Fast_GET_ITEM(list.ptr(), each);
    if (PyExceptionInstance_Check(value)) {
      PyObject *said = PyObject_CallMethodObjArgs(self, names::all().failed, of,
                                                  value, nullptr);
      if (!done_with(said))
        return nullptr;
    } else if (!settle(as<entry>(of), value, Py_None) ||
               !keep_future(as<state>(self), of)) {
      return nullptr;
    }
  }
  Py_RETURN_NONE;
}

int state_init(PyObject *self, PyObject *, PyObject *) {
  as<state>(self).thread = PyThread_get_thread_ident();
  return 0;
}

// --- load

/// The state of the scope that is entered. Where that is the one of the last
/// call, on its thread, nothing is asked. Borrowed.
PyObject *state_for(PyObject *self, bool &is_checked) {
  base &loader = as<base>(self);
  PyObject *scope = nullptr;
  if (PyContextVar_Get(current_scope, nullptr, &scope) < 0)
    return nullptr;
  const py::object held = py::reinterpret_steal<py::object>(scope);
  PyObject *last = loader.at[base_of::state];
  if (last && scope == loader.at[base_of::scope] && !as<state>(last).closed &&
      as<state>(last).thread == PyThread_get_thread_ident())
    return last;

  // Refuses what is no scope, or one of another loop.
  is_checked = true;
  const py::object found =
      py::reinterpret_steal<py::object>(call(self, names::all().find_state));
  if (!found)
    return nullptr;
  put(loader.at[base_of::scope], scope);
  put(loader.at[base_of::state], found.ptr());
  return loader.at[base_of::state];
}

/// False with an error set where another loop than the scope's runs. Asked once
/// a batch: it costs a system call up to Python 3.11.
bool check_loop(PyObject *self, const state &of) {
  if (PyList_GET_SIZE(as<batch>(of.at[state_of::open]).at[batch_of::entries]) >
      0)
    return true;
  const py::object running =
      py::reinterpret_steal<py::object>(PyObject_CallNoArgs(get_running_loop));
  if (!running || running.ptr() == of.at[state_of::loop])
    return static_cast<bool>(running);
  return done_with(
      call(self, names::all().find_state)); // which says what is wrong
}

/// \p told is called where \p waiter is cancelled.
bool listen(const state &self, PyObject *waiter, PyObject *told) {
  // In one context for all, as making one for each is what costs most here.
  PyObject *arguments[] = {waiter, told, self.at[state_of::context]};
  return done_with(PyObject_VectorcallMethod(
      names::all().add_done_callback, arguments,
      2 | PY_VECTORCALL_ARGUMENTS_OFFSET, names::all().context));
}

PyObject *base_load(PyObject *self, PyObject *key) {
  bool is_checked = false;
  PyObject *found_state = state_for(self, is_checked);
  if (!found_state)
    return nullptr;
  const py::object held = py::reinterpret_borrow<py::object>(found_state);
  const state &of = as<state>(found_state);
  const py::object cache_key = cache_key_of(of, key);
  if (!cache_key)
    return nullptr;
  py::object holder;
  PyObject *found = known_entry(of, cache_key.ptr(), holder);
  if (!found && PyErr_Occurred())
    return nullptr;
  if (found && !is_entry(found))
    return holder.release().ptr();
  const bool is_known = found && !as<entry>(found).at[entry_of::batch];
  if (is_known && of.keeps)
    return outcome(as<entry>(found), of);

  if (!is_checked && !check_loop(self, of))
    return nullptr;
  py::object waiter = new_future(of);
  if (!waiter)
    return nullptr;
  py::object target;
  if (found && !is_known) {
    target = py::reinterpret_borrow<py::object>(found);
    if (!join(as<entry>(found), waiter.ptr()))
      return nullptr;
  } else {
    target = py::reinterpret_steal<py::object>(
        want(found_state, key, cache_key.ptr(), waiter.ptr()));
  }
  if (!target || !listen(of, waiter.ptr(), target.ptr()))
    return nullptr;
  return waiter.release().ptr();
}

/// The scope has closed: what it held is free.
PyObject *base_let_go(PyObject *self, PyObject *of) {
  if (as<base>(self).at[base_of::state] == of)
    clear<base>(self);
  Py_RETURN_NONE;
}

PyObject *state_new_future(PyObject *self, PyObject *) {
  return new_future(as<state>(self)).release().ptr();
}

PyMethodDef state_methods[] = {
    {"new_future", state_new_future, METH_NOARGS, nullptr},
    {"want_many", state_want_many, METH_VARARGS, nullptr},
    {"results", state_results, METH_VARARGS, nullptr},
    {"settle_all", state_settle_all, METH_VARARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

constexpr Py_ssize_t place(int at) {
  return static_cast<Py_ssize_t>(offsetof(state, at) +
                                 sizeof(PyObject *) * static_cast<size_t>(at));
}

PyMemberDef state_members[] = {
    {"loop", T_OBJECT, place(state_of::loop), 0, nullptr},
    {"cache", T_OBJECT, place(state_of::cache), 0, nullptr},
    {"open", T_OBJECT, place(state_of::open), 0, nullptr},
    {"make_key", T_OBJECT_EX, place(state_of::make_key), 0, nullptr},
    {"create_future", T_OBJECT, place(state_of::create_future), 0, nullptr},
    {"options", T_OBJECT_EX, place(state_of::options), 0, nullptr},
    {"context", T_OBJECT, place(state_of::context), 0, nullptr},
    {"keeps", T_BOOL, offsetof(state, keeps), 0, nullptr},
    {"closed", T_BOOL, offsetof(state, closed), 0, nullptr},
    {nullptr, 0, 0, 0, nullptr},
};

PyType_Slot state_slots[] = {
    {Py_tp_dealloc, reinterpret_cast<void *>(deallocate<state>)},
    {Py_tp_traverse, reinterpret_cast<void *>(traverse<state>)},
    {Py_tp_clear, reinterpret_cast<void *>(clear<state>)},
    {Py_tp_new, reinterpret_cast<void *>(PyType_GenericNew)},
    {Py_tp_init, reinterpret_cast<void *>(state_init)},
    {Py_tp_methods, state_methods},
    {Py_tp_members, state_members},
    {0, nullptr},
};

PyType_Spec state_spec = {
    "looprt._core.LoaderState", sizeof(state), 0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE, state_slots};

constexpr const char *load_text =
    "The value of `key`: await it, or gather several. Cancelling what this "
    "returns harms no other load.\n\n"
    ":raises LoopMisuseError: LOOP803 outside a scope; LOOP404 under another "
    "loop than the scope's.";

PyMethodDef base_methods[] = {
    {"load", base_load, METH_O, load_text},
    {"_let_go", base_let_go, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

PyType_Slot base_slots[] = {
    {Py_tp_dealloc, reinterpret_cast<void *>(deallocate<base>)},
    {Py_tp_traverse, reinterpret_cast<void *>(traverse<base>)},
    {Py_tp_clear, reinterpret_cast<void *>(clear<base>)},
    {Py_tp_new, reinterpret_cast<void *>(PyType_GenericNew)},
    {Py_tp_methods, base_methods},
    {0, nullptr},
};

PyType_Spec base_spec = {
    "looprt._core.LoaderBase", sizeof(base), 0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE, base_slots};

} // namespace

void register_states(py::module_ &module) {
  module.attr("LoaderState") = py::handle((PyObject *)make_type(state_spec));
  module.attr("LoaderBase") = py::handle((PyObject *)make_type(base_spec));
  py::object asks = py::module_::import("asyncio").attr("_get_running_loop");
  get_running_loop = asks.release().ptr();
  current_scope = PyContextVar_New("looprt_loader_scope", Py_None);
  if (!current_scope)
    throw py::error_already_set();
  module.attr("current_scope") = py::handle(current_scope);
}

} // namespace loader

void register_loader_types(pybind11::module_ &module) {
  loader::register_entries(module);
  loader::register_states(module);
}

} // namespace looprt::python
