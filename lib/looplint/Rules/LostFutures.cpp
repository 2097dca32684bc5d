//===- LostFutures.cpp - calls that begin, and are not waited for ---------===//
//
// Some decorators make of a generator a function that begins when it is called,
// runs up to where it first has to wait, and returns a future. So a call whose
// future is dropped does run; but its caller goes on when only a part is done,
// and what is raised, be it by the first line, stays in the future, which tells
// a log when it is collected. Where the future is taken for the result, a
// condition is always true.
//
// A plain function cannot wait, and to let something run on its own is what
// some of them are for: there a dropped future proves less. Who defines the
// function on the spot wants it to run on its own.
//
//===----------------------------------------------------------------------===//

#include "LostFutures.h"

#include "Evidence.h"

#include "llvm/Support/FormatVariadic.h"

using namespace looplint;

/// How the future is taken for what it will hold; empty where it is not.
static llvm::StringRef describeUse(Loss::Kind kind) {
  switch (kind) {
  case Loss::Dropped:
  case Loss::Unread:
    return "";
  case Loss::Tested:
    return "is asked whether it is true, which it always is";
  case Loss::Compared:
    return "is compared, itself and not its result";
  case Loss::Converted:
  case Loss::Computed:
    return "is used for a value, itself and not its result";
  case Loss::Iterated:
    return "is iterated over, itself and not its result";
  }
  return "";
}

static std::string messageOf(const std::string &name, llvm::StringRef use) {
  if (!use.empty())
    return llvm::formatv("the future of {0} {1}, and nothing waits for it",
                         name, use);
  return llvm::formatv(
      "nothing waits for the future of {0}: the caller goes on "
      "as soon as it has to wait, and what it raises is only "
      "logged",
      name);
}

/// Whether the function could have waited: it is suspended elsewhere, or might
/// be.
static bool mayWait(const RuleInput &input, FunctionKey function) {
  const Function &definition = input.program.function(function);
  return definition.isAsync || definition.isGenerator ||
         input.contexts.futures.contains(function.index());
}

static Confidence confidenceOf(const RuleInput &input, FunctionKey caller,
                               const Loss &loss) {
  const Program &program = input.program;
  FunctionId definer = program.function(loss.begun).parent;
  bool isOnTheSpot = program.key(program.fileOf(loss.begun), definer) == caller;
  if (loss.mayBeOther || isOnTheSpot ||
      input.contexts.wrappedUnknown.contains(loss.begun.index()))
    return Confidence::Possible;
  return mayWait(input, caller) ? Confidence::Definite : Confidence::Likely;
}

std::optional<Finding> rules::judgeFuture(const RuleInput &input, Uses &uses,
                                          InstanceId instance,
                                          const Loss &loss) {
  FunctionKey caller = input.contexts.functionOf(instance);
  if (loss.kind == Loss::Unread) {
    std::optional<std::uint32_t> bind = uses.bindOf(caller, loss.at);
    if (!bind || uses.isRead(caller, *bind))
      return std::nullopt;
  }
  std::string name =
      llvm::formatv("`{0}`", input.program.spelledName(loss.begun));
  llvm::StringRef use = describeUse(loss.kind);
  Finding finding;
  finding.code = use.empty() ? 702 : 701;
  finding.severity = use.empty() ? Severity::Warning : Severity::Error;
  finding.confidence = confidenceOf(input, caller, loss);
  finding.message = messageOf(name, use);
  finding.at = placeOf(input, loss.at);
  finding.context = looplint::describe(input.contexts[loss.context]);
  finding.witness = {
      {{input.program.fileOf(loss.begun),
        input.program.function(loss.begun).nameSpan},
       llvm::formatv("a decorator makes {0} return a future, which also holds "
                     "what it raises",
                     name)},
      {finding.at, "the future that the call returns is lost here"}};
  finding.subject = {
      .operation = loss.at, .instance = instance, .context = loss.context};
  return finding;
}
