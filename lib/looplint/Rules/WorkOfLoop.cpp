//===- WorkOfLoop.cpp - what a loop on another thread is at work with -----===//
//
// An object may be used on any thread as long as no other one uses it at the
// same time: whoever makes it sets it up and begins its first operation, though
// the loop already runs. From then on the loop's thread has it.
//
//===----------------------------------------------------------------------===//

#include "WorkOfLoop.h"

#include "Apart.h"
#include "Brackets.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using namespace looplint::rules;

namespace {
class WorkOfLoop {
public:
  WorkOfLoop(const RuleInput &input, const Threads &threads, AtomId object,
             ObjectId loop)
      : input(input), contexts(input.contexts), threads(threads),
        object(object), loop(loop) {}

  bool isBegunBefore(const Occurrence &place) const;
  bool isKeptApart(const Occurrence &place) const;

private:
  using Visit = llvm::function_ref<bool(InstanceId, OperationKey)>;
  bool anyOnStack(const Occurrence &place, Visit visit) const;
  bool gives(const Event &event) const;
  bool stops(const Event &event) const;
  bool givesBelow(InstanceId from) const;

  const RuleInput &input;
  const Contexts &contexts;
  const Threads &threads;
  AtomId object;
  ObjectId loop;
};
} // namespace

/// Visits the place, and the calls that lead to it on its thread, until one of
/// them will do.
bool WorkOfLoop::anyOnStack(const Occurrence &place, Visit visit) const {
  llvm::SmallVector<std::pair<InstanceId, OperationKey>, 16> open{
      {place.instance, place.event->at}};
  llvm::DenseSet<std::pair<std::uint32_t, std::uint32_t>> seen;
  while (!open.empty()) {
    auto [id, at] = open.pop_back_val();
    if (!seen.insert({id.index(), at.index()}).second)
      continue;
    if (visit(id, at))
      return true;
    threads.forEachCaller(id, [&](InstanceId caller, const Edge &edge) {
      open.push_back({caller, edge.at});
    });
  }
  return false;
}

/// Whether the loop's thread uses the object: there, or because an operation is
/// begun that the loop completes.
bool WorkOfLoop::gives(const Event &event) const {
  auto given = contexts.atoms.members(event.subject);
  bool isGiven = given.size() == 1 && given.front() == object;
  if (event.effect->kind != EffectKind::LoopAffine ||
      (event.receiver != object && !isGiven))
    return false;
  const ExecutionContext &context = contexts[event.context];
  return (context.running == Running::Yes && context.runningLoop == loop) ||
         llvm::any_of(event.api->effects, [](const Effect &effect) {
           return effect.kind == EffectKind::Invokes &&
                  effect.on == Place::Loop;
         });
}

bool WorkOfLoop::givesBelow(InstanceId from) const {
  llvm::SmallVector<InstanceId, 16> open{from};
  llvm::DenseSet<std::uint32_t> seen{from.index()};
  while (!open.empty()) {
    const Instance &instance = contexts[open.pop_back_val()];
    if (llvm::any_of(instance.events,
                     [&](const Event &event) { return gives(event); }))
      return true;
    for (const Edge &edge : instance.edges)
      if (edge.kind != EdgeKind::Defines && seen.insert(edge.to.index()).second)
        open.push_back(edge.to);
  }
  return false;
}

bool WorkOfLoop::isBegunBefore(const Occurrence &place) const {
  return anyOnStack(place, [&](InstanceId id, OperationKey at) {
    auto isBefore = [&](const auto &step) {
      return comesBefore(input.program, step.at, at);
    };
    const Instance &instance = contexts[id];
    return llvm::any_of(instance.events,
                        [&](const Event &event) {
                          return isBefore(event) && gives(event);
                        }) ||
           llvm::any_of(instance.edges, [&](const Edge &edge) {
             return edge.kind != EdgeKind::Defines && isBefore(edge) &&
                    givesBelow(edge.to);
           });
  });
}

bool WorkOfLoop::stops(const Event &event) const {
  return event.effect->kind == EffectKind::StopLoop &&
         llvm::is_contained(certainLoops(input, event.loops), loop);
}

bool WorkOfLoop::isKeptApart(const Occurrence &place) const {
  if (threads.hasWaited(place))
    return true;
  std::set<FunctionKey> guarded = functionsWithGuards(input);
  return anyOnStack(place, [&](InstanceId id, OperationKey at) {
    return guarded.count(contexts.functionOf(id)) ||
           llvm::any_of(contexts[id].events, [&](const Event &event) {
             return stops(event) && event.at.index() < at.index();
           });
  });
}

bool rules::isAtWorkWith(const RuleInput &input, const Threads &threads,
                         const Occurrence &place, ObjectId loop) {
  WorkOfLoop work(input, threads, place.event->receiver, loop);
  return work.isBegunBefore(place) && !work.isKeptApart(place);
}
