//===- Retirement.cpp - what later versions do without --------------------===//
//
// A function or a parameter that goes with some version of the language is
// wrong wherever code of that version gets to. Programs that support both sides
// ask for the version, ask whether the name is there, or try it and catch what
// is raised; all of that proves that they know.
//
//===----------------------------------------------------------------------===//

#include "Interpreter.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

/// Whether the expression names the exception, or one of its bases, as
/// handlers do: alone or in a tuple.
static bool namesException(const Summary &summary, ValueId type,
                           llvm::StringRef exception) {
  auto isIt = [&](ValueId id) {
    const Value &value = summary.value(id);
    if (value.kind != ValueKind::Unbound)
      return false;
    llvm::StringRef name = summary.string(StringId(value.a));
    return name == exception || name == "Exception" || name == "BaseException";
  };
  const Value &value = summary.value(type);
  return value.kind == ValueKind::Tuple
             ? llvm::any_of(summary.operandsOf(value), isIt)
             : isIt(type);
}

/// `with suppress(AttributeError):`, `with raises(TypeError):`.
static bool suppresses(const Summary &summary, const Operation &with,
                       llvm::StringRef exception) {
  if (!with.value || summary.value(with.value).kind != ValueKind::Result)
    return false;
  OperationId call(summary.value(with.value).a);
  return llvm::any_of(summary.argumentsOf(summary.operation(call)),
                      [&](const Argument &argument) {
                        return namesException(summary, argument.value,
                                              exception);
                      });
}

/// Whether a `try` or a `with` around this place is there for \p exception.
bool Interpreter::isTriedFor(llvm::StringRef exception) {
  return llvm::any_of(brackets, [&](const Bracket &bracket) {
    if (bracket.kind == OperationKind::With)
      return suppresses(summary, summary.operations[bracket.start], exception);
    if (bracket.kind != OperationKind::Try || bracket.section != Bracket::Body)
      return false;
    unsigned open = 0;
    for (std::uint32_t i = bracket.start + 1; i < function.operations.end;
         ++i) {
      const Operation &op = summary.operations[i];
      if (op.kind == OperationKind::Try)
        ++open;
      if (op.kind == OperationKind::EndTry && open-- == 0)
        return false;
      if (open == 0 && op.kind == OperationKind::Except &&
          (!op.value || namesException(summary, op.value, exception)))
        return true;
    }
    return false;
  });
}

/// Whether nothing executes the function's definition, or one around it: it
/// stands where no supported version comes to.
static bool isNeverDefined(Solver &solver, FileId file, FunctionId id) {
  const Program &program = solver.program;
  const Summary &summary = program.summary(file);
  for (; summary.function(id).kind != FunctionKind::Module;
       id = summary.function(id).parent)
    if (!solver.facts(program.key(file, id)).isDefined)
      return true;
  return false;
}

void Interpreter::applyRetired(const Effect &effect, const LibraryCall &call) {
  bool isForOlder =
      state.versionsBelow != 0 && state.versionsBelow <= effect.raisesSince;
  if (isForOlder || isNeverDefined(solver, file, program.local(functionKey)))
    return;
  if (!effect.subject) {
    if (!isTriedFor("AttributeError"))
      note(effect, call);
    return;
  }
  Symbol name = program.symbols.intern(effect.subject.name);
  bool isPassed = llvm::any_of(call.arguments.keywords, [&](const auto &each) {
    return each.first == name;
  });
  if (isPassed && !isTriedFor("TypeError"))
    note(effect, call);
}

/// `hasattr(module, "name")`: where a version has a name that later ones do
/// without, it is an older one.
void Interpreter::assumeMember(ValueId id) {
  const Operation &op = summary.operation(OperationId(summary.value(id).a));
  llvm::ArrayRef<Argument> arguments = summary.argumentsOf(op);
  if (op.kind != OperationKind::Call || arguments.size() != 2)
    return;
  const Value &callee = summary.value(op.value);
  const Value &name = summary.value(arguments[1].value);
  if (callee.kind != ValueKind::Unbound || name.kind != ValueKind::String ||
      summary.string(StringId(callee.a)) != "hasattr")
    return;
  SetId found =
      attribute(evaluate(arguments[0].value), symbolOf(StringId(name.a)));
  for (AtomId each : atoms.members(found)) {
    const Atom &atom = atoms[each];
    const ApiFunction *api = nullptr;
    if (atom.kind == AtomKind::ApiType)
      api = &atoms.apiType(atom).constructor;
    if (atom.kind == AtomKind::ApiFunction || atom.kind == AtomKind::ApiMethod)
      api = &atoms.apiFunction(atom);
    const Effect *retired = api ? api->find(EffectKind::Retired) : nullptr;
    if (retired && !retired->subject)
      state.versionsBelow = retired->raisesSince;
  }
}
