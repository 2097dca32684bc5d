//===- Workbench.h - what every repair looks things up in -----------------===//

#ifndef LOOPLINT_LIB_FIX_WORKBENCH_H
#define LOOPLINT_LIB_FIX_WORKBENCH_H

#include "looplint/Fix/Propose.h"
#include "looplint/Frontend/Python/Layout.h"

#include "llvm/ADT/DenseMap.h"

#include <map>

namespace looplint {

/// A place that leads to a function: a call of it, or a library that is given
/// it.
struct CallSite {
  OperationKey at;
  FunctionKey caller;
  EdgeKind kind = EdgeKind::Call;
  /// Whether the caller runs where a loop runs, in some context or other, and
  /// whether it runs where none does.
  bool isOnLoop = false;
  bool isOffLoop = false;

  /// The program itself calls the function there.
  bool isCall() const {
    return kind == EdgeKind::Call || kind == EdgeKind::Awaits ||
           kind == EdgeKind::Drives;
  }
};

/// Every value that the operation refers to, in whatever depth of an
/// expression.
llvm::SmallVector<ValueId, 16> subvalues(const Summary &summary,
                                         const Operation &operation);
llvm::SmallVector<ValueId, 16> subvalues(const Summary &summary, ValueId value);

class Workbench {
public:
  explicit Workbench(const FixInput &input) : input(input) {}

  const python::Layout &layout(FileId file);
  llvm::StringRef text(FileId file) const {
    return input.sources.file(file).text();
  }
  llvm::StringRef text(Location at) const {
    return text(at.file).slice(at.span.begin, at.span.end);
  }

  const Summary &summaryOf(OperationKey at) const {
    return input.program.summary(input.program.fileOf(at));
  }
  const Summary &summaryOf(FunctionKey function) const {
    return input.program.summary(input.program.fileOf(function));
  }

  const Operation &operation(OperationKey at) const {
    return input.program.operation(at);
  }
  Location locationOf(OperationKey at) const {
    return {input.program.fileOf(at), operation(at).span};
  }
  /// The function, lambda, class body or module that executes the operation.
  FunctionKey functionOf(OperationKey at) const;
  const Function &function(FunctionKey key) const {
    return input.program.function(key);
  }
  /// `await` may stand in it.
  bool isCoroutine(FunctionKey key) const {
    return function(key).kind == FunctionKind::Plain && function(key).isAsync;
  }

  /// `await` may stand at the operation's place: in a coroutine, and outside of
  /// functions in a notebook's cell.
  bool mayAwait(OperationKey at) const;

  /// It stands where a generator is told to end, and must not wait: in an
  /// `except GeneratorExit`.
  bool endsGenerator(OperationKey at) const;

  /// Everything known that leads to \p function, in the order of operations.
  llvm::ArrayRef<CallSite> sitesOf(FunctionKey function);
  /// Everything that the operation leads to.
  llvm::ArrayRef<FunctionKey> calledAt(OperationKey at);

  /// What the call passes for \p parameter of \p api; null where it passes
  /// nothing, or where an unpacked argument hides it.
  const Argument *argument(OperationKey call, const ApiFunction &api,
                           llvm::StringRef parameter) const;
  /// The argument's value, without `name=` in front.
  Location valueOf(FileId file, const Argument &argument) const;
  /// The call passes arguments by name, or may do so.
  bool passesKeywords(OperationKey call) const;
  /// The call whose result \p value is, in the same file; invalid where it is
  /// no call's.
  OperationKey callBehind(FileId file, ValueId value) const;

  /// The library function that the call is one of by the name it is written
  /// with; null where it is none's. Tells also of code that no execution comes
  /// to.
  const ApiFunction *libraryFunction(OperationKey call) const;
  /// The method of that name of any library's event loops, or null.
  const ApiFunction *loopMethod(llvm::StringRef name) const;

  /// "asyncio.run" for the value that such a name is; empty for others.
  /// The names are those of the function \p scope.
  std::string pathOf(FileId file, FunctionId scope, ValueId value,
                     unsigned depth = 0) const;

  /// What the variable that the value is was bound to, where one statement
  /// binds it; else the value itself.
  ValueId boundTo(FileId file, FunctionId scope, ValueId value) const;

  /// From behind the opening parenthesis of the call to its closing one.
  Location argumentsOf(OperationKey call) const;
  /// The call's one argument, written \p argument; in the call's parentheses
  /// where a comment stands beside it there.
  std::string withComments(OperationKey call, Location argument) const;
  /// The callee as it is written.
  llvm::StringRef calleeOf(OperationKey call) const {
    return text({input.program.fileOf(call), operation(call).inner});
  }

  /// A statement of its own waits for what the call returns, by the variable
  /// that holds it.
  bool isAwaitedElsewhere(OperationKey call) const;

  /// What the call returns is given to a library that wants something to call:
  /// it is the function that was meant, so that nothing is gained by waiting
  /// for its result.
  bool isMeantAsCallable(OperationKey call) const;

  /// Some file of the program has a name or an attribute of that spelling.
  bool isWritten(llvm::StringRef name) const;
  /// The first of \p names that the file does not have; empty where it has all.
  std::string freeName(FileId file,
                       std::initializer_list<llvm::StringRef> names) const;

  const FixInput &input;
  /// Why the last repair was given up, for people; may be empty.
  std::string reason;

private:
  void indexSites();

  std::map<FileId, python::Layout> layouts;
  bool isIndexed = false;
  llvm::DenseMap<std::uint32_t, std::vector<CallSite>> sites;
  llvm::DenseMap<std::uint32_t, std::vector<FunctionKey>> callees;
};

} // namespace looplint

#endif // LOOPLINT_LIB_FIX_WORKBENCH_H
