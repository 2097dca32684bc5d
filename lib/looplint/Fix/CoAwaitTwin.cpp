//===- CoAwaitTwin.cpp - the async form of a blocking call in C++ ---------===//
//
// `socket.read_some(buffer)` in a coroutine becomes
// `co_await socket.async_read_some(buffer, use_awaitable)`. Which argument
// tells an operation that it is awaited depends on what the coroutine returns,
// and so does the expression to await where the library has no function of that
// kind: models say both. Whether it compiles, trying it out tells.
//
//===----------------------------------------------------------------------===//

#include "CppText.h"
#include "Cures.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

/// What takes the place of the callee's last name; empty where the twin is of
/// another class or namespace.
static llvm::StringRef siblingName(const FindingSubject &subject) {
  llvm::StringRef twin = subject.effect->twin;
  auto [owner, name] = twin.rsplit("::");
  if (name.empty())
    return twin;
  const std::string api = spelled(subject.api->name);
  return owner == llvm::StringRef(api).rsplit("::").first ? name : "";
}

/// Whether the operation is told by an argument what waits for it.
static bool takesToken(const Workbench &bench, const FindingSubject &subject,
                       llvm::StringRef sibling) {
  const ModelSet &models = bench.input.models;
  llvm::StringRef owner = llvm::StringRef(subject.api->name).rsplit('.').first;
  const ApiFunction *twin = models.method(owner, sibling);
  if (!twin)
    twin = models.function((owner + "." + sibling).str());
  return twin && llvm::any_of(twin->effects, [](const Effect &effect) {
           return effect.kind == EffectKind::Coroutine &&
                  llvm::any_of(effect.conditions, [](const Condition &each) {
                    return each.kind == Condition::IsType;
                  });
         });
}

/// Whether the argument is an object of the class that \p pattern has in
/// braces: "redirect_error(use_awaitable, {std::error_code})".
static bool takesError(const Workbench &bench, FileId file,
                       const Argument &argument, llvm::StringRef pattern) {
  const Summary &summary = bench.input.program.summary(file);
  const Value &value = summary.value(argument.value);
  if (pattern.empty() || value.kind != ValueKind::Typed)
    return false;
  const Value &type = summary.value(ValueId(value.b));
  llvm::StringRef wanted = pattern.split('{').second.split('}').first;
  return type.kind == ValueKind::Entity &&
         bench.input.models.canonical(summary.string(StringId(type.a))) ==
             cppName(wanted);
}

/// The argument that says who waits: behind the others, or around the last one
/// where that is to take the error.
static Edit tokenFor(const Workbench &bench, const WrittenCall &call,
                     const ApiType &type) {
  FileId file = call.whole.file;
  llvm::SmallVector<const Argument *, 4> arguments =
      writtenArguments(bench, call);
  if (!arguments.empty() &&
      takesError(bench, file, *arguments.back(), type.errorToken)) {
    Location last{file, arguments.back()->span};
    auto [before, rest] = llvm::StringRef(type.errorToken).split('{');
    std::string text =
        (before + bench.text(last) + rest.split('}').second).str();
    return {last, inNamesOfCoroutine(bench, call.at, text)};
  }
  std::uint32_t end = call.inside.span.end;
  llvm::StringRef separator = arguments.empty() ? "" : ", ";
  return {{file, {end, end}},
          separator.str() + inNamesOfCoroutine(bench, call.at, type.token)};
}

/// The expression with the call's arguments in the places of parameters; empty
/// where one is missing.
static std::string withArguments(const Workbench &bench,
                                 const WrittenCall &call,
                                 const ApiFunction &api,
                                 llvm::StringRef expression) {
  std::string result;
  while (!expression.empty()) {
    auto [before, rest] = expression.split('{');
    result += before;
    if (rest.empty())
      break;
    auto [parameter, behind] = rest.split('}');
    const Argument *argument = bench.argument(call.at, api, parameter);
    if (!argument || argument->span.begin == argument->span.end)
      return "";
    result += bench.text({call.whole.file, argument->span});
    expression = behind;
  }
  return result;
}

static std::optional<Fix> awaitExpression(const Workbench &bench,
                                          const WrittenCall &call,
                                          const ApiFunction &api,
                                          const ApiType &type) {
  auto instead = llvm::find_if(
      type.awaited, [&](const auto &known) { return known.first == api.name; });
  if (instead == type.awaited.end())
    return std::nullopt;
  std::string text = withArguments(
      bench, call, api, inNamesOfCoroutine(bench, call.at, instead->second));
  if (text.empty())
    return std::nullopt;
  std::vector<Edit> edits = coAwait(bench, call.whole);
  edits.push_back({call.whole, text});
  return cppFix(Applicability::Unsafe,
                "await a wait of the loop in the place of the thread's",
                std::move(edits));
}

std::optional<Fix> cures::coAwaitTwin(Workbench &bench,
                                      const Finding &finding) {
  const FindingSubject &subject = finding.subject;
  std::optional<WrittenCall> call = writtenCall(bench, subject.operation);
  if (!call || !subject.effect || !subject.api ||
      !mayCoAwait(bench, subject.operation))
    return std::nullopt;
  const ApiType *type = coroutineType(bench, subject.operation);
  if (type)
    if (auto fix = awaitExpression(bench, *call, *subject.api, *type))
      return fix;
  llvm::StringRef sibling =
      subject.effect->twin.empty() ? "" : siblingName(subject);
  if (sibling.empty())
    return std::nullopt;
  std::vector<Edit> edits = coAwait(bench, call->whole);
  edits.push_back({call->name, sibling.str()});
  if (takesToken(bench, subject, sibling)) {
    if (!type || type->token.empty())
      return std::nullopt;
    edits.push_back(tokenFor(bench, *call, *type));
  }
  return cppFix(Applicability::Unsafe,
                "await `" + subject.effect->twin + "` instead",
                std::move(edits));
}
