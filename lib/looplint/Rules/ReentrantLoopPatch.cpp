//===- ReentrantLoopPatch.cpp - LOOP202 -----------------------------------===//

#include "Evidence.h"

#include "llvm/Support/FormatVariadic.h"

using namespace looplint;

Findings rules::checkReentrantLoopPatch(const RuleInput &input) {
  Findings findings;
  forEachEvent(input, EffectKind::ReentersLoop,
               [&](InstanceId instance, const Event &event) {
                 Finding finding = makeFinding(
                     input, 202, instance, event,
                     llvm::formatv("`{0}` makes running loops re-entrant for "
                                   "the whole process",
                                   displayName(*event.api)),
                     "");
                 // The patch is wrong wherever it is called from.
                 finding.confidence = event.confidence;
                 finding.witness.clear();
                 findings.push_back(std::move(finding));
               });
  return findings;
}
