//===- CoAwaitDriven.cpp - await what a coroutine of C++ waits for --------===//
//
// What `sync_wait(task)` drives, what a future stands for and what is dropped
// can be awaited where the coroutine stands.
//
//===----------------------------------------------------------------------===//

#include "CppText.h"
#include "Cures.h"
#include "looplint/Program/DeclaredType.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace looplint;

/// Whether `co_await` takes all of the expression, without parentheses.
static bool isPostfix(llvm::StringRef text) {
  unsigned depth = 0;
  for (char c : text) {
    depth += c == '(' || c == '[' || c == '{';
    depth -= c == ')' || c == ']' || c == '}';
    bool mayBind = llvm::isAlnum(c) || llvm::StringRef("_:.)]}").contains(c);
    if (depth == 0 && !mayBind)
      return false;
  }
  return true;
}

/// `sync_wait(task)` becomes `co_await task`.
std::optional<Fix> cures::coAwaitDriven(Workbench &bench,
                                        const Finding &finding) {
  const FindingSubject &subject = finding.subject;
  std::optional<WrittenCall> call = writtenCall(bench, subject.operation);
  if (!call || !subject.api || !mayCoAwait(bench, subject.operation))
    return std::nullopt;
  const Effect *run = subject.api->find(EffectKind::RunLoop);
  if (!run || run->subject.kind != Reference::Parameter)
    return std::nullopt;
  const Argument *driven =
      bench.argument(call->at, *subject.api, run->subject.name);
  if (!driven || driven->span.begin == driven->span.end)
    return std::nullopt;
  llvm::StringRef text = bench.text({call->whole.file, driven->span});
  std::vector<Edit> edits = coAwait(bench, call->whole);
  edits.push_back(
      {call->whole, isPostfix(text) ? text.str() : ("(" + text + ")").str()});
  return cppFix(Applicability::Unsafe,
                "await the coroutine on the loop that runs already",
                std::move(edits));
}

/// Whether the value is declared, or known, to be an object of \p type.
static bool isOfType(const Workbench &bench, const Summary &summary, ValueId id,
                     llvm::StringRef type) {
  const ModelSet &models = bench.input.models;
  auto nameOf = [&](const Value &value) {
    return value.kind == ValueKind::Entity
               ? models.canonical(summary.string(StringId(value.a)))
               : std::string();
  };
  const Value &value = summary.value(id);
  if (value.kind == ValueKind::Typed &&
      nameOf(summary.value(ValueId(value.b))) == type)
    return true;
  const Returned *known = models.object(nameOf(behindType(summary, id)));
  return known && known->type == type;
}

/// The argument that makes the call return an object of \p type.
static const Argument *askingFor(const Workbench &bench,
                                 const WrittenCall &call,
                                 const ApiFunction &api, llvm::StringRef type) {
  for (const Returned &returned : api.alternatives)
    if (returned.type == type)
      for (const Condition &condition : returned.conditions)
        if (condition.kind == Condition::IsType)
          if (const Argument *argument =
                  bench.argument(call.at, api, condition.parameter);
              argument &&
              llvm::is_contained(writtenArguments(bench, call), argument) &&
              isOfType(bench, bench.summaryOf(call.at), argument->value,
                       condition.name))
            return argument;
  return nullptr;
}

/// The library function that the call is one of; null where it is none's.
static const ApiFunction *calledAt(const Workbench &bench, OperationKey call) {
  const Summary &summary = bench.summaryOf(call);
  const Value &callee = behindType(summary, bench.operation(call).value);
  const ModelSet &models = bench.input.models;
  if (callee.kind == ValueKind::Entity)
    return models.function(
        models.canonical(summary.string(StringId(callee.a))));
  if (callee.kind != ValueKind::Attribute)
    return nullptr;
  const Value &owner = summary.value(ValueId(callee.a));
  if (owner.kind != ValueKind::Typed)
    return nullptr;
  const Value &type = summary.value(ValueId(owner.b));
  return type.kind == ValueKind::Entity
             ? models.method(models.canonical(summary.string(StringId(type.a))),
                             summary.string(StringId(callee.b)))
             : nullptr;
}

