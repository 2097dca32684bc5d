//===- RestartLoop.cpp - let a loop run again that has come to its end ----===//
//
// C++: `context.run()` behind another one returns at once. `context.restart();`
// as a statement of its own in front of it changes nothing but that.
//
//===----------------------------------------------------------------------===//

#include "CppText.h"
#include "Cures.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Regex.h"

using namespace looplint;

/// The method that lets loops of the class run again; of several names for it
/// the longest, since libraries give the short ones up.
static llvm::StringRef restarter(const Workbench &bench,
                                 const ApiFunction &run) {
  const ApiType *type =
      bench.input.models.type(llvm::StringRef(run.name).rsplit('.').first);
  llvm::StringRef best;
  if (type)
    for (const auto &method : type->methods)
      if (method.getValue().find(EffectKind::RestartLoop) &&
          std::pair(method.getKey().size(), method.getKey()) >
              std::pair(best.size(), best))
        best = method.getKey();
  return best;
}

/// Whether a statement begins at \p offset that stands in a block: another one
/// may stand in front of it.
static bool beginsStatement(llvm::StringRef text, std::uint32_t offset) {
  llvm::StringRef before = text.take_front(offset);
  while (!before.empty()) {
    auto [rest, line] = before.rsplit('\n');
    if (!before.contains('\n'))
      std::tie(rest, line) = std::pair(llvm::StringRef(), before);
    llvm::StringRef code = line.split("//").first.trim();
    if (!code.empty())
      return code.ends_with(";") || code.ends_with("{") || code.ends_with("}");
    before = rest;
  }
  return false;
}

/// Where the statement begins that is the call, or binds or returns what it
/// gives; \p call itself where it is something else.
static std::uint32_t statementAround(llvm::StringRef text, std::uint32_t call) {
  llvm::StringRef head = text.take_front(call).rsplit('\n').second;
  head = head.drop_front(head.find_last_of(";{}") + 1).ltrim();
  static const llvm::Regex use(
      "^(return|(const )?[A-Za-z_][A-Za-z0-9_:]*( [A-Za-z_][A-Za-z0-9_]*)? "
      "*[+]?=) *$");
  bool isUse =
      use.match(head) && !head.starts_with("else ") && !head.starts_with("do ");
  return isUse ? call - static_cast<std::uint32_t>(head.size()) : call;
}

std::optional<Fix> cures::restartLoop(Workbench &bench,
                                      const Finding &finding) {
  const FindingSubject &subject = finding.subject;
  std::optional<WrittenCall> call = writtenCall(bench, subject.operation);
  if (!call || !subject.api || !subject.effect || !subject.effect->exhausts)
    return std::nullopt;
  FileId file = call->whole.file;
  llvm::StringRef method = restarter(bench, *subject.api);
  std::uint32_t begin = call->whole.span.begin;
  llvm::StringRef receiver = bench.text({file, {begin, call->name.span.begin}});
  bool isObject = receiver.ends_with(".") || receiver.ends_with("->");
  llvm::StringRef text = bench.text(file);
  std::uint32_t start = statementAround(text, begin);
  bool isPart = start == begin && !bench.operation(call->at).isDiscarded;
  if (method.empty() || !isObject || receiver.contains('(') || isPart ||
      !beginsStatement(text, start))
    return std::nullopt;
  llvm::StringRef indentation = text.take_front(start).rsplit('\n').second;
  std::string separator = " ";
  if (indentation.trim().empty())
    separator = ("\n" + indentation).str();
  return cppFix(Applicability::Safe, "restart the loop first",
                {{{file, {start, start}},
                  (receiver + method + "();" + separator).str()}});
}
