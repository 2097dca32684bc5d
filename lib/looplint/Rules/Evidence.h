//===- Evidence.h - what rules share --------------------------------------===//

#ifndef LOOPLINT_LIB_RULES_EVIDENCE_H
#define LOOPLINT_LIB_RULES_EVIDENCE_H

#include "looplint/Rules/Rules.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"

#include <string>

namespace looplint::rules {

#define RULE(Code, Name, Spelling, DefaultSeverity, Summary)                   \
  Findings check##Name(const RuleInput &input);
#define DRIVER_RULE(Code, Name, Spelling, DefaultSeverity, Summary)
#include "looplint/Rules/Rules.def"

/// Calls \p visit for every event of the kind in an instance that a root leads
/// to, in the order of instances.
void forEachEvent(const RuleInput &input, EffectKind kind,
                  llvm::function_ref<void(InstanceId, const Event &)> visit);

/// The same for callables and coroutines given to a library.
void forEachHandover(
    const RuleInput &input,
    llvm::function_ref<void(InstanceId, const Handover &)> visit);

/// Whether the result of the call is awaited where the call stands. Such a call
/// cannot block: its receiver is of another class than it seems.
bool isAwaitedAtOnce(const RuleInput &input, OperationKey call);

/// Whether it is awaited there, or the variable that it is bound to is later.
bool isAwaited(const RuleInput &input, OperationKey call);

/// The `with` that ends at the operation \p end.
std::uint32_t startOfWith(const Summary &summary, std::uint32_t end);

/// Where the operation stands: the call; for a decorator, the definition that
/// it decorates; for the end of a `with`, its context manager.
Location placeOf(const RuleInput &input, OperationKey at);
Location placeOf(const RuleInput &input, const Handover &handover);

/// "asyncio.run", "Thread.start": how people call it, without the quotes.
std::string displayName(const ApiFunction &api);
/// Whether what goes wrong is told by an exception of Python: the call may
/// stand in C++, and be of a library of Python.
bool isOfPython(const Event &event);

/// Whether the instance executes a module's top level itself.
bool isAtTopLevel(const RuleInput &input, InstanceId instance);
/// "`job`", "a lambda".
std::string displayName(const RuleInput &input, AtomId callable);
/// The function that is called in the end: behind bound methods and partials.
FunctionKey functionBehind(const RuleInput &input, AtomId callable);

/// The function that the operation is a part of.
FunctionKey functionAround(const RuleInput &input, OperationKey at);

/// The instance and what leads to it, one before the other, up to a root, or to
/// where it comes back to itself: a task may start what starts it.
llvm::SmallVector<InstanceId, 16> wayTo(const Contexts &contexts,
                                        InstanceId instance);

/// How what is raised in \p instance is caught: by \p here, or by a caller on
/// the way.
Handled handledOnTheWay(const RuleInput &input, InstanceId instance,
                        Handled here);

/// Whether a state that is not known decides if the event, or a call on the way
/// to it, takes place. Such a state may say just what the rule wants to prove
/// (a flag `asynchronous`, a stage), so the witness proves less.
bool isGuardedOnTheWay(const RuleInput &input, InstanceId instance,
                       const Event &event);

/// Whether a test of the project would have shown the exception: it calls, on
/// the same stack, what raises it.
bool isSeenByTest(const RuleInput &input, InstanceId instance,
                  const Event &event);

/// Whether nothing but tests of the project leads there. What holds up a test's
/// loop holds up nothing else, and the tests have passed with it.
bool isOnlyTested(const RuleInput &input, InstanceId instance);

/// Whether nothing leads there but tests, and cells of notebooks that leave
/// nothing else on their loop: what holds it up holds up nobody.
bool isAloneOnLoop(const RuleInput &input, InstanceId instance);

/// Whether a policy of the program's own may decide what the look-up gives.
/// What a test installs counts for the tests of its file.
bool mayHaveOwnPolicy(const RuleInput &input, InstanceId instance,
                      const Event &event);

/// Whether the coroutine that leads there is seen to run without a loop: what
/// drives such coroutines by hand has nobody to hold up.
bool isDrivenByHand(const RuleInput &input, InstanceId instance);

/// Fills in place, context, confidence and witness; \p lastStep says what
/// happens at the place itself.
Finding makeFinding(const RuleInput &input, std::uint16_t code,
                    InstanceId instance, const Event &event,
                    std::string message, std::string lastStep);

FindingSubject subjectOf(InstanceId instance, const Handover &handover);

/// "3.14" for 314.
std::string spelled(Version version);

} // namespace looplint::rules

#endif // LOOPLINT_LIB_RULES_EVIDENCE_H
