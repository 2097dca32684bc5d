//===- Overrides.cpp ------------------------------------------------------===//

#include "Overrides.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallSet.h"

using namespace looplint;

/// The method of that name that the class itself defines; invalid where it
/// defines none.
static FunctionKey definedIn(const Program &program, ClassKey owner,
                             llvm::StringRef name) {
  FileId file = program.fileOf(owner);
  const Summary &summary = program.summary(file);
  for (std::uint32_t i = 0; i < summary.functions.size(); ++i)
    if (summary.functions[i].classOfMethod == program.local(owner) &&
        summary.string(summary.functions[i].name) == name)
      return program.key(file, FunctionId(i));
  return FunctionKey();
}

static llvm::StringRef nameOf(const Program &program, FunctionKey function) {
  return program.summary(program.fileOf(function))
      .string(program.function(function).name);
}

std::vector<FunctionKey> looplint::overridesOf(const Workbench &bench,
                                               FunctionKey method) {
  const Program &program = bench.input.program;
  ClassId owner = bench.function(method).classOfMethod;
  if (!owner)
    return {};
  llvm::StringRef name = nameOf(program, method);
  const auto &bases = bench.input.contexts.bases;
  std::vector<FunctionKey> found;
  llvm::SmallVector<ClassKey, 8> open{
      program.key(program.fileOf(method), owner)};
  llvm::SmallSet<std::uint32_t, 8> seen;
  seen.insert(open.front().raw());
  auto visit = [&](ClassKey next) {
    if (seen.insert(next.raw()).second)
      open.push_back(next);
  };
  while (!open.empty()) {
    ClassKey at = open.pop_back_val();
    FunctionKey own = definedIn(program, at, name);
    if (own && own != method)
      found.push_back(own);
    for (const auto &[derived, direct] : bases) {
      if (llvm::is_contained(direct, at))
        visit(ClassKey(derived));
      // A class above that does not know the method joins nobody.
      if (derived == at.index())
        for (ClassKey base : direct)
          if (definedIn(program, base, name))
            visit(base);
    }
  }
  llvm::sort(found);
  return found;
}

std::vector<OperationKey> looplint::superCallsIn(const Workbench &bench,
                                                 FunctionKey method) {
  const Program &program = bench.input.program;
  FileId file = program.fileOf(method);
  const Summary &summary = program.summary(file);
  IndexRange range = bench.function(method).operations;
  std::vector<OperationKey> calls;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const Operation &call = summary.operations[i];
    if (call.kind != OperationKind::Call || !call.value)
      continue;
    const Value &callee = summary.value(call.value);
    bool isSuper = callee.kind == ValueKind::Attribute &&
                   summary.value(ValueId(callee.a)).kind == ValueKind::Super;
    if (isSuper &&
        summary.string(StringId(callee.b)) == nameOf(program, method))
      calls.push_back(program.key(file, i));
  }
  return calls;
}

static bool derives(const Workbench &bench, ClassKey derived, ClassKey base) {
  const auto &bases = bench.input.contexts.bases;
  llvm::SmallVector<ClassKey, 8> open{derived};
  llvm::SmallSet<std::uint32_t, 8> seen;
  while (!open.empty()) {
    ClassKey at = open.pop_back_val();
    if (at == base)
      return true;
    auto direct = bases.find(at.index());
    if (seen.insert(at.raw()).second && direct != bases.end())
      llvm::append_range(open, direct->second);
  }
  return false;
}

bool looplint::areRelated(const Workbench &bench, ClassKey first,
                          ClassKey second) {
  return derives(bench, first, second) || derives(bench, second, first);
}
