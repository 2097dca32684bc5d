//===- DescribeContexts.cpp - where a function runs, for people -----------===//
//
// A function is executed once for each context and each set of arguments. For
// people only contexts count, so of those with equal descriptions the one with
// the shortest proof is shown.
//
//===----------------------------------------------------------------------===//

#include "looplint/Driver/DescribeContexts.h"

#include "looplint/Report/Formats.h"

#include <map>

using namespace looplint;

namespace {

struct Proof {
  std::vector<WitnessStep> steps;
  Confidence confidence = Confidence::Definite;
};

} // namespace

/// By the description of the context, so in a stable order.
static std::map<std::string, Proof> proofsFor(const Contexts &contexts,
                                              FunctionKey function) {
  std::map<std::string, Proof> proofs;
  for (std::uint32_t i = 0; i < contexts.instances.size(); ++i) {
    InstanceId id(i);
    if (!contexts.isReached[i] || contexts.functionOf(id) != function)
      continue;
    Proof proof;
    proof.steps = witness(contexts, id, proof.confidence);
    std::string context = describe(contexts[contexts[id].context]);
    auto [known, isNew] = proofs.try_emplace(context, proof);
    if (!isNew && proof.steps.size() < known->second.steps.size())
      known->second = std::move(proof);
  }
  return proofs;
}

static void printPlace(llvm::raw_ostream &out, const Sources &sources,
                       Location at) {
  out << report::placeSpelling(report::placeOf(sources, at)) << ": ";
}

void looplint::describeContexts(llvm::raw_ostream &out,
                                const Analysis &analysis,
                                FunctionKey function) {
  const Program &program = *analysis.program;
  printPlace(out, analysis.sources,
             {program.fileOf(function), program.function(function).nameSpan});
  out << '`' << program.spelledName(function) << "`\n";

  std::map<std::string, Proof> proofs = proofsFor(*analysis.contexts, function);
  if (proofs.empty())
    out << "  nothing that is known leads here\n";
  for (const auto &[context, proof] : proofs) {
    out << "  " << context;
    if (proof.confidence != Confidence::Definite)
      out << " (" << report::spelling(proof.confidence) << ')';
    out << '\n';
    for (const WitnessStep &step : proof.steps) {
      out << "    ";
      printPlace(out, analysis.sources, step.at);
      out << step.message << '\n';
    }
  }
}

FunctionKey looplint::functionAtLine(const Analysis &analysis, FileId file,
                                     std::uint32_t line) {
  const Summary &summary = analysis.program->summary(file);
  const LineTable &lines = analysis.sources.file(file).lines();
  if (summary.functions.empty() || line == 0 || line > lines.lineCount())
    return {};

  // A definition of several lines counts from its first to its last.
  Span wanted = lines.lineSpan(line);
  FunctionId innermost(0);
  for (std::uint32_t i = 1; i < summary.functions.size(); ++i) {
    const Span &span = summary.functions[i].span;
    const Span &best = summary.function(innermost).span;
    bool isAround = span.begin <= wanted.end && wanted.begin < span.end;
    bool isInner = innermost == FunctionId(0) ||
                   span.end - span.begin < best.end - best.begin;
    if (isAround && isInner)
      innermost = FunctionId(i);
  }
  return analysis.program->key(file, innermost);
}
