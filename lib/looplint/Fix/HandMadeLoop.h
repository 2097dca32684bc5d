//===- HandMadeLoop.h - a loop that a function makes and runs -------------===//
//
// What a function does with the loop that one of its variables holds: which
// calls run it, which put it away, which use it for something else. Told by the
// names that are written, since behind a look-up that raises nothing else is
// known.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_FIX_HANDMADELOOP_H
#define LOOPLINT_LIB_FIX_HANDMADELOOP_H

#include "Draft.h"

#include <optional>

namespace looplint {

/// The run is given one thing, by position, that may be a coroutine. Runners
/// take nothing else: what a library returns that is none, such as a future,
/// cannot be given to them.
bool runsOneCoroutine(const Workbench &bench, FileId file,
                      const Operation &run);

/// The function does nothing but make a loop, or ask for one, and return it.
bool handsOutLoop(const Workbench &bench, FunctionKey function);

/// Has `asyncio.run` take the place of the loop that the function around the
/// place runs one coroutine on; false, with nothing written, where it cannot.
bool replaceByRun(Workbench &bench, Draft &draft, OperationKey place);
/// Has `asyncio.Runner` take the place of a loop that is run several times.
bool replaceByRunner(Workbench &bench, Draft &draft, OperationKey place);

class HandMadeLoop {
public:
  /// Of the function that the operation stands in; its variable is the last one
  /// that a loop is bound to.
  HandMadeLoop(Workbench &bench, OperationKey place);

  /// The call has that effect, by the names it is written with.
  bool does(std::uint32_t operation, EffectKind kind) const;
  /// The value is a loop that is made or asked for right there.
  bool looksUp(ValueId value) const;
  /// The value is the variable that holds the loop.
  bool isLoop(ValueId value) const;
  /// The receiver of a method call.
  ValueId receiverOf(const Operation &call) const;
  /// Closing, installing, and running what ends the loop's own affairs.
  bool isHousekeeping(std::uint32_t operation) const;
  /// It stands in an expression that is housekeeping.
  bool isInHousekeeping(std::uint32_t operation) const;
  /// A run of this loop, until one coroutine that is given by position is done.
  bool isRun(std::uint32_t operation) const;
  /// The call makes the loop that it runs, as `asyncio.run` does.
  bool runsOwnLoop(std::uint32_t operation) const;
  /// Any use of the variable at all, in whatever depth of an expression.
  bool mentionsLoop(const Operation &operation) const;
  /// It binds the variable.
  bool isBind(const Operation &operation) const;
  /// The operation is all of a statement on lines of its own.
  bool isStatement(Span span) const;
  /// The variable is the module's, and another function or file uses it.
  bool isShared() const;

  Workbench &bench;
  const FileId file;
  const Summary &summary;
  const FunctionKey function;
  const IndexRange operations; // the function's
  std::optional<std::uint32_t> variable;

private:
  bool isHandedOut(OperationKey call) const;
};

} // namespace looplint

#endif // LOOPLINT_LIB_FIX_HANDMADELOOP_H
