//===- Print.cpp - functions and operations -------------------------------===//
//
//   def Pool.go(self, job)
//     #0 call Unbound(Thread)(target=self._work)
//     t = result #0
//
// Calls, awaits, yields, `with` and `except` have numbers, counted in each
// function, since values refer to them. A variable is its name; one of another
// function has that function's name before it.
//
//===----------------------------------------------------------------------===//

#include "looplint/Program/Print.h"

#include "PrintValue.h"

#include "llvm/ADT/STLExtras.h"

namespace looplint {
namespace {

class FunctionPrinter {
public:
  FunctionPrinter(const Summary &summary, FunctionId id, llvm::raw_ostream &out)
      : summary(summary), function(summary.function(id)), out(out),
        values(summary, id, out), outerValues(summary, function.parent, out) {}

  void print();

private:
  void printHeader();
  void printParameter(const Parameter &parameter);
  void printOperation(OperationId id);
  static bool isNumbered(OperationKind kind);
  void printBinding(const Operation &operation);
  void printAttribute(const Operation &operation);
  void printEffect(const Operation &operation);
  void printBracket(const Operation &operation);
  void printCall(const Operation &operation);
  void printArgument(const Argument &argument);
  void printKeyword(llvm::StringRef word, const Operation &operation);
  void printVariable(const Operation &operation);
  void indentFor(OperationKind kind);

