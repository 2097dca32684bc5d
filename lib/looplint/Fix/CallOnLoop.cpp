//===- CallOnLoop.cpp - have another thread's loop make the call ----------===//
//
// C++: `timer->stop();` on a thread that does not run the timer's loop becomes
// `invokeMethod(timer, [=] { timer->stop(); });`, which has that loop make the
// call, later. The model names the function that hands work to a loop as the
// twin of what may only be called there; it is given the object, which stands
// for its loop, or is a method of the loop. Whether all that the lambda takes
// still exists by then, nobody checks.
//
//===----------------------------------------------------------------------===//

#include "CppText.h"
#include "Cures.h"
#include "looplint/Program/DeclaredType.h"
#include "looplint/Program/Language.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace looplint;

namespace {

/// What stands in front of a method's name.
struct Receiver {
  llvm::StringRef text;  // "timer->", "base.", ""
  std::string pointer;   // "timer", "&base", "this"
  bool isObject = false; // "base."
  std::string name;      // of the variable that it is
};

} // namespace

/// "x" for a variable of this function or one around it.
static llvm::StringRef variableName(const Summary &summary, FunctionId function,
                                    const Value &value) {
  bool isLocal = value.kind == ValueKind::Local;
  if (!isLocal && value.kind != ValueKind::Outer)
    return "";
  const Function &owner =
      summary.function(isLocal ? function : FunctionId(value.a));
  std::uint32_t index = isLocal ? value.a : value.b;
  return owner.kind == FunctionKind::Module
             ? ""
             : summary.string(summary.variablesOf(owner)[index].name);
}

static std::optional<Receiver> receiverOf(const Workbench &bench,
                                          const WrittenCall &call) {
  const Summary &summary = bench.summaryOf(call.at);
  const Operation &op = bench.operation(call.at);
  const Value &method = behindType(summary, op.value);
  if (method.kind != ValueKind::Attribute)
    return std::nullopt;
  FunctionId function = bench.input.program.local(bench.functionOf(call.at));
  Receiver receiver{bench.text(
      {call.whole.file, {call.whole.span.begin, call.name.span.begin}})};
  llvm::StringRef object = receiver.text;
  receiver.name =
      variableName(summary, function, behindType(summary, ValueId(method.a)));
  receiver.isObject = object.consume_back(".");
  if (!receiver.isObject && !object.empty() && !object.consume_back("->"))
    return std::nullopt;
  // What a call returns now is not what it returns later.
  if (object.contains('('))
    return std::nullopt;
  receiver.pointer = object.empty()      ? std::string("this")
                     : receiver.isObject ? ("&" + object).str()
                                         : object.str();
  return receiver;
}

/// The variables of the call by name, where all of them are known. An object
/// that is no pointer is referred to, as it is by who calls it now.
static std::string captures(const Workbench &bench, const WrittenCall &call,
                            const Receiver &receiver) {
  const Summary &summary = bench.summaryOf(call.at);
  FunctionId function = bench.input.program.local(bench.functionOf(call.at));
  bool isReferred = receiver.isObject && !receiver.name.empty() &&
                    receiver.name != language::receiver;
  std::string object = isReferred ? "&" + receiver.name : std::string();
  llvm::SmallVector<llvm::StringRef, 4> names;
  for (ValueId id : subvalues(summary, bench.operation(call.at))) {
    const Value &value = summary.value(id);
    llvm::StringRef name = variableName(summary, function, value);
    bool isComputed = value.kind == ValueKind::Result ||
                      value.kind == ValueKind::Function ||
                      name.starts_with("<");
    if (isComputed)
      return isReferred ? "[=, " + object + "]" : "[=]";
    if (isReferred && name == receiver.name)
      name = object;
    if (!name.empty() && !llvm::is_contained(names, name))
      names.push_back(name);
  }
  llvm::sort(names, [](llvm::StringRef left, llvm::StringRef right) {
    return std::pair(left != language::receiver, left) <
           std::pair(right != language::receiver, right);
  });
  return "[" + llvm::join(names, ", ") + "]";
}

/// Whether the function hands a callable that is its argument number
/// \p position to the loop that \p kind names: that of the argument before, or
/// its own.
static bool handsToLoop(const ApiFunction &api, std::size_t position,
                        Reference::Kind kind) {
  return llvm::any_of(api.effects, [&](const Effect &effect) {
    bool isCallable = effect.kind == EffectKind::Invokes &&
                      effect.on == Place::Loop && effect.later &&
                      effect.loop.kind == kind &&
                      position < api.parameters.size() &&
                      effect.callable.name == api.parameters[position].name;
    return isCallable && (kind != Reference::Parameter ||
                          effect.loop.name == api.parameters[0].name);
  });
}

std::optional<Fix> cures::callOnLoop(Workbench &bench, const Finding &finding) {
  const FindingSubject &subject = finding.subject;
  std::optional<WrittenCall> call = writtenCall(bench, subject.operation);
  if (!call || !subject.api || !subject.effect ||
      subject.effect->kind != EffectKind::LoopAffine ||
      !bench.operation(call->at).isDiscarded)
    return std::nullopt;
  std::optional<Receiver> receiver = receiverOf(bench, *call);
  FileId file = call->whole.file;
  bool isStatement = bench.text(file)
                         .drop_front(call->whole.span.end)
                         .ltrim()
                         .starts_with(";");
  llvm::StringRef twin = subject.effect->twin;
  if (!receiver || !isStatement || twin.empty())
    return std::nullopt;

  const ModelSet &models = bench.input.models;
  std::string opening;
  const ApiFunction *own =
      models.method(llvm::StringRef(subject.api->name).rsplit('.').first, twin);
  if (own && handsToLoop(*own, 0, Reference::Receiver))
    opening = (receiver->text + twin + "(").str();
  const ApiFunction *function = models.function(cppName(twin));
  if (function && handsToLoop(*function, 1, Reference::Parameter))
    opening = (twin + "(" + receiver->pointer + ", ").str();
  if (opening.empty())
    return std::nullopt;
  std::uint32_t begin = call->whole.span.begin;
  std::uint32_t end = call->whole.span.end;
  return cppFix(Applicability::Unsafe,
                "have the loop that it belongs to make the call",
                {{{file, {begin, begin}},
                  opening + captures(bench, *call, *receiver) + " { "},
                 {{file, {end, end}}, "; })"}});
}
