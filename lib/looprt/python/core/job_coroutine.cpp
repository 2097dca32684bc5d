// The type `looprt._core.JobCoroutine`, in the plain C API: its `send` runs
// once per step of every job. From Python 3.10 on tasks use `am_send`, which
// passes results without raising StopIteration; 3.9 calls the method.
#include "job_coroutine.h"

#include "driver.h"

#include <structmember.h>

namespace looprt::python {

namespace {

enum class step { yielded, returned, failed };

PyTypeObject *type = nullptr;
PyObject *cancelled_error = nullptr;

job_coroutine &as_job(PyObject *self) {
  return *reinterpret_cast<job_coroutine *>(self);
}

driver &driver_of(const job_coroutine &self) {
  return *py::handle(self.owner).cast<driver *>();
}

step send_inner(PyObject *inner, PyObject *value, PyObject **result) {
#if PY_VERSION_HEX >= 0x030A0000
  switch (PyIter_Send(inner, value, result)) {
  case PYGEN_NEXT:
    return step::yielded;
  case PYGEN_RETURN:
    return step::returned;
  default:
    return step::failed;
  }
#else
  *result = PyObject_CallMethod(inner, "send", "(O)", value);
  return *result ? step::yielded : step::failed;
#endif
}

/// Where the error that is set is a StopIteration, it becomes a result.
step without_stop(PyObject **result) {
  if (!PyErr_ExceptionMatches(PyExc_StopIteration))
    return step::failed;
  PyObject *kind = nullptr, *value = nullptr, *trace = nullptr;
  PyErr_Fetch(&kind, &value, &trace);
  PyErr_NormalizeException(&kind, &value, &trace);
  *result = PyObject_GetAttrString(value, "value");
  Py_XDECREF(kind);
  Py_XDECREF(value);
  Py_XDECREF(trace);
  return *result ? step::returned : step::failed;
}

/// The job has raised. A plain error is told to the driver and ends here: the
/// task has done its duty. What is meant for the task or the loop goes on.
step conclude_failure(job_coroutine &self, PyObject **result) {
  PyObject *kind = nullptr, *value = nullptr, *trace = nullptr;
  PyErr_Fetch(&kind, &value, &trace);
  PyErr_NormalizeException(&kind, &value, &trace);
  if (trace)
    PyException_SetTraceback(value, trace);
  const bool was_cancelled =
      PyErr_GivenExceptionMatches(value, cancelled_error);
  const bool is_plain = PyErr_GivenExceptionMatches(value, PyExc_Exception);
  driver_of(self).ended(
      self, was_cancelled ? job_outcome::cancelled : job_outcome::error, value);
  if (was_cancelled || !is_plain) {
    PyErr_Restore(kind, value, trace);
    return step::failed;
  }
  Py_XDECREF(kind);
  Py_XDECREF(value);
  Py_XDECREF(trace);
  Py_INCREF(Py_None);
  *result = Py_None;
  return step::returned;
}

step conclude(job_coroutine &self, step reached, PyObject **result) {
  if (reached == step::yielded || !self.owner)
    return reached;
  if (reached == step::failed)
    reached = without_stop(result);
  if (reached == step::failed)
    return conclude_failure(self, result);
  driver_of(self).ended(self, job_outcome::success, *result);
  return reached;
}

step send_step(PyObject *self, PyObject *value, PyObject **result) {
  job_coroutine &job = as_job(self);
  if (!job.inner) {
    PyErr_SetString(PyExc_RuntimeError, "this job has ended");
    return step::failed;
  }
  return conclude(job, send_inner(job.inner, value, result), result);
}

/// As a method has to say it: a result is a StopIteration.
PyObject *as_method(step reached, PyObject *result) {
  if (reached != step::returned)
    return reached == step::yielded ? result : nullptr;
  PyObject *stop =
      PyObject_CallFunctionObjArgs(PyExc_StopIteration, result, nullptr);
  Py_DECREF(result);
  if (stop) {
    PyErr_SetObject(PyExc_StopIteration, stop);
    Py_DECREF(stop);
  }
  return nullptr;
}

PyObject *send(PyObject *self, PyObject *value) {
  PyObject *result = nullptr;
  const step reached = send_step(self, value, &result);
  return as_method(reached, result);
}

PyObject *iterate(PyObject *self) { return send(self, Py_None); }

PyObject *throw_into(PyObject *self, PyObject *arguments) {
  job_coroutine &job = as_job(self);
  if (!job.inner) {
    PyErr_SetString(PyExc_RuntimeError, "this job has ended");
    return nullptr;
  }
  PyObject *method = PyObject_GetAttrString(job.inner, "throw");
  if (!method)
    return nullptr;
  PyObject *result = PyObject_CallObject(method, arguments);
  Py_DECREF(method);
  const step reached =
      conclude(job, result ? step::yielded : step::failed, &result);
  return as_method(reached, result);
}

PyObject *close(PyObject *self, PyObject *) {
  job_coroutine &job = as_job(self);
  if (job.inner && job.owner) {
    PyObject *closed = PyObject_CallMethod(job.inner, "close", nullptr);
    if (job.owner)
      driver_of(job).ended(job, job_outcome::abandoned, Py_None);
    return closed;
  }
  Py_RETURN_NONE;
}

PyObject *itself(PyObject *self) {
  Py_INCREF(self);
  return self;
}

/// `cr_frame`, `cr_code`, `__name__` …: those of the user's coroutine, so that
/// stacks and names of tasks show what runs.
PyObject *inner_attribute(PyObject *self, void *name) {
  PyObject *inner = as_job(self).inner;
  if (!inner)
    Py_RETURN_NONE;
  return PyObject_GetAttrString(inner, static_cast<const char *>(name));
}

int traverse(PyObject *self, visitproc visit, void *arg) {
  Py_VISIT(as_job(self).inner);
  Py_VISIT(as_job(self).task);
  Py_VISIT(as_job(self).owner);
  Py_VISIT(Py_TYPE(self));
  return 0;
}

int clear(PyObject *self) {
  Py_CLEAR(as_job(self).inner);
  Py_CLEAR(as_job(self).task);
  Py_CLEAR(as_job(self).owner);
  return 0;
}

void deallocate(PyObject *self) {
  PyObject_GC_UnTrack(self);
  job_coroutine &job = as_job(self);
  if (job.owner) {
    PyObject *kind = nullptr, *value = nullptr, *trace = nullptr;
    PyErr_Fetch(&kind, &value, &trace);
    driver_of(job).ended(job, job_outcome::abandoned, Py_None);
    PyErr_Restore(kind, value, trace);
  }
  clear(self);
  PyTypeObject *own = Py_TYPE(self);
  PyObject_GC_Del(self);
  Py_DECREF(own);
}

PyMethodDef methods[] = {
    {"send", send, METH_O, nullptr},
    {"throw", throw_into, METH_VARARGS, nullptr},
    {"close", close, METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

PyGetSetDef attributes[] = {
    {"cr_frame", inner_attribute, nullptr, nullptr,
     const_cast<char *>("cr_frame")},
    {"cr_code", inner_attribute, nullptr, nullptr,
     const_cast<char *>("cr_code")},
    {"cr_running", inner_attribute, nullptr, nullptr,
     const_cast<char *>("cr_running")},
    {"cr_await", inner_attribute, nullptr, nullptr,
     const_cast<char *>("cr_await")},
    {"__name__", inner_attribute, nullptr, nullptr,
     const_cast<char *>("__name__")},
    {"__qualname__", inner_attribute, nullptr, nullptr,
     const_cast<char *>("__qualname__")},
    {nullptr, nullptr, nullptr, nullptr, nullptr},
};

#if PY_VERSION_HEX >= 0x030A0000
PySendResult am_send(PyObject *self, PyObject *value, PyObject **result) {
  *result = nullptr;
  switch (send_step(self, value, result)) {
  case step::yielded:
    return PYGEN_NEXT;
  case step::returned:
    return PYGEN_RETURN;
  case step::failed:
    break;
  }
  return PYGEN_ERROR;
}
#endif

PyType_Slot slots[] = {
    {Py_tp_dealloc, reinterpret_cast<void *>(deallocate)},
    {Py_tp_traverse, reinterpret_cast<void *>(traverse)},
    {Py_tp_clear, reinterpret_cast<void *>(clear)},
    {Py_tp_iter, reinterpret_cast<void *>(itself)},
    {Py_tp_iternext, reinterpret_cast<void *>(iterate)},
    {Py_am_await, reinterpret_cast<void *>(itself)},
#if PY_VERSION_HEX >= 0x030A0000
    {Py_am_send, reinterpret_cast<void *>(am_send)},
#endif
    {Py_tp_methods, methods},
    {Py_tp_getset, attributes},
    {0, nullptr},
};

PyType_Spec spec = {
    "looprt._core.JobCoroutine",
    sizeof(job_coroutine),
    0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    slots,
};

} // namespace

void register_job_coroutine(py::module_ &module) {
  PyObject *made = PyType_FromSpec(&spec);
  if (!made)
    throw py::error_already_set();
  type = reinterpret_cast<PyTypeObject *>(made);
  module.attr("JobCoroutine") = py::handle(made);
  // Tasks take coroutines only, and ask the abstract class for strangers.
  py::module_::import("collections.abc")
      .attr("Coroutine")
      .attr("register")(py::handle(made));
  py::object error = py::module_::import("asyncio").attr("CancelledError");
  cancelled_error = error.release().ptr();
}

job_coroutine *new_job_coroutine(PyObject *inner, PyObject *owner,
                                 const job &what) {
  job_coroutine *made = PyObject_GC_New(job_coroutine, type);
  if (!made)
    return nullptr;
  Py_INCREF(inner);
  Py_INCREF(owner);
  made->inner = inner;
  made->task = nullptr;
  made->owner = owner;
  new (&made->what) job(what);
  PyObject_GC_Track(reinterpret_cast<PyObject *>(made));
  return made;
}

} // namespace looprt::python
