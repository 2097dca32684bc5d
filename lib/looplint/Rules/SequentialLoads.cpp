//===- SequentialLoads.cpp - LOOP801 --------------------------------------===//
//
// A batching load joins the others that are asked for in the same tick of the
// loop. Awaited one by one, each is a batch of its own. It is a mistake where
// the loads do not need each other: a `for` over keys that are known before, or
// two awaits in a row. A walk from result to result, a search that stops at the
// first hit and a stream that brings its keys one by one have no choice.
//
//===----------------------------------------------------------------------===//

#include "Threads.h"
#include "looplint/Program/DeclaredType.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <set>

using namespace looplint;
using namespace looplint::rules;

// Helpers between the loop and the load that are followed.
static constexpr unsigned mostHelpers = 2;
// Expressions are followed to this depth.
static constexpr unsigned deepestExpression = 40;

namespace {
/// The operations of a loop, `[begin, end)`.
struct LoopBody {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// Which variables and results of a stretch of code come from what.
class Flow {
public:
  Flow(const Summary &summary, const Function &function, LoopBody body);

  bool usesTarget(ValueId value) const { return mentions(value, true); }
  bool usesAwaited(ValueId value) const { return mentions(value, false); }

private:
  bool mentions(ValueId id, bool target, unsigned depth = 0) const;
  bool mentionsCall(std::uint32_t at, bool target, unsigned depth) const;

