//===- ExecutionContext.h - where code runs -------------------------------===//
//
// A context is a thread and the state of its event loop. The analysis executes
// each function once for each context it can run in, so that a guard such as
// "is a loop running here?" has one answer each time.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_CONTEXT_EXECUTIONCONTEXT_H
#define LOOPLINT_CONTEXT_EXECUTIONCONTEXT_H

#include "looplint/Context/Atoms.h"

namespace looplint {

using ContextId = Id<struct ContextTag>;

enum class ThreadKind : std::uint8_t {
  Unknown, // the caller is not part of the program
  Main,
  Worker,
  LoopThread, // the thread that runs the loop, whichever that is
  Process,
  Signal,
  AtExit,
  Finalizer,
};

/// Whether a loop runs on this thread, below this code.
enum class Running : std::uint8_t { Unknown, No, Yes };

/// What the thread's current loop is where none runs.
enum class Current : std::uint8_t {
  Unknown,
  Unset,   // never set: the policy makes one on the main thread only
  Set,     // `currentLoop`
  Closed,  // `currentLoop`, which has been closed
  Cleared, // set to none: nowhere does the policy make one
};

/// Whether the thread holds the lock that running Python needs. Said of C++
/// only: Python itself always holds it.
enum class InterpreterLock : std::uint8_t { Unknown, Held, Free };

struct ExecutionContext {
  ThreadKind thread = ThreadKind::Unknown;
  Running running = Running::Unknown;
  Current current = Current::Unknown;
  /// The code runs because its module, or one that it is called from at the
  /// top level, is being imported.
  bool importing = false;
  InterpreterLock interpreter = InterpreterLock::Unknown;
  /// Loops that are made here may be used from any thread.
  bool sharesLoops = false;
  ObjectId runningLoop; // Running::Yes
  ObjectId currentLoop; // Current::Set and Closed

  friend bool operator==(const ExecutionContext &,
                         const ExecutionContext &) = default;

  bool isWorker() const { return thread == ThreadKind::Worker; }
  bool isOnMain() const {
    return thread == ThreadKind::Main || thread == ThreadKind::Process;
  }
};

/// "main/none", "worker/running", …: as `looplint contexts` and JSON show it.
std::string describe(const ExecutionContext &context);

} // namespace looplint

#endif // LOOPLINT_CONTEXT_EXECUTIONCONTEXT_H
