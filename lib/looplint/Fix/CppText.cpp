//===- CppText.cpp --------------------------------------------------------===//

#include "CppText.h"

#include "looplint/Program/DeclaredType.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace looplint;

static bool isNameCharacter(char c) { return llvm::isAlnum(c) || c == '_'; }

std::optional<WrittenCall> looplint::writtenCall(const Workbench &bench,
                                                 OperationKey call) {
  const Operation &op = bench.operation(call);
  Location whole = bench.locationOf(call);
  bool isPart = op.kind == OperationKind::Call &&
                whole.span.begin <= op.inner.begin &&
                op.inner.begin < op.inner.end && op.inner.end < whole.span.end;
  if (!isPart)
    return std::nullopt;
  llvm::StringRef rest =
      bench.text({whole.file, {op.inner.end, whole.span.end}});
  llvm::StringRef opened = rest.ltrim();
  llvm::StringRef callee = bench.calleeOf(call);
  std::size_t length = 0;
  while (length < callee.size() &&
         isNameCharacter(callee[callee.size() - 1 - length]))
    ++length;
  if (!opened.starts_with("(") || !opened.ends_with(")") || length == 0)
    return std::nullopt;
  auto open = static_cast<std::uint32_t>(whole.span.end - opened.size());
  auto name = static_cast<std::uint32_t>(op.inner.end - length);
  return WrittenCall{call,
                     whole,
                     {whole.file, {name, op.inner.end}},
                     {whole.file, {open + 1, whole.span.end - 1}}};
}

llvm::SmallVector<const Argument *, 4>
looplint::writtenArguments(const Workbench &bench, const WrittenCall &call) {
  const Summary &summary = bench.input.program.summary(call.whole.file);
  llvm::SmallVector<const Argument *, 4> all;
  std::uint32_t end = call.inside.span.begin;
  for (const Argument &argument :
       summary.argumentsOf(bench.operation(call.at))) {
    if (argument.kind != Argument::Positional)
      continue;
    bool isInside = end <= argument.span.begin &&
                    argument.span.begin < argument.span.end &&
                    argument.span.end <= call.inside.span.end;
    if (!isInside)
      return {};
    all.push_back(&argument);
    end = argument.span.end;
  }
  return all;
}

/// "c++.boost.asio.awaitable" for what the coroutine returns.
static llvm::StringRef returnedName(const Workbench &bench,
                                    FunctionKey coroutine) {
  const Function &function = bench.function(coroutine);
  const Summary &summary = bench.summaryOf(coroutine);
  if (!function.isAsync || !function.returnAnnotation)
    return "";
  const Value &type = summary.value(function.returnAnnotation);
  return type.kind == ValueKind::Entity ? summary.string(StringId(type.a)) : "";
}

const ApiType *looplint::coroutineType(const Workbench &bench,
                                       FunctionKey coroutine) {
  const ModelSet &models = bench.input.models;
  return models.type(models.canonical(returnedName(bench, coroutine)));
}

const ApiType *looplint::coroutineType(const Workbench &bench,
                                       OperationKey at) {
  return coroutineType(bench, bench.functionOf(at));
}

bool looplint::mayCoAwait(const Workbench &bench, OperationKey at) {
  return bench.function(bench.functionOf(at)).isAsync;
}

/// The name that the file gives to the namespace, or the namespace itself.
static std::string aliasOf(llvm::StringRef text, llvm::StringRef wanted) {
  for (std::size_t at = text.find("namespace "); at != llvm::StringRef::npos;
       at = text.find("namespace ", at + 1)) {
    auto [name, target] =
        text.substr(at).split(';').first.split(' ').second.split('=');
    target = target.trim();
    target.consume_front("::");
    if (target == wanted)
      return name.trim().str();
  }
  return wanted.str();
}

std::string looplint::inNamesOf(const Workbench &bench, FileId file,
                                llvm::StringRef expression,
                                llvm::StringRef type, llvm::StringRef known) {
  known.consume_front(cppNamePrefix);
  type.consume_front(cppNamePrefix);
  auto [root, below] = known.split('.');
  std::string space = root.str();
  if (type.consume_back(("." + below).str()))
    space = spelled((cppNamePrefix + type).str());
  space = aliasOf(bench.text(file), space);

  std::string result;
  std::string wanted = (root + "::").str();
  while (!expression.empty()) {
    bool begins = result.empty() ||
                  (!isNameCharacter(result.back()) && result.back() != ':');
    if (begins && expression.consume_front(wanted)) {
      result += space + "::";
      continue;
    }
    result += expression.front();
    expression = expression.drop_front();
  }
  return result;
}

std::string looplint::inNamesOfCoroutine(const Workbench &bench,
                                         FunctionKey coroutine,
                                         llvm::StringRef expression) {
  llvm::StringRef type = returnedName(bench, coroutine);
  return inNamesOf(bench, bench.input.program.fileOf(coroutine), expression,
                   type, bench.input.models.canonical(type));
}

std::string looplint::inNamesOfCoroutine(const Workbench &bench,
                                         OperationKey at,
                                         llvm::StringRef expression) {
  return inNamesOfCoroutine(bench, bench.functionOf(at), expression);
}

std::vector<Edit> looplint::coAwait(const Workbench &bench, Location place) {
  Location before{place.file, {place.span.begin, place.span.begin}};
  Location behind{place.file, {place.span.end, place.span.end}};
  llvm::StringRef rest =
      bench.text(place.file).drop_front(place.span.end).ltrim();
  bool bindsFirst = rest.starts_with(".") || rest.starts_with("->") ||
                    rest.starts_with("[") || rest.starts_with("(") ||
                    rest.starts_with("++") || rest.starts_with("--");
  if (!bindsFirst)
    return {{before, "co_await "}};
  return {{before, "(co_await "}, {behind, ")"}};
}

Fix looplint::cppFix(Applicability applicability, std::string message,
                     std::vector<Edit> edits) {
  llvm::stable_sort(edits, [](const Edit &left, const Edit &right) {
    return left.at < right.at;
  });
  Fix fix{applicability, std::move(message), {}};
  for (Edit &edit : edits) {
    Edit *last = fix.edits.empty() ? nullptr : &fix.edits.back();
    if (last && last->at.file == edit.at.file &&
        last->at.span.end == edit.at.span.begin) {
      last->text += edit.text;
      last->at.span.end = edit.at.span.end;
    } else {
      fix.edits.push_back(std::move(edit));
    }
  }
  return fix;
}