  const Summary &summary;
  LoopBody body;
  llvm::BitVector fromTarget;
  llvm::BitVector fromAwait;
};
} // namespace

Flow::Flow(const Summary &summary, const Function &function, LoopBody body)
    : summary(summary), body(body),
      fromTarget(static_cast<unsigned>(function.variables.size())),
      fromAwait(static_cast<unsigned>(function.variables.size())) {
  bool isTarget = false;
  // Twice, since what one round binds the next one uses.
  for (unsigned round = 0; round < 2; ++round)
    for (std::uint32_t i = body.begin; i < body.end; ++i) {
      const Operation &op = summary.operations[i];
      if (op.kind == OperationKind::Iterate) {
        isTarget = true;
        continue;
      }
      if (op.kind != OperationKind::Bind || op.scope) {
        isTarget = false;
        continue;
      }
      bool isBoundToTarget =
          isTarget && behindType(summary, op.value).kind == ValueKind::Element;
      if (isBoundToTarget || usesTarget(op.value))
        fromTarget.set(op.variable);
      if (!isBoundToTarget && usesAwaited(op.value))
        fromAwait.set(op.variable);
    }
}

bool Flow::mentionsCall(std::uint32_t at, bool target, unsigned depth) const {
  const Operation &op = summary.operations[at];
  if (mentions(op.value, target, depth + 1))
    return true;
  return op.kind == OperationKind::Call &&
         llvm::any_of(summary.argumentsOf(op), [&](const Argument &argument) {
           return mentions(argument.value, target, depth + 1);
         });
}

bool Flow::mentions(ValueId id, bool target, unsigned depth) const {
  if (!id || depth > deepestExpression)
    return false;
  const Value &value = behindType(summary, id);
  switch (value.kind) {
  case ValueKind::Local:
    return (target ? fromTarget : fromAwait).test(value.a);
  case ValueKind::Awaited:
    if (!target && value.a >= body.begin && value.a < body.end)
      return true;
    return mentionsCall(value.a, target, depth);
  case ValueKind::Result:
    return mentionsCall(value.a, target, depth);
  case ValueKind::Attribute:
  case ValueKind::Element:
  case ValueKind::Unpacked:
  case ValueKind::Not:
    return mentions(ValueId(value.a), target, depth + 1);
  case ValueKind::Item:
  case ValueKind::Is:
  case ValueKind::Equal:
  case ValueKind::Less:
  case ValueKind::Contains:
    return mentions(ValueId(value.a), target, depth + 1) ||
           mentions(ValueId(value.b), target, depth + 1);
  default:
    break;
  }
  return llvm::any_of(summary.operandsOf(value), [&](ValueId operand) {
    return mentions(operand, target, depth + 1);
  });
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

/// The innermost loop around the operation; empty where there is none.
static LoopBody loopAround(const Summary &summary, const Function &function,
                           std::uint32_t at) {
  llvm::SmallVector<std::uint32_t, 4> open;
  for (std::uint32_t i = function.operations.begin; i < at; ++i) {
    if (summary.operations[i].kind == OperationKind::Loop)
      open.push_back(i);
    bool isBehind = summary.operations[i].kind == OperationKind::EndLoop ||
                    summary.operations[i].kind == OperationKind::LoopElse;
    if (isBehind && !open.empty())
      open.pop_back();
    if (summary.operations[i].kind == OperationKind::LoopElse)
      open.push_back(function.operations.end); // its EndLoop is still to come
  }
  llvm::erase(open, function.operations.end);
  if (open.empty())
    return {};
  unsigned nested = 0;
  for (std::uint32_t i = open.back() + 1; i < function.operations.end; ++i) {
    nested += summary.operations[i].kind == OperationKind::Loop;
    if (summary.operations[i].kind == OperationKind::EndLoop && nested-- == 0)
      return {open.back(), i};
  }
  return {};
}

/// Whether the loop is a `for` over what is there before it begins, and ends
/// only when that is used up.
static bool isPlainFor(const Summary &summary, LoopBody body) {
  bool iterates = false;
  unsigned nested = 0;
  for (std::uint32_t i = body.begin + 1; i < body.end; ++i) {
    const Operation &op = summary.operations[i];
    nested += op.kind == OperationKind::Loop;
    nested -= op.kind == OperationKind::EndLoop;
    if (nested == 0 && op.kind == OperationKind::Iterate)
      iterates = !op.flag;
    bool leaves = op.kind == OperationKind::Return ||
                  op.kind == OperationKind::Yield ||
                  (nested == 0 && op.kind == OperationKind::Break);
    if (leaves)
      return false;
  }
  return iterates;
}

/// The call whose result the operation awaits, or the operation itself.
static const Operation &awaitedCall(const Summary &summary,
                                    const Operation &await) {
  const Value &value = behindType(summary, await.value);
  return value.kind == ValueKind::Result ? summary.operations[value.a] : await;
}

/// Whether the await takes one key after the other, though all are known.
static bool isOneByOne(const Summary &summary, const Function &function,
                       std::uint32_t at, bool isHelper) {
  LoopBody body = loopAround(summary, function, at);
  if (body.end == 0 || !isPlainFor(summary, body))
    return false;
  const Operation &call = awaitedCall(summary, summary.operations[at]);
  if (call.kind != OperationKind::Call)
    return false;
  Flow flow(summary, function, body);
  bool isAboutTarget = isHelper && flow.usesTarget(call.value);
  bool needsEarlier = flow.usesAwaited(call.value);
  for (const Argument &argument : summary.argumentsOf(call)) {
    isAboutTarget |= flow.usesTarget(argument.value);
    needsEarlier |= flow.usesAwaited(argument.value);
  }
  bool hasOwnLoader = !isHelper && flow.usesTarget(call.value);
  return isAboutTarget && !needsEarlier && !hasOwnLoader;
}

//===----------------------------------------------------------------------===//
// Loads
//===----------------------------------------------------------------------===//

namespace {
struct Load {
  Occurrence load;
  InstanceId instance;  // that awaits it, or a helper that does
  std::uint32_t at = 0; // the await, in its file
  unsigned helpers = 0;
};
} // namespace

static const Function &functionOf(const RuleInput &input, InstanceId id) {
  return input.program.function(input.contexts.functionOf(id));
}

static const Summary &summaryOf(const RuleInput &input, InstanceId id) {
  return input.program.summary(
      input.program.fileOf(input.contexts.functionOf(id)));
}

/// The await that takes the load's result at once.
static std::optional<std::uint32_t>
awaitOf(const RuleInput &input, InstanceId instance, OperationKey key) {
  const Summary &summary = summaryOf(input, instance);
  const Function &function = functionOf(input, instance);
  std::uint32_t at = input.program.local(key).index();
  if (summary.operations[at].kind == OperationKind::Await)
    return at;
  for (std::uint32_t i = at + 1; i < function.operations.end; ++i) {
    const Operation &op = summary.operations[i];
    if (op.kind != OperationKind::Await)
      continue;
    const Value &value = behindType(summary, op.value);
    if (value.kind == ValueKind::Result && value.a == at)
      return i;
  }
  return std::nullopt;
}

static Finding report(const RuleInput &input, const Load &found,
                      llvm::StringRef how) {
  const Event &event = *found.load.event;
  std::string api = displayName(*event.api);
  Finding finding = makeFinding(
      input, 801, found.load.instance, event,
      llvm::formatv("`{0}` is awaited {1}: each load is a batch of its own",
                    api, how),
      found.helpers ? llvm::formatv("`{0}` loads one key", api).str() : "");
  FileId file = input.program.fileOf(input.contexts.functionOf(found.instance));
  finding.at = {file, input.program.summary(file).operations[found.at].span};
  finding.witness.push_back(
      {finding.at, "the next load is not asked for before this one is there"});
  return finding;
}

/// A load right behind another one of the same loader, needing nothing of it.
static void findPairs(const RuleInput &input, std::vector<Load> &loads,
                      Findings &findings) {
  for (std::size_t i = 1; i < loads.size(); ++i) {
    const Load &first = loads[i - 1];
    const Load &second = loads[i];
    bool isSameLoader =
        first.instance == second.instance && second.helpers == 0 &&
        first.helpers == 0 && first.at < second.at &&
        first.load.event->receiver == second.load.event->receiver;
    if (!isSameLoader)
      continue;
    const Summary &summary = summaryOf(input, second.instance);
    bool isInterrupted = false;
    for (std::uint32_t at = first.at; at < second.at; ++at)
      isInterrupted |= summary.operations[at].kind != OperationKind::Bind &&
                       summary.operations[at].kind != OperationKind::Call &&
                       summary.operations[at].kind != OperationKind::Await &&
                       summary.operations[at].kind != OperationKind::Evaluate;
    if (isInterrupted)
      continue;
    Flow flow(summary, functionOf(input, second.instance),
              {first.at, second.at});
    const Operation &call = awaitedCall(summary, summary.operations[second.at]);
    bool needsFirst =
        call.kind != OperationKind::Call ||
        llvm::any_of(summary.argumentsOf(call), [&](const Argument &argument) {
          return flow.usesAwaited(argument.value);
        });
    if (!needsFirst)
      findings.push_back(report(input, second, "right after another one"));
  }
}

Findings rules::checkSequentialLoads(const RuleInput &input) {
  Findings findings;
  std::vector<Load> loads;
  forEachEvent(input, EffectKind::Batches,
               [&](InstanceId instance, const Event &event) {
                 if (auto at = awaitOf(input, instance, event.at))
                   loads.push_back({{instance, &event}, instance, *at});
               });
  if (loads.empty())
    return findings;
  findPairs(input, loads, findings);
  Threads threads(input);
  std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
  for (std::size_t i = 0; i < loads.size(); ++i) {
    Load found = loads[i];
    if (isOneByOne(summaryOf(input, found.instance),
                   functionOf(input, found.instance), found.at,
                   found.helpers != 0)) {
      findings.push_back(report(input, found, "one by one in a loop"));
      continue;
    }
    if (found.helpers == mostHelpers)
      continue;
    threads.forEachCaller(
        found.instance, [&](InstanceId caller, const Edge &edge) {
          std::optional<std::uint32_t> at = awaitOf(input, caller, edge.at);
          if (at && edge.kind == EdgeKind::Awaits &&
              seen.insert({caller.index(), *at}).second)
            loads.push_back({found.load, caller, *at, found.helpers + 1});
        });
  }
  return findings;
}
