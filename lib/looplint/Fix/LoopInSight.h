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

/// Passes the running loop on to \p function, which a thread is given at one
/// place alone: there, if one of \p loops (any loop, where there are none) is
/// sure to run. Returns the name of the new parameter; empty where that cannot
/// be.
std::string loopAsArgument(Workbench &bench, Draft &draft, FunctionKey function,
                           llvm::ArrayRef<ObjectId> loops);

/// Everything that is known to run the function does so on a running loop: one
/// of \p loops, where there are some.
bool runsUnder(const Workbench &bench, FunctionKey function,
               llvm::ArrayRef<ObjectId> loops);

/// Writes the call so that \p loop carries it out on its own thread, in the
/// form \p twin that a model names for it.
void handToLoop(Workbench &bench, Draft &draft, OperationKey call,
                const std::string &loop, llvm::StringRef twin);

/// What the analysis knows that a variable, or an attribute of what it holds,
/// may be in code of \p frame; empty for other values.
std::vector<AtomId> knownValues(const Workbench &bench, FrameId frame,
                                ValueId value);

/// The one call that makes what the value holds in code of \p frame; invalid
/// where that may be several, or is not known.
OperationKey constructionOf(const Workbench &bench, FrameId frame,
                            ValueId value);

/// The library's type whose constructor the call is of by its name, or null.
const ApiType *constructedType(const Workbench &bench, OperationKey call);

/// The constructor of the class that \p method belongs to; invalid where it
/// has none of its own.
FunctionKey constructorOf(const Workbench &bench, FunctionKey method);

} // namespace looplint

#endif // LOOPLINT_LIB_FIX_LOOPINSIGHT_H
