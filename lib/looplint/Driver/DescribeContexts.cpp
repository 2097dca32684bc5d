//===- DescribeContexts.cpp - where a function runs, for people -----------===//
//
// A function is executed once for each context and each set of arguments. For
// people only contexts count, so of those with equal descriptions the one with
// the shortest proof is shown.
//
//===----------------------------------------------------------------------===//

#include "looplint/Driver/DescribeContexts.h"

#include "looplint/Report/Formats.h"

#include "llvm/ADT/STLExtras.h"

#include <map>
#include <set>

using namespace looplint;

namespace {

struct Proof {
  std::vector<WitnessStep> steps;
  Confidence confidence = Confidence::Definite;
};

} // namespace

/// By the description of the context, so in a stable order.
static std::map<std::string, Proof>
proofsFor(const Contexts &contexts, llvm::ArrayRef<FunctionKey> functions) {
  std::map<std::string, Proof> proofs;
  for (std::uint32_t i = 0; i < contexts.instances.size(); ++i) {
    InstanceId id(i);
    if (!contexts.isReached[i] ||
        !llvm::is_contained(functions, contexts.functionOf(id)))
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

/// The readings of a file: one, or several where units of C++ differ in what
/// they make of a header.
static std::vector<FileId> readingsOf(const Analysis &analysis, FileId file) {
  std::vector<FileId> readings;
  for (std::uint32_t f = 0; f < analysis.program->fileCount(); ++f)
    if (analysis.sources.first(FileId(f)) == file)
      readings.emplace_back(f);
  return readings;
}

static bool isSameText(const Function &left, const Function &right) {
  return left.span == right.span && left.nameSpan == right.nameSpan;
}

/// The function and what else is made of the same text: a template's other
/// instances, and what other units make of it.
static std::vector<FunctionKey> sameText(const Analysis &analysis,
                                         FunctionKey function) {
  const Program &program = *analysis.program;
  FileId file = program.fileOf(function);
  std::vector<FunctionKey> same = {function};
  if (program.summary(file).language != Language::Cpp ||
      program.module(file) == function)
    return same;
  for (FileId reading : readingsOf(analysis, analysis.sources.first(file))) {
    const Summary &summary = program.summary(reading);
    for (std::uint32_t i = 1; i < summary.functions.size(); ++i) {
      FunctionKey key = program.key(reading, FunctionId(i));
      if (key != function &&
          isSameText(program.function(key), program.function(function)))
        same.push_back(key);
    }
  }
  return same;
}

std::vector<FunctionKey> looplint::functionsOf(const Analysis &analysis,
                                               FileId file) {
  const Program &program = *analysis.program;
  std::vector<FunctionKey> functions;
  std::set<std::pair<Span, Span>> known;
  for (FileId reading : readingsOf(analysis, file)) {
    const Summary &summary = program.summary(reading);
    bool isCpp = summary.language == Language::Cpp;
    for (std::uint32_t i = reading == file ? 0 : 1;
         i < summary.functions.size(); ++i) {
      const Function &function = summary.functions[i];
      if (i == 0 || !isCpp ||
          known.insert({function.span, function.nameSpan}).second)
        functions.push_back(program.key(reading, FunctionId(i)));
    }
  }
  return functions;
}

void looplint::describeContexts(llvm::raw_ostream &out,
                                const Analysis &analysis,
                                FunctionKey function) {
  const Program &program = *analysis.program;
  printPlace(out, analysis.sources,
             {program.fileOf(function), program.function(function).nameSpan});
  out << '`' << program.spelledName(function) << "`\n";

  std::map<std::string, Proof> proofs =
      proofsFor(*analysis.contexts, sameText(analysis, function));
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
  const Program &program = *analysis.program;
  const LineTable &lines = analysis.sources.file(file).lines();
  if (program.summary(file).functions.empty() || line == 0 ||
      line > lines.lineCount())
    return {};

  // A definition of several lines counts from its first to its last.
  Span wanted = lines.lineSpan(line);
  FunctionKey innermost = program.module(file);
  for (FunctionKey key : functionsOf(analysis, file)) {
    const Span &span = program.function(key).span;
    const Span &best = program.function(innermost).span;
    bool isAround = span.begin <= wanted.end && wanted.begin < span.end;
    bool isInner = innermost == program.module(file) ||
                   span.end - span.begin < best.end - best.begin;
    if (key != program.module(file) && isAround && isInner)
      innermost = key;
  }
  return innermost;
}