  const Summary &summary;
  const Function &function;
  llvm::raw_ostream &out;
  ValuePrinter values;
  /// Defaults and annotations are evaluated where the definition stands.
  ValuePrinter outerValues;
  unsigned depth = 1;
};

} // namespace

static bool opens(OperationKind kind) {
  switch (kind) {
  case OperationKind::If:
  case OperationKind::Else:
  case OperationKind::Loop:
  case OperationKind::LoopElse:
  case OperationKind::Try:
  case OperationKind::Except:
  case OperationKind::TryElse:
  case OperationKind::Finally:
  case OperationKind::With:
    return true;
  default:
    return false;
  }
}

static bool closes(OperationKind kind) {
  switch (kind) {
  case OperationKind::Else:
  case OperationKind::EndIf:
  case OperationKind::LoopElse:
  case OperationKind::EndLoop:
  case OperationKind::Except:
  case OperationKind::TryElse:
  case OperationKind::Finally:
  case OperationKind::EndTry:
  case OperationKind::EndWith:
    return true;
  default:
    return false;
  }
}

void FunctionPrinter::print() {
  printHeader();
  for (std::uint32_t i = function.operations.begin;
       i != function.operations.end; ++i)
    printOperation(OperationId(i));
}

void FunctionPrinter::printHeader() {
  if (function.isEager)
    out << "eager ";
  if (function.isAsync)
    out << "async ";
  switch (function.kind) {
  case FunctionKind::Module:
    out << "module\n";
    return;
  case FunctionKind::ClassBody:
    out << "class " << summary.string(function.qualifiedName) << "\n";
    return;
  case FunctionKind::Plain:
  case FunctionKind::Lambda:
    break;
  }
  static constexpr llvm::StringLiteral bindings[] = {
      "", "static ", "classmethod ", "property ", "setter "};
  out << bindings[function.binding]
      << (function.isGenerator ? "generator " : "") << "def "
      << summary.string(function.qualifiedName) << "(";
  llvm::interleaveComma(
      summary.parametersOf(function), out,
      [&](const Parameter &parameter) { printParameter(parameter); });
  out << ")";
  if (function.returnAnnotation) {
    out << " -> ";
    outerValues.print(function.returnAnnotation);
  }
  out << "\n";
}

void FunctionPrinter::printParameter(const Parameter &parameter) {
  static constexpr llvm::StringLiteral kinds[] = {"/", "", "*, ", "*", "**"};
  out << kinds[parameter.kind] << summary.string(parameter.name);
  if (parameter.annotation) {
    out << ": ";
    outerValues.print(parameter.annotation);
  }
  if (parameter.defaultValue) {
    out << " = ";
    outerValues.print(parameter.defaultValue);
  }
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

void FunctionPrinter::indentFor(OperationKind kind) {
  if (closes(kind) && depth > 1)
    --depth;
  out.indent(2 * depth);
  if (opens(kind))
    ++depth;
}

void FunctionPrinter::printKeyword(llvm::StringRef word,
                                   const Operation &operation) {
  out << word;
  if (!operation.value)
    return;
  out << " ";
  values.print(operation.value);
}

void FunctionPrinter::printVariable(const Operation &operation) {
  values.printVariable(operation.scope, operation.variable);
}

void FunctionPrinter::printCall(const Operation &operation) {
  out << (operation.isDecorator ? "decorate " : "call ");
  values.print(operation.value);
  out << "(";
  llvm::interleaveComma(
      summary.argumentsOf(operation), out,
      [&](const Argument &argument) { printArgument(argument); });
  out << ")";
  if (operation.name)
    out << " by " << summary.string(operation.name);
}

void FunctionPrinter::printArgument(const Argument &argument) {
  switch (argument.kind) {
  case Argument::Positional:
    break;
  case Argument::Keyword:
    out << (argument.name ? summary.string(argument.name) : "?") << "=";
    break;
  case Argument::Unpacked:
    out << "*";
    break;
  case Argument::UnpackedKeywords:
    out << "**";
    break;
  }
  values.print(argument.value);
}

void FunctionPrinter::printOperation(OperationId id) {
  const Operation &operation = summary.operation(id);
  indentFor(operation.kind);
  if (isNumbered(operation.kind)) {
    values.printNumber(id);
    out << " ";
  }
  printBinding(operation);
  if (operation.isDiscarded)
    out << " discarded";
  out << "\n";
}

/// Operations that values refer to by number.
bool FunctionPrinter::isNumbered(OperationKind kind) {
  switch (kind) {
  case OperationKind::Call:
  case OperationKind::Await:
  case OperationKind::Yield:
  case OperationKind::Except:
  case OperationKind::With:
    return true;
  default:
    return false;
  }
}

void FunctionPrinter::printBinding(const Operation &operation) {
  switch (operation.kind) {
  case OperationKind::Bind:
    printVariable(operation);
    return printKeyword(" =", operation);
  case OperationKind::BindAttribute:
    printAttribute(operation);
    return printKeyword(" =", operation);
  case OperationKind::BindItem:
    values.print(operation.target);
    out << "[";
    values.print(operation.key);
    out << "]";
    return printKeyword(" =", operation);
  case OperationKind::Annotate:
    if (operation.target)
      printAttribute(operation);
    else
      printVariable(operation);
    return printKeyword(":", operation);
  case OperationKind::Unbind:
    out << "unbind ";
    return printVariable(operation);
  default:
    return printEffect(operation);
  }
}

void FunctionPrinter::printAttribute(const Operation &operation) {
  values.print(operation.target);
  out << "." << summary.string(operation.name);
}

void FunctionPrinter::printEffect(const Operation &operation) {
  switch (operation.kind) {
  case OperationKind::Call:
    return printCall(operation);
  case OperationKind::Await:
    return printKeyword("await", operation);
  case OperationKind::Evaluate:
    return printKeyword("evaluate", operation);
  case OperationKind::Return:
    return printKeyword("return", operation);
  case OperationKind::Raise:
    return printKeyword("raise", operation);
  case OperationKind::Yield:
    return printKeyword(operation.flag ? "yield from" : "yield", operation);
  case OperationKind::ImportAll:
    return printKeyword("import * from", operation);
  default:
    return printBracket(operation);
  }
}

void FunctionPrinter::printBracket(const Operation &operation) {
  llvm::StringRef mode = operation.flag ? "async " : "";
  switch (operation.kind) {
  case OperationKind::If:
    return printKeyword("if", operation);
  case OperationKind::Else:
    return printKeyword("else", operation);
  case OperationKind::EndIf:
    return printKeyword("end if", operation);
  case OperationKind::Loop:
    return printKeyword("loop", operation);
  case OperationKind::LoopTest:
    return printKeyword("while", operation);
  case OperationKind::Iterate:
    out << mode;
    return printKeyword("iterate", operation);
  case OperationKind::LoopElse:
    return printKeyword("loop else", operation);
  case OperationKind::EndLoop:
    return printKeyword("end loop", operation);
  case OperationKind::Break:
    return printKeyword("break", operation);
  case OperationKind::Continue:
    return printKeyword("continue", operation);
  case OperationKind::Try:
    return printKeyword(operation.flag ? "try alone" : "try", operation);
  case OperationKind::Except:
    return printKeyword(operation.flag ? "except*" : "except", operation);
  case OperationKind::TryElse:
    return printKeyword("try else", operation);
  case OperationKind::Finally:
    return printKeyword("finally", operation);
  case OperationKind::EndTry:
    return printKeyword("end try", operation);
  case OperationKind::With:
    out << mode;
    return printKeyword("with", operation);
  case OperationKind::EndWith:
    return printKeyword("end with", operation);
  default:
    return;
  }
}

//===----------------------------------------------------------------------===//
// Entry points
//===----------------------------------------------------------------------===//

void print(const Summary &summary, FunctionId id, llvm::raw_ostream &out) {
  FunctionPrinter(summary, id, out).print();
}

static void printClass(const Summary &summary, const Class &printed,
                       llvm::raw_ostream &out) {
  if (printed.bases.empty())
    return;
  out << "bases of " << summary.string(printed.qualifiedName) << ": ";
  llvm::interleaveComma(printed.bases, out, [&](ValueId base) {
    ValuePrinter(summary, printed.parent, out).print(base);
  });
  out << "\n";
}

void print(const Summary &summary, llvm::raw_ostream &out) {
  for (const SyntaxError &error : summary.errors)
    out << "error at " << error.span.begin << ".." << error.span.end << ": "
        << error.message << "\n";
  for (const Class &printed : summary.classes)
    printClass(summary, printed, out);
  for (std::uint32_t i = 0; i != summary.functions.size(); ++i)
    print(summary, FunctionId(i), out);
}

} // namespace looplint
