//===- Retired.cpp - what later versions of the language do without -------===//
//
// The place proves it, whoever gets there: the call fails on every version from
// a certain one on. How much that matters depends on the versions that the
// project supports:
//
//   all of them fail                 an error
//   newer ones fail                  a warning, though older ones work
//   all of them warn, a coming one   a warning
//   will fail
//   only a coming one will fail      nothing: the older ones still need it
//
// Code that is there for older versions is no case of these.
//
//===----------------------------------------------------------------------===//

#include "Retired.h"

#include "Evidence.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace looplint;

/// The latest version that is out. What goes with one behind it has time.
static constexpr Version latestVersion = 314;

/// Whether what leads there does so on older versions only.
static bool isForOlderVersions(const RuleInput &input, InstanceId instance,
                               Version bound) {
  const Contexts &contexts = input.contexts;
  llvm::SmallVector<InstanceId, 16> way = rules::wayTo(contexts, instance);
  return llvm::any_of(way, [&](InstanceId at) {
    Version called =
        contexts.calledBelow.lookup(contexts.functionOf(at).index());
    if (called != 0 && called <= bound)
      return true;
    PathStep step = contexts.paths[at.index()];
    if (!step.from)
      return false;
    Version below = contexts[step.from].edges[step.edge].versionsBelow;
    return below != 0 && below <= bound;
  });
}

static std::string describe(const Effect &effect, llvm::StringRef api,
                            Version lowest) {
  std::string ends = rules::spelled(effect.raisesSince);
  if (effect.subject && lowest >= effect.raisesSince)
    return llvm::formatv("`{0}` takes no `{1}` since {2}: it raises TypeError",
                         api, effect.subject.name, ends);
  if (effect.subject)
    return llvm::formatv("`{0}` takes no `{1}` since {2}, where it raises "
                         "TypeError; before, that is deprecated since {3}",
                         api, effect.subject.name, ends,
                         rules::spelled(effect.deprecated));
  if (lowest >= effect.raisesSince)
    return llvm::formatv("`{0}` is gone since {1}: it raises AttributeError",
                         api, ends);
  return llvm::formatv(
      "`{0}` is deprecated since {1}, and {2} {3}, where it "
      "raises AttributeError",
      api, rules::spelled(effect.deprecated),
      effect.raisesSince <= latestVersion ? "gone since" : "goes with", ends);
}

static Finding report(const RuleInput &input, std::uint16_t code,
                      InstanceId instance, const Event &event, Version lowest) {
  const Effect &effect = *event.effect;
  std::string api = rules::displayName(*event.api);
  bool fails = lowest >= effect.raisesSince;
  bool wasSeen = fails && rules::isSeenByTest(input, instance, event);
  Location at = rules::placeOf(input, event.at);
  return {
      .code = code,
      .severity = fails ? Severity::Error : Severity::Warning,
      .confidence = wasSeen ? Confidence::Possible : Confidence::Definite,
      .message = describe(effect, api, lowest),
      .at = at,
      .context = looplint::describe(input.contexts[event.context]),
      .witness = {{at, effect.subject
                           ? llvm::formatv("`{0}` is passed here",
                                           effect.subject.name)
                                 .str()
                           : llvm::formatv("`{0}` is used here", api).str()}},
      .subject = {.operation = event.at,
                  .instance = instance,
                  .context = event.context,
                  .api = event.api,
                  .effect = event.effect}};
}

/// `set_watcher(Watcher())` and `get_policy().get_loop()` are one mistake each:
/// the whole call is reported.
static bool isWithinAnother(const Finding &finding, const Findings &all) {
  auto isPartOf = [&](const Finding &other) {
    const Effect *effect = other.subject.effect;
    bool isOfParameter =
        effect && effect->kind == EffectKind::Retired && effect->subject;
    return other.at.file == finding.at.file && !isOfParameter &&
           other.at.span.begin <= finding.at.span.begin &&
           other.at.span.end >= finding.at.span.end &&
           (other.at.span.begin != finding.at.span.begin ||
            other.at.span.end != finding.at.span.end);
  };
  return !finding.subject.effect->subject && llvm::any_of(all, isPartOf);
}

void rules::addRetired(const RuleInput &input, std::uint16_t code,
                       Findings &findings) {
  Findings retired;
  forEachEvent(
      input, EffectKind::Retired, [&](InstanceId instance, const Event &event) {
        const Effect &effect = *event.effect;
        Version lowest = input.versionAt(placeOf(input, event.at));
        bool isToCome = effect.raisesSince > latestVersion;
        if (isToCome && lowest < effect.deprecated)
          return;
        if (event.confidence != Confidence::Definite ||
            event.handled == Handled::Expected ||
            isForOlderVersions(input, instance, effect.raisesSince))
          return;
        retired.push_back(report(input, code, instance, event, lowest));
      });
  Findings own;
  for (Finding &finding : retired)
    if (!isWithinAnother(finding, findings) &&
        !isWithinAnother(finding, retired))
      own.push_back(finding);
  llvm::append_range(findings, own);
}
