//===- State.h - what is known at one place of a function -----------------===//
//
// The values of the variables and what is known of the thread and its loop, for
// the code that the interpreter has come to, and for each open bracket the
// states that come together behind it.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_CONTEXT_STATE_H
#define LOOPLINT_LIB_CONTEXT_STATE_H

#include "Variables.h"
#include "looplint/Context/Contexts.h"
#include "looplint/Program/Summary.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace looplint {

/// What an attribute of a variable holds at this place, more exactly than all
/// that is ever stored in it.
struct NarrowedAttribute {
  std::uint32_t variable = 0;
  Symbol name;
  SetId value;
};

struct State {
  bool isReachable = true;
  ExecutionContext context;
  Variables variables;
  llvm::SmallVector<ArmedTimer, 0> armed;
  /// Futures that a test has found done, loops that it has found at rest.
  llvm::SmallVector<AtomId, 1> finished;
  LoopHistory loops;
  llvm::SmallVector<NarrowedAttribute, 2> attributes;
  /// Futures made since the thread's loop last had a turn.
  llvm::SmallVector<AtomId, 0> pending;
  Holds held;
  /// What the interpreter's lock goes back to, change by change.
  llvm::SmallVector<InterpreterLock, 0> interpreterBefore;
  /// Only versions below this one come here; 0 for any.
  Version versionsBelow = 0;
  /// A state that is not known decides whether this is reached; see Guards.cpp.
  bool isGuarded = false;
  /// Only type checkers come here: names are bound, and nothing is called.
  bool isForTypeCheckers = false;
};

/// An open If, Loop, Try or With.
struct Bracket {
  enum Section : std::uint8_t { Body, Handler, Otherwise, Final };

  OperationKind kind{};
  Section section = Body;
  bool hasElse = false;
  bool hasFinally = false;     // Try
  bool testsLoop = false;      // Try, With: the body asks for the running loop
  bool isCaughtByTest = false; // … and knows that it raises
  bool hasPendingReturn = false;
  Handled handled = Handled::No; // Try, With
  bool sawBreak = false;
  bool wasGuarded = false; // If: before it
  std::uint8_t passes = 0; // Loop
  std::uint32_t start = 0; // the operation that opened it
  State entry;             // Loop: at its head
  State other;       // If: the else side. Loop: after it. Try: after the body
  State raised;      // Try, With: where the body may raise
  State withoutLoop; // Try, With: where the body found no running loop
  State after;       // Try: behind the handlers. Loop: at breaks and continues
  SetId manager;     // With
};

/// Brackets are large, and seldom nest more deeply than what is reserved.
inline Bracket &openBracket(std::vector<Bracket> &brackets, OperationKind kind,
                            std::uint32_t start) {
  if (brackets.empty())
    brackets.reserve(4);
  Bracket &bracket = brackets.emplace_back();
  bracket.kind = kind;
  bracket.start = start;
  return bracket;
}

/// The answer of a condition.
enum class Truth : std::uint8_t { Unknown, No, Yes };

/// A caller is told of so many futures that one way through a call has made.
inline constexpr std::size_t mostPendingToldOf = 2;

/// Expressions and conditions are followed to this depth. Real code is far from
/// it, and input can be hostile.
inline constexpr unsigned deepestExpression = 150;

template <typename List, typename Range>
void addMissing(List &into, const Range &from) {
  for (const auto &element : from)
    if (!llvm::is_contained(into, element))
      into.push_back(element);
}

/// The entry in \p timers for the same start on the same loop, or the end.
inline ArmedTimer *sameTimer(llvm::SmallVectorImpl<ArmedTimer> &timers,
                             const ArmedTimer &timer) {
  return llvm::find_if(timers, [&](const ArmedTimer &known) {
    return known.at == timer.at && known.loop == timer.loop;
  });
}

inline void joinTimers(llvm::SmallVectorImpl<ArmedTimer> &into,
                       llvm::ArrayRef<ArmedTimer> from) {
  for (const ArmedTimer &timer : from) {
    ArmedTimer *known = sameTimer(into, timer);
    if (known == into.end())
      into.push_back(timer);
    else
      known->isServed |= timer.isServed;
  }
}

} // namespace looplint

#endif // LOOPLINT_LIB_CONTEXT_STATE_H
