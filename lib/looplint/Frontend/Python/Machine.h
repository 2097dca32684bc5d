//===- Machine.h - recursive descent without the C stack ------------------===//
//
// Lowering is written as recursive descent, since that is how it reads best,
// but Python nests as deep as its author likes and the C stack does not.
// So a lowering function is a coroutine: its frame lives on a FrameStack, a
// call is `co_await`, and one loop (Machine::run) resumes whichever frame is
// on top. What needs no descent, such as a name, returns a finished Step and
// makes no frame.
//
// An explicit stack of work items was tried first on paper: it cuts every
// construct into two or three handlers, and the order of evaluation, which is
// what lowering is about, can no longer be read off the code.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_FRONTEND_PYTHON_MACHINE_H
#define LOOPLINT_FRONTEND_PYTHON_MACHINE_H

#include "looplint/Program/Summary.h"

#include <cassert>
#include <coroutine>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace looplint::python {

/// Memory that is given back in the reverse order of its allocation.
class FrameStack {
public:
  void *allocate(std::size_t size);
  static void release(void *memory);

private:
  struct Header {
    FrameStack *owner;
    std::size_t size;
  };
  struct Chunk {
    std::unique_ptr<char[]> memory;
    std::size_t size;
    std::size_t used;
  };
  std::vector<Chunk> chunks;
  std::size_t current = 0;
};

class Step;

/// The stack of unfinished steps.
class Machine {
public:
  /// Runs \p step and all that it awaits.
  ValueId run(Step step);

  FrameStack frames;
  std::vector<std::coroutine_handle<>> pending;
  ValueId result;
};

/// The outcome of lowering a piece of syntax, or the work of finding it out.
/// A step must be awaited before the next one is made. The first parameter of
/// a coroutine that returns one (`this`, as a rule) has a member `machine`.
class [[nodiscard]] Step {
public:
  struct promise_type;
  using Handle = std::coroutine_handle<promise_type>;

  /*implicit*/ Step(ValueId value) : value(value) {}
  explicit Step(Handle handle) : handle(handle) {}

  bool await_ready() const noexcept { return !handle; }
  void await_suspend(std::coroutine_handle<promise_type> caller) noexcept;
  ValueId await_resume() const noexcept;

private:
  friend Machine;
  Handle handle;
  ValueId value;
  Machine *machine = nullptr;
};

struct Step::promise_type {
  template <typename Owner, typename... Arguments>
  explicit promise_type(Owner &owner, Arguments &&...)
      : machine(owner.machine) {}

  template <typename Owner, typename... Arguments>
  static void *operator new(std::size_t size, Owner &owner, Arguments &&...) {
    return owner.machine.frames.allocate(size);
  }

  static void operator delete(void *frame, std::size_t) {
    FrameStack::release(frame);
  }

  Step get_return_object() { return Step(Handle::from_promise(*this)); }
  std::suspend_always initial_suspend() noexcept { return {}; }
  std::suspend_never final_suspend() noexcept { return {}; }
  void unhandled_exception() noexcept {}

  void return_value(ValueId value) {
    machine.result = value;
    machine.pending.pop_back();
  }

  Machine &machine;
};

inline void
Step::await_suspend(std::coroutine_handle<promise_type> caller) noexcept {
  machine = &caller.promise().machine;
  machine->pending.push_back(handle);
}

inline ValueId Step::await_resume() const noexcept {
  return handle ? machine->result : value;
}

} // namespace looplint::python

#endif // LOOPLINT_FRONTEND_PYTHON_MACHINE_H
