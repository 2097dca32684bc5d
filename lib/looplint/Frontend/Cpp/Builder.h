//===- Builder.h - where what is lowered is written to --------------------===//
//
// Knows the vocabulary and nothing of Clang. One function is written at a time,
// since a function's operations are consecutive; its variables may be added at
// any time, since closures find them.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_FRONTEND_CPP_BUILDER_H
#define LOOPLINT_FRONTEND_CPP_BUILDER_H

#include "looplint/Program/Summary.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"

#include <optional>

namespace looplint::cpp {

/// Variable \p index of \p function.
struct Place {
  FunctionId function;
  std::uint32_t index = 0;
};

class Builder {
public:
  explicit Builder(Summary &summary) : summary(summary) {}

  // Values.
  ValueId add(Value value);
  ValueId add(ValueKind kind, llvm::ArrayRef<ValueId> operands,
              std::uint32_t a = 0);
  ValueId unknown(llvm::ArrayRef<ValueId> operands = {});
  ValueId constant(ValueKind kind) { return add({.kind = kind}); }
  ValueId boolean(bool value);
  /// None of the vocabulary's where it is negative or does not fit.
  ValueId integer(std::int64_t value);
  ValueId thousandths(double seconds);
  ValueId string(llvm::StringRef contents);
  ValueId pair(ValueKind kind, ValueId a, ValueId b);
  ValueId negation(ValueId value);
  /// \p name is without the prefix of C++.
  ValueId entity(llvm::StringRef name, llvm::StringRef linkage);
  ValueId attribute(ValueId object, llvm::StringRef name, Span span);
  ValueId element(ValueId container, std::uint32_t position = noPosition);
  ValueId variable(Place place);
  ValueKind kindOf(ValueId value) const { return summary.value(value).kind; }
  const Value &operator[](ValueId value) const { return summary.value(value); }

  // Operations of the function that is open.
  OperationId emit(Operation operation);
  void emit(OperationKind kind, Span span, ValueId value = {});
  ValueId emitCall(Operation call, llvm::ArrayRef<Argument> arguments);
  void bind(Place place, ValueId value, Span span, Span inner);
  /// Whether the open function has no operation yet.
  bool isEmpty() const {
    return summary.functions[opened.index()].operations.begin == position();
  }
  std::uint32_t position() const {
    return static_cast<std::uint32_t>(summary.operations.size());
  }
  /// Takes back operation \p position, which must be the last; says whether it
  /// was.
  bool takeBackIfLast(std::uint32_t position);
  Operation &operation(std::uint32_t position) {
    return summary.operations[position];
  }
  /// Whether \p value is what the last operation has made.
  bool isLast(ValueId value) const;
  /// Nothing uses what \p value says an operation has made.
  void discard(ValueId value);

  // Functions.
  FunctionId addFunction(Function function,
                         llvm::ArrayRef<Parameter> parameters);
  void open(FunctionId id);
  void close();
  FunctionId current() const { return opened; }
  bool isCoroutine() const {
    return opened && summary.function(opened).isAsync;
  }
  Place addVariable(FunctionId function, llvm::StringRef name);
  /// Variable of the module that stands for what has this linkage.
  Place global(llvm::StringRef linkage);

  /// Writes the tables that grew to the end. No function may be open.
  void finish();

  Summary &summary;

private:
  FunctionId opened;
  std::vector<llvm::SmallVector<StringId, 8>> variablesOf;
  llvm::StringMap<std::uint32_t> globals;
};

} // namespace looplint::cpp

#endif // LOOPLINT_FRONTEND_CPP_BUILDER_H
