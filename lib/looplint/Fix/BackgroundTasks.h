//===- BackgroundTasks.h - tasks that a module keeps ----------------------===//
//
// The loop itself refers to its tasks weakly. A set of the module holds them
// until they are done, as the documentation of asyncio.create_task advises.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_FIX_BACKGROUNDTASKS_H
#define LOOPLINT_LIB_FIX_BACKGROUNDTASKS_H

#include "Draft.h"

namespace looplint {

/// The name of the module's set of tasks; the draft adds it where there is
/// none.
std::string backgroundTasks(Workbench &bench, Draft &draft, FileId file);

/// Writes the statement \p makes, a call whose task goes nowhere, so that the
/// module's set keeps the task; \p shift is what its lines are moved by. False
/// where it is no statement of its own.
bool keepInSet(Workbench &bench, Draft &draft, OperationKey makes,
               llvm::StringRef shift = "");

/// The name of the module's function that makes a task of a coroutine and keeps
/// it; the draft adds it where there is none. For where a loop runs.
std::string backgroundRunner(Workbench &bench, Draft &draft, FileId file);

} // namespace looplint

#endif // LOOPLINT_LIB_FIX_BACKGROUNDTASKS_H
