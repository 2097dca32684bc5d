//===- WaitOnLoop.h - code that runs a loop waits on the one that runs ----===//

#ifndef LOOPLINT_LIB_FIX_WAITONLOOP_H
#define LOOPLINT_LIB_FIX_WAITONLOOP_H

#include "Draft.h"

namespace looplint {

/// What the function of \p place does within \p within by sleeping, or by
/// running a loop, it waits for on the loop that runs there from now on; the
/// loop that it made or asked for is that one. Tasks that go nowhere are kept,
/// and what told the end by a key that the user presses is told by the run's
/// being cancelled. False where nothing waits there. The draft is given up
/// where a loop is used in a way that has no such form. \p shift is what the
/// lines are moved by.
bool waitOnLoop(Workbench &bench, Draft &draft, OperationKey place, Span within,
                llvm::StringRef shift = "");

} // namespace looplint

#endif // LOOPLINT_LIB_FIX_WAITONLOOP_H
