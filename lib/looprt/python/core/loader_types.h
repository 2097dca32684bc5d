// The part of `looprt.DataLoader` that runs once per key, in the plain C API:
// finding a key, noting who waits for it, and handing its value out. Everything
// that runs once per batch or scope is Python; see looprt/loader.py, whose
// classes are made on these types.
#pragma once

#include <pybind11/pybind11.h>

namespace looprt::python {

/// Makes the types ready and adds them to \p module; throws
/// pybind11::error_already_set.
///
///   LoaderEntry   one key in one scope: under way, then known. Called with a
///                 waiter that is done before the key is, so that a future
///                 takes it as a callback; tells its state then.
///   LoaderBatch   the keys that go out together
///   LoaderMany    one load_many: a single future for all its keys
///   LoaderState   a loader in a scope
///   LoaderBase    what has `load`
void register_loader_types(pybind11::module_ &module);

} // namespace looprt::python
