//===- FreeInterpreter.cpp - release the GIL around a wait ----------------===//
//
// C++: a wait that is a statement goes into a block with an object that has
// released the lock of the interpreter. Else the function that waits is bound
// so that it is called without the lock; whether all that it does may be done
// without, nobody checks.
//
//===----------------------------------------------------------------------===//

#include "CppText.h"
#include "Cures.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallSet.h"

using namespace looplint;

/// The place where Python was given what leads to the finding, and the argument
/// that is missing there; none where something else leads there.
static std::pair<OperationKey, llvm::StringRef> binding(const Workbench &bench,
                                                        InstanceId at) {
  const Contexts &contexts = bench.input.contexts;
  llvm::SmallSet<std::uint32_t, 16> seen;
  while (at && seen.insert(at.index()).second) {
    PathStep step = contexts.paths[at.index()];
    if (!step.from)
      return {};
    const Edge &edge = contexts[step.from].edges[step.edge];
    for (const Handover &handover : contexts[step.from].handovers)
      if (handover.at == edge.at && !handover.effect->frees.empty())
        return {edge.at, handover.effect->frees};
    if (edge.kind != EdgeKind::Call)
      return {};
    at = step.from;
  }
  return {};
}

/// The class whose objects release the lock for as long as they live.
static llvm::StringRef releasingType(const ModelSet &models) {
  for (llvm::StringRef name : models.typeNames())
    if (const ApiType *type = models.type(name))
      if (const Effect *effect =
              type->constructor.find(EffectKind::Interpreter))
        if (effect->interpreter == InterpreterChange::Free)
          return name;
  return "";
}

/// How the file writes what a model calls \p name.
static std::string inFile(const Workbench &bench, FileId file,
                          llvm::StringRef name) {
  llvm::StringRef space = name.split("::").first;
  return inNamesOf(bench, file, name, space, (space + ".").str());
}

std::optional<Fix> cures::releaseAroundWait(Workbench &bench,
                                            const Finding &finding) {
  std::optional<WrittenCall> wait =
      writtenCall(bench, finding.subject.operation);
  llvm::StringRef type = releasingType(bench.input.models);
  if (!wait || type.empty() || !bench.operation(wait->at).isDiscarded)
    return std::nullopt;
  FileId file = wait->whole.file;
  llvm::StringRef rest = bench.text(file).drop_front(wait->whole.span.end);
  auto gap = static_cast<std::uint32_t>(rest.size() - rest.ltrim().size());
  if (!rest.ltrim().starts_with(";"))
    return std::nullopt;
  std::string name =
      bench.freeName(file, {"released", "gilReleased", "withoutGil"});
  if (name.empty())
    return std::nullopt;
  std::uint32_t begin = wait->whole.span.begin;
  std::uint32_t end = wait->whole.span.end + gap + 1;
  return cppFix(
      Applicability::Safe, "release the interpreter's lock for the wait",
      {{{file, {begin, begin}},
        "{ " + inFile(bench, file, spelled(type)) + " " + name + "; "},
       {{file, {end, end}}, " }"}});
}

std::optional<Fix> cures::freeInterpreter(Workbench &bench,
                                          const Finding &finding) {
  auto [bound, guard] = binding(bench, finding.subject.instance);
  if (!bound)
    return std::nullopt;
  std::optional<WrittenCall> call = writtenCall(bench, bound);
  if (!call || writtenArguments(bench, *call).empty())
    return std::nullopt;
  FileId file = call->whole.file;
  std::uint32_t end = call->inside.span.end;
  return cppFix(Applicability::Unsafe,
                "call the function with the interpreter's lock released",
                {{{file, {end, end}}, ", " + inFile(bench, file, guard)}});
}
