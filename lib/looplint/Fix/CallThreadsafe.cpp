//===- CallThreadsafe.cpp - hand a call to the loop's own thread ----------===//

#include "Cures.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

/// What programs call the loop that they keep, likeliest first.
static constexpr llvm::StringLiteral loopNames[] = {
    "loop", "_loop", "main_loop", "event_loop", "_event_loop", "ioloop"};

/// A variable of that name can be read in \p function: its own, a captured one
/// or one of the module.
static bool seesVariable(const Workbench &bench, FunctionKey function,
                         llvm::StringRef name) {
  const Program &program = bench.input.program;
  FileId file = program.fileOf(function);
  const Summary &summary = program.summary(file);
  for (FunctionId at = program.local(function); at;
       at = summary.function(at).parent)
    if (summary.function(at).kind != FunctionKind::ClassBody &&
        llvm::any_of(summary.variablesOf(summary.function(at)),
                     [&](const Variable &variable) {
                       return summary.string(variable.name) == name;
                     }))
      return true;
  return false;
}

/// Some method of the same class stores something as `self.name`.
static bool hasAttribute(const Workbench &bench, FunctionKey function,
                         llvm::StringRef name) {
  const Program &program = bench.input.program;
  const Summary &summary = program.summary(program.fileOf(function));
  ClassId owner = bench.function(function).classOfMethod;
  if (!owner)
    return false;
  for (const Function &method : summary.functions) {
    if (method.classOfMethod != owner)
      continue;
    for (std::uint32_t i = method.operations.begin; i < method.operations.end;
         ++i)
      if (summary.operations[i].kind == OperationKind::BindAttribute &&
          summary.string(summary.operations[i].name) == name)
        return true;
  }
  return false;
}

/// How the function can speak of the program's loop; empty if it cannot.
static std::string loopInSight(const Workbench &bench, FunctionKey function) {
  for (llvm::StringRef name : loopNames)
    if (hasAttribute(bench, function, name))
      return "self." + name.str();
  for (llvm::StringRef name : loopNames)
    if (seesVariable(bench, function, name))
      return name.str();
  return "";
}

std::optional<Fix> cures::callThreadsafe(Workbench &bench,
                                         const Finding &finding) {
  const FindingSubject &subject = finding.subject;
  if (!subject.effect || !subject.api || subject.effect->twin.empty())
    return std::nullopt;
  Location call = bench.locationOf(subject.operation);
  const Operation &op = bench.operation(subject.operation);
  auto [receiver, method] = bench.calleeOf(subject.operation).rsplit('.');
  bool isOfLoop = subject.effect->loop.kind != Reference::ReceiverField;
  if (method.empty() || bench.passesKeywords(subject.operation))
    return std::nullopt;
  std::string loop =
      isOfLoop ? receiver.str()
               : loopInSight(bench, bench.functionOf(subject.operation));
  if (loop.empty())
    return std::nullopt;

  Draft draft(bench);
  llvm::StringRef twin = llvm::StringRef(subject.effect->twin);
  auto [module, name] = twin.rsplit('.');
  const Location callee{call.file, {call.span.begin, op.inner.end}};
  if (module != "loop") {
    // A function of a library that takes the coroutine and the loop.
    Location arguments = bench.argumentsOf(subject.operation);
    draft.replace(callee, draft.name(call.file, module, name));
    draft.insert(call.file, arguments.span.end, ", " + loop);
  } else if (name.starts_with(method)) {
    draft.replace(callee, loop + "." + name.str());
  } else {
    draft.passOn(subject.operation, loop + "." + name.str() + "(");
  }
  return draft.finish(Applicability::Unsafe,
                      ("hand the call to the loop by `" + name + "`").str());
}