/// `co_spawn(executor, work(), use_future).get()` becomes
/// `co_await co_spawn(executor, work(), use_awaitable)`.
std::optional<Fix> cures::coAwaitOperation(Workbench &bench,
                                           const Finding &finding) {
  const FindingSubject &subject = finding.subject;
  std::optional<WrittenCall> wait = writtenCall(bench, subject.operation);
  const ApiType *type = coroutineType(bench, subject.operation);
  if (!wait || !subject.api || !type || type->token.empty())
    return std::nullopt;
  FileId file = wait->whole.file;
  const Summary &summary = bench.input.program.summary(file);
  const Value &method = behindType(summary, bench.operation(wait->at).value);
  if (method.kind != ValueKind::Attribute)
    return std::nullopt;
  const Value &future = behindType(summary, ValueId(method.a));
  if (future.kind != ValueKind::Result)
    return std::nullopt;
  std::optional<WrittenCall> made =
      writtenCall(bench, bench.input.program.key(file, future.a));
  if (!made || made->whole.span.begin != wait->whole.span.begin)
    return std::nullopt;
  const ApiFunction *api = calledAt(bench, made->at);
  llvm::StringRef waited = llvm::StringRef(subject.api->name).rsplit('.').first;
  const Argument *token = api ? askingFor(bench, *made, *api, waited) : nullptr;
  if (!token)
    return std::nullopt;
  std::vector<Edit> edits = coAwait(bench, wait->whole);
  edits.push_back(
      {{file, token->span}, inNamesOfCoroutine(bench, wait->at, type->token)});
  edits.push_back({{file, {made->whole.span.end, wait->whole.span.end}}, ""});
  return cppFix(Applicability::Unsafe, "await the operation itself",
                std::move(edits));
}

/// `load().get()` becomes `co_await load()` where coroutines return what has
/// the method.
std::optional<Fix> cures::coAwaitReceiver(Workbench &bench,
                                          const Finding &finding) {
  const FindingSubject &subject = finding.subject;
  std::optional<WrittenCall> wait = writtenCall(bench, subject.operation);
  const ApiType *type = coroutineType(bench, subject.operation);
  bool isTheirs =
      wait && type && subject.api &&
      type == bench.input.models.type(
                  llvm::StringRef(subject.api->name).rsplit('.').first);
  if (!isTheirs || !writtenArguments(bench, *wait).empty())
    return std::nullopt;
  FileId file = wait->whole.file;
  llvm::StringRef receiver =
      bench.text({file, {wait->whole.span.begin, wait->name.span.begin}});
  if (!receiver.consume_back("."))
    return std::nullopt;
  auto end = static_cast<std::uint32_t>(wait->whole.span.begin +
                                        receiver.rtrim().size());
  std::vector<Edit> edits = coAwait(bench, wait->whole);
  // What has a name is not given away by naming it.
  bool isNamed = !receiver.rtrim().ends_with(")");
  if (isNamed)
    edits.push_back({{file, {wait->whole.span.begin, wait->whole.span.begin}},
                     "std::move("});
  edits.push_back({{file, {end, wait->whole.span.end}}, isNamed ? ")" : ""});
  return cppFix(Applicability::Unsafe, "await it instead", std::move(edits));
}

/// A coroutine that is dropped is awaited.
std::optional<Fix> cures::coAwaitDropped(Workbench &bench,
                                         const Finding &finding) {
  OperationKey dropped = finding.subject.operation;
  std::optional<WrittenCall> call = writtenCall(bench, dropped);
  if (!call || !mayCoAwait(bench, dropped) ||
      !bench.operation(dropped).isDiscarded)
    return std::nullopt;
  return cppFix(Applicability::Unsafe, "await the coroutine",
                coAwait(bench, call->whole));
}
