//===- DropArgument.cpp - leave out an argument that is not taken any more ===//
//
// `sleep(1, loop=loop)` raises where the parameter is gone, so leaving it out
// changes nothing that worked there. Where older versions are supported as
// well, the call looks for the running loop by itself, which is the one that
// was passed if a coroutine makes the call; elsewhere it may be another one.
//
//===----------------------------------------------------------------------===//

#include "Cures.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

/// The argument with the comma that goes along with it; nothing where a comment
/// stands there.
static std::optional<Span> withComma(const Workbench &bench, Location all,
                                     Span argument) {
  llvm::StringRef before =
      bench.text({all.file, {all.span.begin, argument.begin}});
  llvm::StringRef behind = bench.text({all.file, {argument.end, all.span.end}});
  llvm::StringRef trimmed = before.rtrim();
  if (trimmed.ends_with(","))
    return Span{all.span.begin + static_cast<std::uint32_t>(trimmed.size()) - 1,
                argument.end};
  if (!trimmed.empty())
    return std::nullopt;
  llvm::StringRef rest = behind.ltrim();
  if (!rest.consume_front(","))
    return rest.empty() ? std::optional(argument) : std::nullopt;
  rest = rest.ltrim(" \t");
  return Span{argument.begin,
              all.span.end - static_cast<std::uint32_t>(rest.size())};
}

std::optional<Fix> cures::dropArgument(Workbench &bench,
                                       const Finding &finding) {
  const FindingSubject &subject = finding.subject;
  const Effect *effect = subject.effect;
  if (!effect || effect->kind != EffectKind::Retired || !effect->subject)
    return std::nullopt;
  OperationKey at = subject.operation;
  const Summary &summary = bench.summaryOf(at);
  llvm::ArrayRef<Argument> arguments = summary.argumentsOf(bench.operation(at));
  const Argument *found = llvm::find_if(arguments, [&](const Argument &each) {
    return each.kind == Argument::Keyword &&
           summary.string(each.name) == effect->subject.name;
  });
  if (found == arguments.end())
    return std::nullopt;
  Location all = bench.argumentsOf(at);
  std::optional<Span> span = withComma(bench, all, found->span);
  if (!span)
    return std::nullopt;
  FileId file = all.file;
  bool isGoneEverywhere =
      bench.input.contexts.options.versionIn(file) >= effect->raisesSince;
  bool isSame = isGoneEverywhere || bench.isCoroutine(bench.functionOf(at));
  Draft draft(bench);
  draft.replace({file, *span}, "");
  return draft.finish(isSame ? Applicability::Safe : Applicability::Unsafe,
                      "leave the argument out");
}
