//===- Summary.h - one file of the program, lowered -----------------------===//
//
// A frontend turns one source file (Python) or translation unit (C++) into a
// Summary. It describes and does not judge: it knows no library, resolves no
// other file, and keeps every branch. The shape:
//
//   Summary ── functions ── operations, in the order they execute
//           │            └─ variables (parameters first)
//           ├─ classes
//           └─ values: expression trees that operations refer to
//
// Values have no effect of their own, with two exceptions that the language
// hides in an expression: reading an attribute may run a property, and
// evaluating a function value captures variables. Whatever else can run code
// is an operation. A value is evaluated where an operation uses it.
//
// Control flow is structured and inline: If … Else … EndIf bracket operations
// of the same list, so a walk needs a stack of open brackets and no graph.
//
// A module's top level and a class's body are functions as well (kinds Module
// and ClassBody). Function 0 is the module.
//
// C++ speaks the same words (docs/adr/0007-cpp-in-the-programs-words.md). A
// translation unit becomes one Summary for each of its files that belongs to
// the project; function 0 holds what the file initialises before main.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_PROGRAM_SUMMARY_H
#define LOOPLINT_PROGRAM_SUMMARY_H

#include "looplint/Source/Span.h"
#include "looplint/Support/Id.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Allocator.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace looplint {

using StringId = Id<struct StringTag>;       // Summary::string
using ValueId = Id<struct ValueTag>;         // Summary::values
using FunctionId = Id<struct FunctionTag>;   // Summary::functions
using ClassId = Id<struct ClassTag>;         // Summary::classes
using OperationId = Id<struct OperationTag>; // Summary::operations

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

enum class ValueKind : std::uint8_t {
  /// Something this vocabulary does not express (arithmetic, slices, …).
  /// `operands` lists the values it was computed from.
  Unknown,

  /// Variable number `a` of the function the value stands in.
  Local,
  /// Variable number `b` of the enclosing function `a` (a closure's variable,
  /// or a global when `a` is the module).
  Outer,
  /// Name `a` (a string), bound nowhere in this file: a builtin, a name that a
  /// star import brings.
  Unbound,
  /// C++: the function, class or variable whose qualified name is `a`
  /// ("c++.asio.io_context.run", without template arguments and inline
  /// namespaces). `b` is its linkage (a string, see Function::linkage).
  Entity,
  /// C++: value `a`, declared to be an object of class `b` (a value). What `a`
  /// is not known to be otherwise, is some object of that class.
  Typed,
  /// Attribute named `b` of value `a`. Has a span: a property may run here.
  Attribute,
  /// Element of value `a` at key or index `b`.
  Item,
  /// Any element of value `a`: what a loop variable or an unpacking holds.
  /// `b` is the position for unpacking (`x, y = …`), or noPosition.
  Element,

  /// What call operation `a` returned.
  Result,
  /// What await operation `a` produced.
  Awaited,
  /// What `with` operation `a` bound (`as x`).
  Entered,
  /// What yield operation `a` received.
  Received,
  /// The exception that `except` operation `a` caught.
  Caught,

  /// Function `a` of this file (a `def` before its decorators, or a lambda).
  Function,
  /// Class `a` of this file, before its decorators.
  Class,
  /// `super()` inside a method; with explicit arguments it is a plain call.
  Super,
  /// Module `a` (dotted name; b = number of leading dots).
  Module,
  /// Name `operands[0]`-as-string is never needed: a = module's dotted name,
  /// b = leading dots, c = the imported name.
  ImportedName,

  None,
  True,
  False,
  /// `a` = the value where it fits 31 bits and is not negative.
  Integer,
  /// `a` = the value in thousandths where it fits (a literal time-out).
  Float,
  /// `a` = contents (short literals only; a longer one is Unknown).
  String,
  /// Displays. With a = 1 the operands are not all the elements but stand for
  /// any number of such: a comprehension, a generator expression (which counts
  /// as a list made at once), the list that `*rest` takes.
  Tuple, // operands
  List,  // operands
  Set,   // operands
  Dict,  // operands: key, value, key, value, … ; `**x` has an invalid key

  /// `*a` as an argument or in a display.
  Unpacked,
  /// `x if c else y`: a = condition, operands = both results.
  Conditional,
  /// `x or y`, `x and y`: one of the operands, decided by their truth.
  Or,
  And,
  /// Conditions.
  Not,      // a
  Is,       // a is b (also `is not` under Not)
  Equal,    // a == b (also `!=` under Not)
  Less,     // a < b (`>`, `>=`, `<=` are expressed through it and Not)
  Contains, // b in a
};

inline constexpr std::uint32_t noPosition = 0xFFFF'FFFF;

