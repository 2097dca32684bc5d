// What the task of a job runs: the user's coroutine, and after it the report to
// the driver. A coroutine of our own saves the done-callback that a task would
// otherwise need: a handle, a context switch and a trip through the loop for
// every job.
#pragma once

#include "looprt/job.h"

#include <pybind11/pybind11.h>

namespace looprt::python {

struct job_coroutine {
  PyObject_HEAD PyObject *inner; // the user's coroutine
  PyObject *task;  // ours; keeps it alive, as loops hold tasks weakly
  PyObject *owner; // the driver; null once the job has ended
  looprt::job what;
};

/// Makes the type ready and registers it as a coroutine; throws
/// pybind11::error_already_set.
void register_job_coroutine(pybind11::module_ &module);

/// New reference, or null with an error set. \p inner and \p owner are
/// borrowed.
job_coroutine *new_job_coroutine(PyObject *inner, PyObject *owner,
                                 const looprt::job &what);

} // namespace looprt::python
