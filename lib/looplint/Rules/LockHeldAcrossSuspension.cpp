//===- LockHeldAcrossSuspension.cpp - LOOP602 -----------------------------===//
//
// A coroutine is suspended and holds a lock that makes threads wait. The next
// one on this loop that wants it stops the thread, and with it the coroutine
// that would give the lock back. The finding stands where the lock is taken;
// the last step of its proof is the first suspension behind that.
//
//===----------------------------------------------------------------------===//

#include "Evidence.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/FormatVariadic.h"

using namespace looplint;

/// "threading.Lock", "std::lock_guard": whose the lock is.
static std::string nameOf(const RuleInput &input, const Event &event) {
  const Contexts &contexts = input.contexts;
  const Atom &lock = contexts.atoms[event.receiver];
  AtomId type = lock.kind == AtomKind::Object
                    ? contexts.heap[ObjectId(lock.a)].type
                    : AtomId();
  if (type && contexts.atoms[type].kind == AtomKind::ApiType)
    return rules::displayName(
        contexts.atoms.apiType(contexts.atoms[type]).constructor);
  return rules::displayName(*event.api);
}

/// What the next one on the same loop that wants the lock gets.
static llvm::StringRef harm(const Event &event) {
  return event.effect->reentry == Reentry::Allowed
             ? "keeps out nobody else on this thread, as it is the thread that "
               "holds it"
             : "whoever wants it next on this thread stops the thread, so that "
               "it is never given back";
}

/// What to do instead.
static std::string cure(const Event &event) {
  const Effect *wait = event.api->find(EffectKind::Blocks);
  if (wait && !wait->twin.empty())
    return llvm::formatv("use `{0}`", wait->twin);
  return "give it back before that, or use one that is awaited";
}

Findings rules::checkLockHeldAcrossSuspension(const RuleInput &input) {
  Findings findings;
  llvm::DenseSet<std::pair<std::uint32_t, std::uint32_t>> seen;
  forEachEvent(
      input, EffectKind::Locks, [&](InstanceId instance, const Event &event) {
        if (!seen.insert({instance.raw(), event.at.raw()}).second)
          return;
        Finding finding = makeFinding(
            input, 602, instance, event,
            llvm::formatv("this `{0}` stays taken while the coroutine is "
                          "suspended, and {1}; {2}",
                          nameOf(input, event), harm(event), cure(event)),
            "");
        finding.witness.push_back(
            {placeOf(input, event.suspension),
             "the coroutine is suspended here, and the lock stays taken"});
        findings.push_back(std::move(finding));
      });
  return findings;
}