struct Value {
  ValueKind kind = ValueKind::Unknown;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t c = 0;
  /// Into Summary::operands.
  IndexRange operands;
  /// Set for Attribute, Function and Class; elsewhere where it was free.
  Span span;
};

//===----------------------------------------------------------------------===//
// Operations
//
// Spans, where a kind's line says nothing else: `span` is the statement, clause
// or expression that the operation stands for, `inner` the part of it that
// matters (the target of a bind, the condition, the iterable, the context
// manager, the type of an except clause). A def or class is bound with both
// spans on its name. A closing bracket has an empty span at the end.
//===----------------------------------------------------------------------===//

enum class OperationKind : std::uint8_t {
  /// Calls `value` with `arguments`. Span: the whole call expression;
  /// `inner`: the callee's expression. `name` (C++): the attribute of the class
  /// that initialises the object, where a class is called.
  Call,
  /// `await value`. Span: the await expression.
  Await,
  /// Variable `variable` of function `scope` (invalid: this one) := value.
  /// A walrus, a loop target, an import, a def and a class are binds too.
  /// `import a.b` binds `a` and then evaluates the Module value `a.b`, which
  /// says that this module is imported here as well.
  Bind,
  /// Attribute `name` of `target` := value.
  BindAttribute,
  /// Element `key` of `target` := value.
  BindItem,
  /// The declared type of variable `variable` (target invalid) or of attribute
  /// `name` of `target` is the annotation `value`.
  Annotate,
  /// `del name`: variable `variable` of `scope` is unbound from here on.
  Unbind,
  /// An expression statement. `value` is used for nothing. A call, an await or
  /// a yield that is a statement of its own has no Evaluate.
  Evaluate,
  Return, // value may be invalid
  Raise,  // value may be invalid (re-raise)
  Yield,  // value; `flag` = yield from
  /// `from module import *`: `value` is a Module value.
  ImportAll,

  /// If value … [Else …] EndIf. `assert x` is If Not(x) Raise EndIf. `a or f()`
  /// is If Not(a) f() EndIf; where such an If of an expression would hold
  /// nothing, it is left out.
  If,
  Else,
  EndIf,
  /// A `while`: Loop, the test's operations, LoopTest value, body, [LoopElse …]
  /// EndLoop. A `for`: Loop, Iterate value (flag = async for), binds of the
  /// targets, body, [LoopElse …] EndLoop. A comprehension is such a loop, too.
  Loop,
  LoopTest,
  Iterate,
  LoopElse,
  EndLoop,
  Break,
  Continue,
  /// Try … {Except …} [TryElse …] [Finally …] EndTry. Except: `value` is the
  /// type or tuple of types, invalid for a bare `except:`; `flag` = `except*`.
  /// Try … EndTry with `flag`: a part that is run by itself, such as a cell of
  /// a notebook. An exception ends it and no more, and nobody catches it.
  Try,
  Except,
  TryElse,
  Finally,
  EndTry,
  /// With value … EndWith, one pair for each item; `flag` = async with.
  With,
  EndWith,
};

struct Operation {
  OperationKind kind = OperationKind::Evaluate;
  /// See the kind's line.
  bool flag = false;
  /// Call: `@value` above a def or class, whose Function or Class value is the
  /// only argument. The span is that of the decorator expression.
  bool isDecorator = false;
  /// Call, Await: the result goes nowhere (an expression statement).
  bool isDiscarded = false;
  Span span;
  Span inner;
  ValueId value;
  ValueId target;
  ValueId key;
  std::uint32_t variable = 0;
  StringId name;
  FunctionId scope;
  /// Call: into Summary::arguments.
  IndexRange arguments;
};

/// One argument of a call, in source order.
struct Argument {
  enum Kind : std::uint8_t { Positional, Keyword, Unpacked, UnpackedKeywords };
  Kind kind = Positional;
  /// C++: what the parameter refers to ends with the caller's statement or
  /// function.
  enum Lent : std::uint8_t { NotLent, Temporary, LocalObject };
  Lent lent = NotLent;
  StringId name; // Keyword only
  ValueId value;
  Span span;
};

//===----------------------------------------------------------------------===//
// Functions and classes
//===----------------------------------------------------------------------===//

enum class FunctionKind : std::uint8_t { Module, ClassBody, Plain, Lambda };

struct Parameter {
  enum Kind : std::uint8_t {
    PositionalOnly,
    Ordinary,
    KeywordOnly,
    Rest,        // *args
    RestKeywords // **kwargs
  };
  Kind kind = Ordinary;
  StringId name;
  /// Evaluated in the enclosing function, where the definition executes.
  ValueId defaultValue;
  ValueId annotation;
};

