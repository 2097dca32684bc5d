//===- Imports.cpp --------------------------------------------------------===//

#include "Lowering.h"

namespace looplint::python {

ValueId Lowering::moduleValue(StringId name, std::uint32_t dots, Span span) {
  return add(
      {.kind = ValueKind::Module, .a = name.raw(), .b = dots, .span = span});
}

/// `a . b` is `a.b`.
StringId Lowering::dottedName(NodeId node) {
  std::string name;
  if (node && tree.kind(node) == Kind::DottedName)
    for (NodeId part : tree.children(node)) {
      name += name.empty() ? "" : ".";
      name += tree.textOf(part);
    }
  return summary.intern(name);
}

void Lowering::importModules(NodeId node) {
  for (NodeId child : tree.children(node)) {
    if (tree[child].field != Field::Name)
      continue;
    NodeId alias = tree.child(child, Field::Alias);
    NodeId path = alias ? tree.child(child, Field::Name) : child;
    Span span = tree.span(path);
    StringId full = dottedName(path);
    if (alias) {
      bindName(alias, moduleValue(full, 0, span), tree.span(node));
      continue;
    }
    NodeId top = tree.firstChild(path);
    if (!top || tree.kind(top) != Kind::Identifier)
      continue;
    bindName(top, moduleValue(tree.name(top), 0, span), tree.span(node));
    // `import a.b` binds `a`, but runs `a.b`.
    if (full != tree.name(top))
      emit({.kind = OperationKind::Evaluate,
            .span = tree.span(node),
            .inner = span,
            .value = moduleValue(full, 0, span)});
  }
}

void Lowering::importNames(NodeId node) {
  NodeId from = tree.child(node, Field::ModuleName);
  NodeId path = from;
  std::uint32_t dots = 0;
  if (from && tree.kind(from) == Kind::RelativeImport) {
    path = tree.child(from, Kind::DottedName);
    if (NodeId prefix = tree.child(from, Kind::ImportPrefix))
      dots = static_cast<std::uint32_t>(tree.textOf(prefix).count('.'));
  }
  StringId module = tree.kind(node) == Kind::FutureImport
                        ? summary.intern("__future__")
                        : dottedName(path);

  for (NodeId child : tree.children(node)) {
    if (tree.kind(child) == Kind::WildcardImport)
      emit({.kind = OperationKind::ImportAll,
            .span = tree.span(node),
            .inner = tree.span(child),
            .value = moduleValue(module, dots, tree.span(node))});
    if (tree[child].field != Field::Name)
      continue;
    NodeId alias = tree.child(child, Field::Alias);
    NodeId name =
        tree.firstChild(alias ? tree.child(child, Field::Name) : child);
    if (!name || tree.kind(name) != Kind::Identifier)
      continue;
    ValueId value = add({.kind = ValueKind::ImportedName,
                         .a = module.raw(),
                         .b = dots,
                         .c = tree.name(name).raw(),
                         .span = tree.span(name)});
    bindName(alias ? alias : name, value, tree.span(node));
  }
}

} // namespace looplint::python
