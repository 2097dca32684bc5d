//===- PrintValue.h - values in a printed summary -------------------------===//

#ifndef LOOPLINT_PROGRAM_PRINTVALUE_H
#define LOOPLINT_PROGRAM_PRINTVALUE_H

#include "looplint/Program/Summary.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

namespace looplint {

/// Prints the values that stand in one function. Values nest as deep as the
/// user's expressions do, so what is left to print is kept on a stack.
class ValuePrinter {
public:
  ValuePrinter(const Summary &summary, FunctionId function,
               llvm::raw_ostream &out)
      : summary(summary), function(function), out(out) {}

  void print(ValueId id);
  /// A variable of \p scope (invalid: of this function).
  void printVariable(FunctionId scope, std::uint32_t variable);
  /// `#3`, counted from the function's first operation.
  void printNumber(OperationId id);

private:
  /// Either a value or a piece of text.
  struct Piece {
    ValueId value;
    llvm::StringRef text;
  };

  void printPiece(ValueId id);
  void printElement(const Value &value);
  void printLeaf(const Value &value);
  void printConstant(const Value &value);
  void printString(std::uint32_t id);
  void push(llvm::StringRef text) { left.push_back({ValueId(), text}); }
  void push(ValueId value);
  void pushList(llvm::StringRef open, const Value &value,
                llvm::StringRef close);
  void pushDict(const Value &value);
  void pushPair(llvm::StringRef open, std::uint32_t a, llvm::StringRef middle,
                std::uint32_t b, llvm::StringRef close);

  const Summary &summary;
  FunctionId function;
  llvm::raw_ostream &out;
  llvm::SmallVector<Piece, 16> left;
};

} // namespace looplint

#endif // LOOPLINT_PROGRAM_PRINTVALUE_H
