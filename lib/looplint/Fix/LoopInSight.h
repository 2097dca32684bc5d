//===- LoopInSight.h - how code can speak of a loop elsewhere -------------===//
//
// A thread that has work for a loop must know that loop: by an attribute or a
// variable that holds it, as the analysis saw it stored, or by one that is
// added where the loop runs and the thread's objects are made.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_FIX_LOOPINSIGHT_H
#define LOOPLINT_LIB_FIX_LOOPINSIGHT_H

#include "Draft.h"

namespace looplint {

/// An expression for one of \p loops (for any loop, where there are none) that
/// code of the finding's function can use; empty where nothing holds one.
std::string loopInSight(const Workbench &bench, const FindingSubject &subject,
                        llvm::ArrayRef<ObjectId> loops);

/// Keeps the running loop, written as \p lookup, in an attribute of \p method's
/// class: in its constructor, or in the function \p where. Returns how the
/// class's methods write it; empty where no loop is sure to run there.
std::string keepInAttribute(Workbench &bench, Draft &draft, FunctionKey method,
                            FunctionKey where, const std::string &lookup);

/// Keeps the running loop in a variable of the coroutine \p outer, for what is
/// defined in it. Empty where that cannot be.
std::string keepInVariable(Workbench &bench, Draft &draft, FunctionKey outer,
                           FunctionKey inner);

/// What the analysis knows that a variable, or an attribute of what it holds,
/// may be in code of \p frame; empty for other values.
std::vector<AtomId> knownValues(const Workbench &bench, FrameId frame,
                                ValueId value);

/// The constructor of the class that \p method belongs to; invalid where it
/// has none of its own.
FunctionKey constructorOf(const Workbench &bench, FunctionKey method);

} // namespace looplint

#endif // LOOPLINT_LIB_FIX_LOOPINSIGHT_H