struct Variable {
  /// In angle brackets where the function's own code cannot say it: `<x>` is
  /// the variable x of a comprehension, `<temporary>` one of the frontend's.
  StringId name;
};

struct Function {
  FunctionKind kind = FunctionKind::Plain;
  bool isAsync = false; // async def (a lambda never is)
  bool isEager = false; // C++: a coroutine whose call runs it until it waits
  bool ownsCaptures = false; // C++: a lambda that is called with a copy of it
  bool isGenerator = false;  // contains yield
  /// `def` in a class body: how the descriptor binds, by the decorators that
  /// the language itself defines.
  enum Binding : std::uint8_t {
    Method,
    Static,
    ClassMethod,
    Property,
    Setter, // of the property of that name
  };
  Binding binding = Method;
  StringId name;          // "go", "<lambda>", "<module>"
  StringId qualifiedName; // "Pool.go", "main.<lambda>", "<module>"
  FunctionId parent;      // lexically enclosing; invalid for the module
  ClassId classOfMethod;  // set when it stands directly in that class's body
  /// The definition with its body / only the name (or `lambda`).
  Span span;
  Span nameSpan;
  /// Into Summary::parameters. The first variables are the parameters.
  IndexRange parameters;
  IndexRange variables;
  IndexRange operations;
  ValueId returnAnnotation; // evaluated in the enclosing function
  /// C++: what other files know it by; equal linkages mean the same entity.
  /// Invalid in Python, and for a lambda.
  StringId linkage;
};

struct Class {
  StringId name;
  StringId qualifiedName;
  FunctionId parent; // where the class statement stands
  FunctionId body;   // of kind ClassBody; its variables are the attributes
  /// Evaluated in `parent`; keywords are left out, but for metaclass=.
  std::vector<ValueId> bases;
  ValueId metaclass;
  Span span;
  Span nameSpan;
  StringId linkage; // C++, as Function::linkage
};

enum class Language : std::uint8_t { Python, Cpp };

/// Names the frontend saw a syntax error at; the rest of the file is lowered.
struct SyntaxError {
  Span span;
  std::string message;
};

/// The lowered file. Immutable once the frontend hands it over, so any number
/// of threads may read it.
class Summary {
public:
  /// Strings are interned: equal ids, equal contents.
  StringId intern(llvm::StringRef contents);
  /// Takes all strings of a summary without any, which \p contents joins.
  void adoptStrings(llvm::ArrayRef<std::uint32_t> lengths,
                    llvm::StringRef contents);
  llvm::StringRef string(StringId id) const { return strings[id.index()]; }
  std::uint32_t stringCount() const {
    return static_cast<std::uint32_t>(strings.size());
  }

  const Value &value(ValueId id) const { return values[id.index()]; }
  const Operation &operation(OperationId id) const {
    return operations[id.index()];
  }
  const Function &function(FunctionId id) const {
    return functions[id.index()];
  }
  const Class &classOf(ClassId id) const { return classes[id.index()]; }
  llvm::ArrayRef<ValueId> operandsOf(const Value &v) const {
    return llvm::ArrayRef(operands).slice(v.operands.begin, v.operands.size());
  }
  llvm::ArrayRef<Argument> argumentsOf(const Operation &op) const {
    return llvm::ArrayRef(arguments).slice(op.arguments.begin,
                                           op.arguments.size());
  }
  llvm::ArrayRef<Parameter> parametersOf(const Function &f) const {
    return llvm::ArrayRef(parameters)
        .slice(f.parameters.begin, f.parameters.size());
  }
  llvm::ArrayRef<Variable> variablesOf(const Function &f) const {
    return llvm::ArrayRef(variables).slice(f.variables.begin,
                                           f.variables.size());
  }

  /// The path as findings shall show it.
  std::string path;
  Language language = Language::Python;
  /// C++: the major version of the GCC that compiles it, where that is known.
  std::uint8_t gcc = 0;
  std::vector<Value> values;
  std::vector<ValueId> operands;
  std::vector<Argument> arguments;
  std::vector<Operation> operations;
  std::vector<Function> functions;
  std::vector<Parameter> parameters;
  std::vector<Variable> variables;
  std::vector<Class> classes;
  std::vector<SyntaxError> errors;

private:
  std::vector<llvm::StringRef> strings;
  llvm::DenseMap<llvm::StringRef, std::uint32_t> stringIndex;
  std::unique_ptr<llvm::BumpPtrAllocator> text =
      std::make_unique<llvm::BumpPtrAllocator>();
};

} // namespace looplint

#endif // LOOPLINT_PROGRAM_SUMMARY_H
