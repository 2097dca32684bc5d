//===- UnseenCalls.cpp ----------------------------------------------------===//

#include "UnseenCalls.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

namespace {

/// Whether a call, by what is written, is one of a certain function.
class NamedCall {
public:
  NamedCall(const Workbench &bench, FunctionKey function)
      : bench(bench), program(bench.input.program), function(function),
        definition(bench.function(function)), file(program.fileOf(function)),
        name(program.summary(file).string(definition.name)) {}

  /// No other function of the program has the name.
  bool isUnique() const;
  bool matches(OperationKey call) const;

private:
  bool isOfOwner(OperationKey call, ValueId receiver) const;
  bool isImported(FileId importer, FunctionId scope, const Value &value) const;

  const Workbench &bench;
  const Program &program;
  FunctionKey function;
  const Function &definition;
  FileId file;
  llvm::StringRef name;
};

} // namespace

bool NamedCall::isUnique() const {
  unsigned count = 0;
  for (std::uint32_t i = 0; i < program.fileCount(); ++i) {
    const Summary &summary = program.summary(FileId(i));
    count += llvm::count_if(summary.functions, [&](const Function &each) {
      return summary.string(each.name) == name;
    });
  }
  return count == 1;
}

/// `from module import name`, or `module.name`, of the function's file.
bool NamedCall::isImported(FileId importer, FunctionId scope,
                           const Value &value) const {
  const Summary &summary = program.summary(importer);
  if (value.kind == ValueKind::ImportedName)
    return summary.string(StringId(value.c)) == name &&
           program.findModule(importer, summary.string(StringId(value.a)),
                              value.b) == file;
  if (value.kind != ValueKind::Attribute ||
      summary.string(StringId(value.b)) != name)
    return false;
  const Value &owner =
      summary.value(bench.boundTo(importer, scope, ValueId(value.a)));
  return owner.kind == ValueKind::Module &&
         program.findModule(importer, summary.string(StringId(owner.a)),
                            owner.b) == file;
}

/// `self`, the class, or an object that is made right there or in a variable.
bool NamedCall::isOfOwner(OperationKey call, ValueId receiver) const {
  FileId at = program.fileOf(call);
  const Summary &summary = program.summary(at);
  FunctionId scope = program.local(bench.functionOf(call));
  const Function &caller = summary.function(scope);
  const Value *value = &summary.value(bench.boundTo(at, scope, receiver));
  bool isOwn = at == file && caller.classOfMethod == definition.classOfMethod &&
               caller.binding == Function::Method;
  if (isOwn && value->kind == ValueKind::Local && value->a == 0)
    return true;
  if (value->kind == ValueKind::Result) {
    ValueId callee = summary.operations[value->a].value;
    value = &summary.value(bench.boundTo(at, scope, callee));
  }
  return at == file && value->kind == ValueKind::Class &&
         ClassId(value->a) == definition.classOfMethod;
}

bool NamedCall::matches(OperationKey call) const {
  FileId at = program.fileOf(call);
  const Summary &summary = program.summary(at);
  const Operation &operation = summary.operations[program.local(call).index()];
  if (operation.kind != OperationKind::Call || operation.isDecorator ||
      !operation.value || !bench.calleeOf(call).ends_with(name))
    return false;
  FunctionId scope = program.local(bench.functionOf(call));
  const Value &callee = summary.value(operation.value);
  if (definition.classOfMethod)
    return callee.kind == ValueKind::Attribute &&
           summary.string(StringId(callee.b)) == name &&
           isOfOwner(call, ValueId(callee.a));
  const Value &bound = summary.value(bench.boundTo(at, scope, operation.value));
  bool isHere = at == file && bound.kind == ValueKind::Function &&
                FunctionId(bound.a) == program.local(function);
  return isHere || isImported(at, scope, bound);
}

std::vector<CallSite> looplint::unseenCallsOf(Workbench &bench,
                                              FunctionKey function) {
  const Program &program = bench.input.program;
  NamedCall named(bench, function);
  std::vector<CallSite> sites;
  if (bench.function(function).kind != FunctionKind::Plain || !named.isUnique())
    return sites;
  for (std::uint32_t i = 0; i < program.fileCount(); ++i) {
    FileId file(i);
    const Summary &summary = program.summary(file);
    for (std::uint32_t op = 0; op < summary.operations.size(); ++op) {
      OperationKey at = program.key(file, op);
      if (!named.matches(at) || !bench.calledAt(at).empty())
        continue;
      FunctionKey caller = bench.functionOf(at);
      sites.push_back(
          {.at = at,
           .caller = caller,
           .isOnLoop = bench.isCoroutine(caller),
           .isOffLoop = bench.function(caller).kind == FunctionKind::Module});
    }
  }
  return sites;
}

bool looplint::isHiddenFromLoop(Workbench &bench, FunctionKey function) {
  static constexpr std::size_t mostFunctions = 32;
  llvm::SmallVector<FunctionKey, 8> functions = {function};
  for (std::size_t i = 0; i < functions.size() && i < mostFunctions; ++i) {
    std::vector<CallSite> sites = unseenCallsOf(bench, functions[i]);
    llvm::append_range(sites, bench.sitesOf(functions[i]));
    for (const CallSite &site : sites) {
      if (site.isOnLoop)
        return true;
      if (!site.isOffLoop && !llvm::is_contained(functions, site.caller))
        functions.push_back(site.caller);
    }
  }
  return false;
}
