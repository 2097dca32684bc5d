//===- Locks.h - which locks are held at a place of a function ------------===//
//
// A state remembers the locks that are taken on every way to its place. Where
// a coroutine is suspended with one of them taken, that is an event.
//
// Every doubt lets go of a lock: one that is given to code which nobody knows,
// one whose owner was moved away, one of several of the same kind that is given
// back. A `with` gives its lock back however it is left, an object of C++ does
// so when an exception passes it. (Where it ends otherwise, a call says so.)
//
// The lock of Python's interpreter is part of the context: whoever is called
// finds it as the caller left it.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_CONTEXT_LOCKS_H
#define LOOPLINT_LIB_CONTEXT_LOCKS_H

#include "LibraryCall.h"
#include "State.h"

namespace looplint {

class Interpreter;

/// The part of an Interpreter that follows locks.
class Locks {
public:
  explicit Locks(Interpreter &around) : in(around) {}

  void take(const Effect &effect, const LibraryCall &call);
  void giveBack(const Effect &effect, const LibraryCall &call);
  void changeInterpreter(const Effect &effect, const LibraryCall &call);
  /// How a callable finds the interpreter's lock that a library calls.
  InterpreterLock interpreterFor(AtomId callable, const Effect &effect,
                                 const LibraryCall &call,
                                 InterpreterLock otherwise);

  static void join(State &into, const State &from);
  /// Goes on at \p into, behind the brackets above the \p depth outermost ones
  /// and without what these hold. This state may go on as well.
  void leaveBlocks(State &into, std::size_t depth, bool isRaising);
  void endBlocks(std::size_t depth, bool isRaising);
  /// What the `with` at \p index took, behind the \p known first, is its own.
  void holdByBlock(std::uint32_t index, std::size_t known);

  /// The function returns with what is held here.
  void keep();
  /// Goes on behind a call that did this.
  void follow(const Outcome &done);
  void noteCall(const Operation &op, SetId callees,
                const CallArguments &arguments);
  void noteBind(const Operation &bind);
  /// The coroutine has been suspended here; before it held \p before.
  void noteSuspension(const Holds &before);

private:
  bool isPassingObject(const LibraryCall &call) const;
  void hold(Hold taken);
  void unlock(AtomId lock);

  Interpreter &in;
};

} // namespace looplint

#endif // LOOPLINT_LIB_CONTEXT_LOCKS_H
