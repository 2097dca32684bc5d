//===- Blocking.h - calls that hold up their thread -----------------------===//
//
// A wait is noted only where a loop runs, or where it keeps others from running
// Python: anywhere else it is nobody's business, and most of a program's waits
// are there. A call that cannot wait is none: its time-out is zero, what it
// waits for has been found done, or nobody else has it yet.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_CONTEXT_BLOCKING_H
#define LOOPLINT_LIB_CONTEXT_BLOCKING_H

#include "LibraryCall.h"
#include "looplint/Program/Summary.h"

namespace looplint {

class Interpreter;

/// The part of an Interpreter that knows how long calls take.
class Blocking {
public:
  explicit Blocking(Interpreter &around) : in(around) {}

  void block(const Effect &effect, const LibraryCall &call);
  void waitFor(const Effect &effect, const LibraryCall &call);
  /// Behind a wait its futures are done. (Where it ran into its time-out, an
  /// exception has mostly led elsewhere.)
  void finishAwaited(const Effect &effect, const LibraryCall &call);

private:
  bool returnsAtOnce(const Effect &effect, const LibraryCall &call);
  bool takesNewLock(const LibraryCall &call);
  bool isAmong(ValueId values, AtomId value);
  bool isGiven(const Operation &call, AtomId value);
  bool makesObject(const Operation &call);

  Interpreter &in;
};

} // namespace looplint

#endif // LOOPLINT_LIB_CONTEXT_BLOCKING_H
