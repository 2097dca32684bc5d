//===- Scopes.h - which name means which variable -------------------------===//
//
// Python decides the scope of a name by where it is bound anywhere in the
// function, before or after the use. So all bindings of the file are found
// first, in one pass over the nodes, and names are looked up afterwards.
//
// That pass also numbers the functions and classes of the file, in source
// order, and fills in what does not need any expression: names, kinds, spans.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_FRONTEND_PYTHON_SCOPES_H
#define LOOPLINT_FRONTEND_PYTHON_SCOPES_H

#include "Syntax.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

#include <optional>

namespace looplint::python {

using ScopeId = Id<struct ScopeTag>;

struct Scope {
  enum Kind : std::uint8_t { Module, Class, Function, Lambda, Comprehension };
  Kind kind = Module;
  ScopeId parent;
  /// Whose variables hold this scope's names. A comprehension lends its
  /// variables to the function that it stands in.
  FunctionId function;
  ClassId classId;
  /// The module, definition, lambda or comprehension.
  NodeId node;
};

/// Variable `slot` of function `function`.
struct VariablePlace {
  FunctionId function;
  std::uint32_t slot = 0;
};

class Scopes {
public:
  /// Finds the scopes below \p root and numbers the functions and classes of
  /// \p summary. Writes scope numbers into the nodes that open one.
  Scopes(SyntaxTree &tree, Summary &summary, NodeId root);

  const Scope &operator[](ScopeId id) const { return scopes[id.index()]; }
  ScopeId scopeOf(NodeId node) const { return ScopeId(tree[node].name); }

  /// The function scope of \p function.
  ScopeId scopeOf(FunctionId function) const {
    return functionScopes[function.index()];
  }

  /// What \p name means when used in scope \p from, if the file binds it.
  std::optional<VariablePlace> find(StringId name, ScopeId from);

  /// The scope that an assignment expression in \p scope binds its name in.
  ScopeId withoutComprehensions(ScopeId scope) const;

  /// A further variable that no name in the source can refer to.
  std::uint32_t addTemporary(FunctionId function);

  llvm::ArrayRef<StringId> variablesOf(FunctionId function) const {
    return variables[function.index()];
  }

private:
  enum class BindingKind : std::uint8_t { Variable, Global, Nonlocal };
  struct Binding {
    BindingKind kind = BindingKind::Variable;
    std::uint32_t slot = 0;
  };
  /// A stretch of nodes whose names belong to one scope.
  struct Region {
    std::uint32_t end;
    ScopeId scope;
  };

  /// Which scopes bind a name at all.
  enum class Reach : std::uint8_t { Nowhere, Module, Anywhere };
  /// What is known of looking a name up: most are builtins or the module's, and
  /// most are looked up again from where they were last.
  struct Search {
    std::optional<VariablePlace> found;
    ScopeId from;
    Reach reach = Reach::Nowhere;
  };

  void collect(NodeId root);
  void visit(NodeId node);
  void visitDefinition(NodeId node);
  void visitClass(NodeId node);
  void visitLambda(NodeId node);
  void visitComprehension(NodeId node);
  void visitImport(NodeId node);
  void visitCasePattern(NodeId pattern);
  void bindParameters(NodeId parameters, ScopeId scope);
  void bindParameter(StringId name, ScopeId scope);
  void bindTargets(NodeId target, ScopeId scope);
  void bind(StringId name, ScopeId scope);
  void noteReach(StringId name, ScopeId scope);
  void declare(NodeId statement, BindingKind kind);

  ScopeId addScope(Scope scope);
  FunctionId addFunction(Function function);
  StringId qualify(ScopeId scope, llvm::StringRef name);
  std::uint32_t addVariable(FunctionId function, StringId name);
  ScopeId currentScope() const { return regions.back().scope; }
  void enterRegion(NodeId node, ScopeId scope) {
    regions.push_back({tree[node].next, scope});
  }
  const Binding *lookUp(StringId name, ScopeId scope) const;
  static std::uint64_t key(StringId name, ScopeId scope) {
    return static_cast<std::uint64_t>(scope.raw()) << 32 | name.raw();
  }

  SyntaxTree &tree;
  Summary &summary;
  std::vector<Scope> scopes;
  std::vector<ScopeId> functionScopes;
  std::vector<llvm::SmallVector<StringId, 4>> variables;
  llvm::DenseMap<std::uint64_t, Binding> bindings;
  std::vector<Search> searches; // by StringId
  std::vector<Region> regions;
  /// Regions that begin at a node still ahead, the nearest last.
  llvm::SmallVector<std::pair<NodeId, ScopeId>, 16> upcoming;
};

/// The identifier that a parameter binds; invalid for `*` and `/`.
NodeId parameterName(const SyntaxTree &tree, NodeId parameter);

/// Whether a dotted name in a match pattern binds a name (and is not a value).
bool isCapture(const SyntaxTree &tree, NodeId dottedName);

} // namespace looplint::python

#endif // LOOPLINT_FRONTEND_PYTHON_SCOPES_H
