//===- Scopes.cpp - finding all bindings in one pass ----------------------===//

#include "Scopes.h"

#include "llvm/ADT/Twine.h"

namespace looplint::python {

Scopes::Scopes(SyntaxTree &tree, Summary &summary, NodeId root)
    : tree(tree), summary(summary) {
  FunctionId module = addFunction({
      .kind = FunctionKind::Module,
      .name = summary.intern("<module>"),
      .qualifiedName = summary.intern("<module>"),
      .span = tree.span(root),
  });
  ScopeId scope =
      addScope({.kind = Scope::Module, .function = module, .node = root});
  functionScopes.push_back(scope);
  enterRegion(root, scope);
  collect(root);
}

void Scopes::collect(NodeId root) {
  for (std::uint32_t i = root.index() + 1, e = tree[root].next; i != e; ++i) {
    while (regions.back().end <= i)
      regions.pop_back();
    while (!upcoming.empty() && upcoming.back().first.index() <= i) {
      auto [node, scope] = upcoming.pop_back_val();
      enterRegion(node, scope);
    }
    visit(NodeId(i));
  }
}

void Scopes::visit(NodeId node) {
  switch (tree.kind(node)) {
  case Kind::FunctionDefinition:
    return visitDefinition(node);
  case Kind::ClassDefinition:
    return visitClass(node);
  case Kind::Lambda:
    return visitLambda(node);
  case Kind::ListComprehension:
  case Kind::SetComprehension:
  case Kind::DictionaryComprehension:
  case Kind::GeneratorExpression:
    return visitComprehension(node);

  case Kind::Assignment:
  case Kind::AugmentedAssignment:
  case Kind::ForStatement:
  case Kind::ForInClause:
  case Kind::TypeAlias:
    return bindTargets(tree.child(node, Field::Left), currentScope());
  case Kind::ExceptClause:
    return bindTargets(tree.child(node, Field::Alias), currentScope());
  case Kind::AsPatternTarget:
    return bindTargets(node, currentScope());
  case Kind::NamedExpression:
    return bindTargets(tree.child(node, Field::Name),
                       withoutComprehensions(currentScope()));
  case Kind::DeleteStatement:
    for (NodeId child : tree.children(node))
      bindTargets(child, currentScope());
    return;

  case Kind::Import:
  case Kind::ImportFrom:
  case Kind::FutureImport:
    return visitImport(node);
  case Kind::CaseClause:
    for (NodeId child : tree.children(node))
      if (tree.kind(child) == Kind::CasePattern)
        visitCasePattern(child);
    return;
  case Kind::GlobalStatement:
    return declare(node, BindingKind::Global);
  case Kind::NonlocalStatement:
    return declare(node, BindingKind::Nonlocal);
  case Kind::Yield:
    summary.functions[scopes[currentScope().index()].function.index()]
        .isGenerator = true;
    return;
  default:
    return;
  }
}

//===----------------------------------------------------------------------===//
// What opens a scope
//===----------------------------------------------------------------------===//

void Scopes::visitDefinition(NodeId node) {
  NodeId nameNode = tree.child(node, Field::Name);
  NodeId body = tree.child(node, Field::Body);
  if (!nameNode || !body)
    return;

  ScopeId enclosing = currentScope();
  StringId name = tree.name(nameNode);
  bind(name, enclosing);
  const Scope &outer = scopes[enclosing.index()];
  FunctionId function = addFunction({
      .kind = FunctionKind::Plain,
      .isAsync = tree.hasChild(node, Kind::AsyncToken),
      .name = name,
      .qualifiedName = qualify(enclosing, summary.string(name)),
      .parent = outer.function,
      .classOfMethod = outer.kind == Scope::Class ? outer.classId : ClassId(),
      .span = tree.span(node),
      .nameSpan = tree.span(nameNode),
  });
  ScopeId scope = addScope({.kind = Scope::Function,
                            .parent = enclosing,
                            .function = function,
                            .node = node});
  functionScopes.push_back(scope);
  bindParameters(tree.child(node, Field::Parameters), scope);
  upcoming.emplace_back(body, scope);
}

void Scopes::visitLambda(NodeId node) {
  NodeId body = tree.child(node, Field::Body);
  if (!body)
    return;

  ScopeId enclosing = currentScope();
  Span span = tree.span(node);
  constexpr std::uint32_t keywordSize = sizeof("lambda") - 1;
  FunctionId function = addFunction({
      .kind = FunctionKind::Lambda,
      .name = summary.intern("<lambda>"),
      .qualifiedName = qualify(enclosing, "<lambda>"),
      .parent = scopes[enclosing.index()].function,
      .span = span,
      .nameSpan = {span.begin, span.begin + keywordSize},
  });
  ScopeId scope = addScope({.kind = Scope::Lambda,
                            .parent = enclosing,
                            .function = function,
                            .node = node});
  functionScopes.push_back(scope);
  bindParameters(tree.child(node, Field::Parameters), scope);
  upcoming.emplace_back(body, scope);
}

void Scopes::visitClass(NodeId node) {
  NodeId nameNode = tree.child(node, Field::Name);
  NodeId body = tree.child(node, Field::Body);
  if (!nameNode || !body)
    return;

  ScopeId enclosing = currentScope();
  StringId name = tree.name(nameNode);
  bind(name, enclosing);
  StringId qualifiedName = qualify(enclosing, summary.string(name));
  FunctionId parent = scopes[enclosing.index()].function;
  FunctionId function = addFunction({
      .kind = FunctionKind::ClassBody,
      .name = name,
      .qualifiedName = qualifiedName,
      .parent = parent,
      .span = tree.span(node),
      .nameSpan = tree.span(nameNode),
  });
  ClassId classId(static_cast<std::uint32_t>(summary.classes.size()));
  summary.classes.push_back({
      .name = name,
      .qualifiedName = qualifiedName,
      .parent = parent,
      .body = function,
      .bases = {},
      .metaclass = ValueId(),
      .span = tree.span(node),
      .nameSpan = tree.span(nameNode),
  });
  ScopeId scope = addScope({.kind = Scope::Class,
                            .parent = enclosing,
                            .function = function,
                            .classId = classId,
                            .node = node});
  functionScopes.push_back(scope);
  upcoming.emplace_back(body, scope);
}

void Scopes::visitComprehension(NodeId node) {
  ScopeId enclosing = currentScope();
  ScopeId scope = addScope({.kind = Scope::Comprehension,
                            .parent = enclosing,
                            .function = scopes[enclosing.index()].function,
                            .node = node});
  enterRegion(node, scope);

  // The first iterable is evaluated outside.
  NodeId clause = tree.child(node, Kind::ForInClause);
  NodeId iterable = clause ? tree.child(clause, Field::Right) : NodeId();
  if (iterable)
    upcoming.emplace_back(iterable, enclosing);
}

//===----------------------------------------------------------------------===//
// What binds a name
//===----------------------------------------------------------------------===//

void Scopes::bindParameters(NodeId parameters, ScopeId scope) {
  if (!parameters)
    return;
  for (NodeId parameter : tree.children(parameters))
    if (NodeId name = parameterName(tree, parameter))
      bindParameter(tree.name(name), scope);
}

void Scopes::bindParameter(StringId name, ScopeId scope) {
  FunctionId function = scopes[scope.index()].function;
  std::size_t before = variablesOf(function).size();
  bind(name, scope);
  // Parameter i is variable i, even where a name is wrongly repeated.
  if (variablesOf(function).size() == before)
    addVariable(function, name);
}

NodeId parameterName(const SyntaxTree &tree, NodeId parameter) {
  // `*args: T` nests: typed_parameter, list_splat_pattern, identifier.
  for (NodeId node = parameter; node; node = tree.firstChild(node)) {
    switch (tree.kind(node)) {
    case Kind::Identifier:
      return node;
    case Kind::DefaultParameter:
    case Kind::TypedParameter:
    case Kind::TypedDefaultParameter:
    case Kind::ListSplatPattern:
    case Kind::DictionarySplatPattern:
      break;
    default:
      return {};
    }
  }
  return {};
}

/// Whether the targets of an assignment can stand inside such a node.
static bool holdsTargets(Kind kind) {
  switch (kind) {
  case Kind::PatternList:
  case Kind::TuplePattern:
  case Kind::ListPattern:
  case Kind::ListSplatPattern:
  case Kind::ListSplat:
  case Kind::ExpressionList:
  case Kind::Tuple:
  case Kind::List:
  case Kind::Parenthesized:
  case Kind::AsPatternTarget:
  case Kind::Type:
  case Kind::GenericType:
    return true;
  default:
    return false;
  }
}

void Scopes::bindTargets(NodeId target, ScopeId scope) {
  if (!target)
    return;
  std::uint32_t i = target.index();
  for (std::uint32_t e = tree[target].next; i < e;) {
    const Node &node = tree.nodes[i];
    if (node.kind == Kind::Identifier)
      bind(StringId(node.name), scope);
    i = holdsTargets(node.kind) ? i + 1 : node.next;
  }
}

void Scopes::visitImport(NodeId node) {
  for (NodeId child : tree.children(node)) {
    if (tree[child].field != Field::Name)
      continue;
    NodeId alias = tree.child(child, Field::Alias);
    // `import a.b` binds `a`.
    NodeId bound = alias ? alias : tree.firstChild(child);
    if (bound && tree.kind(bound) == Kind::Identifier)
      bind(tree.name(bound), currentScope());
  }
}

void Scopes::visitCasePattern(NodeId pattern) {
  std::uint32_t className = 0;
  for (std::uint32_t i = pattern.index(), e = tree[pattern].next; i != e; ++i) {
    NodeId node(i);
    switch (tree.kind(node)) {
    case Kind::ClassPattern:
      className = i + 1;
      break;
    case Kind::DottedName:
      if (i != className && isCapture(tree, node))
        bind(tree.name(tree.firstChild(node)), currentScope());
      break;
    case Kind::AsPattern:
    case Kind::SplatPattern:
      if (NodeId name = tree.child(node, Kind::Identifier))
        bind(tree.name(name), currentScope());
      break;
    default:
      break;
    }
  }
}

bool isCapture(const SyntaxTree &tree, NodeId dottedName) {
  NodeId first = tree.firstChild(dottedName);
  return first && tree[first].next == tree[dottedName].next &&
         tree.kind(first) == Kind::Identifier &&
         tree[dottedName].field != Field::Key && tree.textOf(first) != "_";
}

void Scopes::declare(NodeId statement, BindingKind kind) {
  ScopeId scope = currentScope();
  if (scopes[scope.index()].kind == Scope::Module)
    return;
  for (NodeId name : tree.children(statement))
    if (tree.kind(name) == Kind::Identifier)
      bindings.try_emplace(key(tree.name(name), scope), Binding{kind, 0});
}

void Scopes::bind(StringId name, ScopeId scope) {
  auto [entry, isNew] = bindings.try_emplace(key(name, scope));
  if (!isNew) {
    // `global x` and an assignment make a variable of the module.
    if (entry->second.kind == BindingKind::Global)
      bind(name, ScopeId(0));
    return;
  }
  const Scope &owner = scopes[scope.index()];
  StringId spelling = name;
  // A name in angle brackets, for the function's own code must not see it.
  if (owner.kind == Scope::Comprehension)
    spelling = summary.intern(("<" + summary.string(name) + ">").str());
  noteReach(name, scope);
  entry->second = {BindingKind::Variable,
                   addVariable(owner.function, spelling)};
}

void Scopes::noteReach(StringId name, ScopeId scope) {
  if (name.index() >= searches.size())
    searches.resize(
        std::max<std::size_t>(summary.stringCount(), 2 * searches.size()));
  Search &search = searches[name.index()];
  bool isModule = scopes[scope.index()].kind == Scope::Module;
  if (!isModule)
    search.reach = Reach::Anywhere;
  else if (search.reach == Reach::Nowhere)
    search.reach = Reach::Module;
}

} // namespace looplint::python
