//===- PrintValue.cpp -----------------------------------------------------===//

#include "PrintValue.h"

#include "llvm/ADT/StringExtras.h"

namespace looplint {

void ValuePrinter::print(ValueId id) {
  push(id);
  while (!left.empty()) {
    Piece piece = left.pop_back_val();
    if (piece.value)
      printPiece(piece.value);
    else
      out << piece.text;
  }
}

void ValuePrinter::push(ValueId value) {
  if (value)
    left.push_back({value, {}});
  else
    push("-");
}

void ValuePrinter::printVariable(FunctionId scope, std::uint32_t variable) {
  const Function &owner = summary.function(scope ? scope : function);
  if (scope)
    out << summary.string(owner.qualifiedName) << ":";
  out << summary.string(summary.variablesOf(owner)[variable].name);
}

void ValuePrinter::printNumber(OperationId id) {
  out << "#" << id.index() - summary.function(function).operations.begin;
}

//===----------------------------------------------------------------------===//
// One value; its parts go on the stack in reverse
//===----------------------------------------------------------------------===//

void ValuePrinter::pushList(llvm::StringRef open, const Value &value,
                            llvm::StringRef close) {
  bool isRepeated = value.kind != ValueKind::Unknown && value.a == 1;
  push(close);
  if (isRepeated)
    push(", ...");
  llvm::ArrayRef<ValueId> operands = summary.operandsOf(value);
  for (std::size_t i = operands.size(); i-- != 0;) {
    push(operands[i]);
    if (i != 0)
      push(", ");
  }
  push(open);
}

void ValuePrinter::pushDict(const Value &value) {
  push(value.a == 1 ? ", ...}" : "}");
  llvm::ArrayRef<ValueId> operands = summary.operandsOf(value);
  for (std::size_t i = operands.size(); i >= 2; i -= 2) {
    push(operands[i - 1]);
    if (operands[i - 2]) {
      push(": ");
      push(operands[i - 2]);
    } else {
      push("**");
    }
    if (i != 2)
      push(", ");
  }
  push("{");
}

void ValuePrinter::pushPair(llvm::StringRef open, std::uint32_t a,
                            llvm::StringRef middle, std::uint32_t b,
                            llvm::StringRef close) {
  push(close);
  push(ValueId(b));
  push(middle);
  push(ValueId(a));
  push(open);
}

/// `element(x)`, or `element 2 (x)` where the position is known.
void ValuePrinter::printElement(const Value &value) {
  out << "element";
  if (value.b != noPosition)
    out << " " << value.b << " ";
  push(")");
  push(ValueId(value.a));
  push("(");
}

void ValuePrinter::printPiece(ValueId id) {
  const Value &value = summary.value(id);
  switch (value.kind) {
  case ValueKind::Unknown:
    return pushList("unknown(", value, ")");
  case ValueKind::Attribute:
    push(summary.string(StringId(value.b)));
    push(".");
    return push(ValueId(value.a));
  case ValueKind::Typed:
    return pushPair("(", value.a, " as ", value.b, ")");
  case ValueKind::Item:
    return pushPair("", value.a, "[", value.b, "]");
  case ValueKind::Element:
    return printElement(value);
  case ValueKind::Tuple:
    return pushList("(", value, ")");
  case ValueKind::List:
    return pushList("[", value, "]");
  case ValueKind::Set:
    return pushList("set(", value, ")");
  case ValueKind::Dict:
    return pushDict(value);
  case ValueKind::Unpacked:
    push(ValueId(value.a));
    return push("*");
  case ValueKind::Conditional: {
    llvm::ArrayRef<ValueId> results = summary.operandsOf(value);
    push(")");
    push(results[1]);
    push(" : ");
    push(results[0]);
    push(" ? ");
    push(ValueId(value.a));
    return push("(");
  }
  case ValueKind::Or:
    return pushList("or(", value, ")");
  case ValueKind::And:
    return pushList("and(", value, ")");
  case ValueKind::Not:
    push(")");
    push(ValueId(value.a));
    return push("not(");
  case ValueKind::Is:
    return pushPair("(", value.a, " is ", value.b, ")");
  case ValueKind::Equal:
    return pushPair("(", value.a, " == ", value.b, ")");
  case ValueKind::Less:
    return pushPair("(", value.a, " < ", value.b, ")");
  case ValueKind::Contains:
    return pushPair("(", value.b, " in ", value.a, ")");
  default:
    return printLeaf(value);
  }
}

void ValuePrinter::printLeaf(const Value &value) {
  switch (value.kind) {
  case ValueKind::Local:
    return printVariable(FunctionId(), value.a);
  case ValueKind::Outer:
    return printVariable(FunctionId(value.a), value.b);
  case ValueKind::Unbound:
    out << "?" << summary.string(StringId(value.a));
    return;
  case ValueKind::Entity:
    out << "entity ";
    return printString(value.a);
  case ValueKind::Result:
    out << "result ";
    return printNumber(OperationId(value.a));
  case ValueKind::Awaited:
    out << "awaited ";
    return printNumber(OperationId(value.a));
  case ValueKind::Entered:
    out << "entered ";
    return printNumber(OperationId(value.a));
  case ValueKind::Received:
    out << "received ";
    return printNumber(OperationId(value.a));
  case ValueKind::Caught:
    out << "caught ";
    return printNumber(OperationId(value.a));
  case ValueKind::Function:
    out << "function ";
    return printString(
        summary.function(FunctionId(value.a)).qualifiedName.raw());
  case ValueKind::Class:
    out << "class ";
    return printString(summary.classOf(ClassId(value.a)).qualifiedName.raw());
  case ValueKind::Super:
    out << "super";
    return;
  case ValueKind::Module:
    out << "module " << std::string(value.b, '.');
    return printString(value.a);
  case ValueKind::ImportedName:
    out << "import " << std::string(value.b, '.');
    printString(value.a);
    out << ":";
    return printString(value.c);
  default:
    return printConstant(value);
  }
}

void ValuePrinter::printString(std::uint32_t id) {
  out << summary.string(StringId(id));
}

void ValuePrinter::printConstant(const Value &value) {
  switch (value.kind) {
  case ValueKind::None:
    out << "None";
    return;
  case ValueKind::True:
    out << "True";
    return;
  case ValueKind::False:
    out << "False";
    return;
  case ValueKind::Integer:
    out << value.a;
    return;
  case ValueKind::Float:
    out << value.a << "/1000";
    return;
  case ValueKind::String:
    out << '"';
    llvm::printEscapedString(summary.string(StringId(value.a)), out);
    out << '"';
    return;
  default:
    return;
  }
}

} // namespace looplint
