//===- Constructions.cpp - objects begin, and are deleted -----------------===//

#include "Lowering.h"
#include "looplint/Program/Language.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"

namespace looplint::cpp {

/// A class of a library without any state says something by its template
/// arguments alone (`call_guard<Release>()`): those that are classes. One that
/// adds none to its bases says something by the project's classes
/// (`class_<Engine>(m, "Engine")`).
static llvm::SmallVector<std::pair<unsigned, clang::QualType>, 2>
tags(const clang::RecordDecl *record, const Names &names) {
  llvm::SmallVector<std::pair<unsigned, clang::QualType>, 2> found;
  const auto *special =
      llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(record);
  if (!special || !special->hasDefinition() || !special->field_empty())
    return found;
  auto tells = [&](clang::QualType type) {
    return special->isEmpty() || names.isProject(type->getAsRecordDecl());
  };
  llvm::SmallVector<clang::TemplateArgument, 4> all;
  for (const clang::TemplateArgument &argument :
       special->getTemplateArgs().asArray())
    if (argument.getKind() == clang::TemplateArgument::Pack)
      llvm::append_range(all, argument.pack_elements());
    else
      all.push_back(argument);
  for (auto [position, argument] : llvm::enumerate(all))
    if (argument.getKind() == clang::TemplateArgument::Type &&
        argument.getAsType()->isRecordType() && tells(argument.getAsType()))
      found.emplace_back(position, argument.getAsType());
  return found;
}

ValueId Lowering::construct(const clang::RecordDecl *record,
                            const clang::CXXConstructorDecl *constructor,
                            llvm::ArrayRef<Argument> arguments, Span span,
                            Span inner) {
  Operation call = {.span = span, .inner = inner, .value = entity(record)};
  if (constructor && names.isProject(record))
    call.name = builder.summary.intern(names.member(constructor));
  if (names.isProject(record))
    return builder.emitCall(call, arguments);
  Arguments all(arguments.begin(), arguments.end());
  for (auto [position, type] : tags(record, names))
    if (const clang::RecordDecl *tag = names.classOf(type))
      all.push_back(
          {.kind = Argument::Keyword,
           .name = builder.summary.intern("<" + std::to_string(position) + ">"),
           .value = entity(tag),
           .span = inner});
  return builder.emitCall(call, all);
}

static unsigned writtenArguments(const clang::CXXConstructExpr *node) {
  unsigned count = 0;
  while (count != node->getNumArgs() &&
         !llvm::isa<clang::CXXDefaultArgExpr>(node->getArg(count)))
    ++count;
  return count;
}

/// A library's wrapper of callables whose result is void: what the callable
/// returns goes nowhere.
bool Lowering::dropsResult(const clang::CXXRecordDecl *record) const {
  const auto *special =
      llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(record);
  if (!special || special->getTemplateArgs().size() == 0 ||
      names.isProject(record))
    return false;
  const clang::TemplateArgument &first = special->getTemplateArgs()[0];
  const auto *called =
      first.getKind() == clang::TemplateArgument::Type
          ? first.getAsType()->getAs<clang::FunctionProtoType>()
          : nullptr;
  return called && called->getReturnType()->isVoidType();
}

ValueId Lowering::construction(const clang::CXXConstructExpr *node,
                               bool isImplicit) {
  const clang::CXXConstructorDecl *constructor = node->getConstructor();
  const clang::CXXRecordDecl *record = constructor->getParent();
  unsigned count = writtenArguments(node);
  // Copied or moved, an object is still the object.
  if (count == 1 && constructor->isCopyOrMoveConstructor())
    return expression(node->getArg(0));
  if (std::optional<double> duration = seconds(node))
    return builder.thousandths(*duration);
  bool drops = count == 1 && dropsResult(record);
  if (isImplicit && count == 1 && !drops && !names.isProject(record))
    return expression(node->getArg(0));

  Arguments arguments;
  argumentsOf({node->getArgs(), node->getNumArgs()}, constructor, arguments);
  Span span = spanOf(node);
  if (drops) {
    arguments.push_back({.kind = Argument::Keyword,
                         .name = builder.summary.intern("<0>"),
                         .value = builder.constant(ValueKind::None),
                         .span = span});
    construct(record, constructor, arguments, span, span);
    return arguments.front().value;
  }
  Span inner = span;
  if (const auto *temporary =
          llvm::dyn_cast<clang::CXXTemporaryObjectExpr>(node))
    if (!elsewhere && temporary->getTypeSourceInfo())
      inner = files.span(
          temporary->getTypeSourceInfo()->getTypeLoc().getSourceRange());
  ValueId object = construct(record, constructor, arguments, span, inner);
  if (node->getType()->isArrayType())
    return builder.add(ValueKind::List, {object}, /*a=*/1);
  return object;
}

//===----------------------------------------------------------------------===//
// Braces
//===----------------------------------------------------------------------===//

/// Tables may be long: nobody asks for the numbers in one, and of other things
/// the first few hundred do.
static bool holdsNumbers(clang::QualType element) {
  return element->isArithmeticType() || element->isEnumeralType();
}

/// Rows that stand in braces and are structures of a library: which is which is
/// told by their places.
bool Lowering::isTable(llvm::ArrayRef<const clang::Expr *> list) const {
  return !list.empty() && llvm::all_of(list, [&](const clang::Expr *each) {
    const clang::RecordDecl *record = each->getType()->getAsRecordDecl();
    return record && llvm::isa<clang::InitListExpr>(written(each)) &&
           !names.isProject(record);
  });
}

ValueId Lowering::elements(llvm::ArrayRef<const clang::Expr *> list) {
  constexpr std::size_t most = 500;
  Values values;
  for (const clang::Expr *each : list.take_front(most))
    values.push_back(typed(expression(each), each->getType()));
  return builder.add(isTable(list) ? ValueKind::Tuple : ValueKind::List,
                     values);
}

ValueId Lowering::aggregate(const clang::InitListExpr *given) {
  const clang::InitListExpr *node =
      given->isSemanticForm() ? given : given->getSemanticForm();
  if (!node)
    node = given;
  if (node->isTransparent() && node->getNumInits() == 1)
    return expression(node->getInit(0));
  clang::QualType type = node->getType();
  if (const clang::ArrayType *array = context.getAsArrayType(type))
    return holdsNumbers(array->getElementType())
               ? builder.unknown()
               : elements(
                     llvm::ArrayRef(node->getInits(), node->getNumInits()));
  const clang::RecordDecl *record = type->getAsRecordDecl();
  if (!record || record->isLambda()) {
    if (node->getNumInits() == 1)
      return expression(node->getInit(0));
    return elements(llvm::ArrayRef(node->getInits(), node->getNumInits()));
  }
  return aggregateObject(node, record);
}

ValueId Lowering::aggregateObject(const clang::InitListExpr *node,
                                  const clang::RecordDecl *record) {
  Span span = spanOf(node);
  ValueId object = construct(record, nullptr, {}, span, span);
  auto field = record->field_begin();
  if (record->isUnion() && node->getInitializedFieldInUnion())
    while (*field != node->getInitializedFieldInUnion())
      ++field;
  unsigned bases = 0;
  if (const auto *withMembers = llvm::dyn_cast<clang::CXXRecordDecl>(record))
    bases = withMembers->getNumBases();
  for (unsigned i = 0; i != node->getNumInits(); ++i) {
    const clang::Expr *init = node->getInit(i);
    if (i < bases) {
      expression(init);
      continue;
    }
    while (field != record->field_end() && field->isUnnamedBitField())
      ++field;
    if (field == record->field_end())
      break;
    if (!llvm::isa<clang::ImplicitValueInitExpr>(init)) {
      ValueId value = typed(expression(init), field->getType());
      Span at = spanOf(init);
      builder.emit({.kind = OperationKind::BindAttribute,
                    .span = at,
                    .inner = at,
                    .value = value,
                    .target = object,
                    .name = builder.summary.intern(field->getName())});
    }
    ++field;
  }
  return object;
}

//===----------------------------------------------------------------------===//
// new and delete
//===----------------------------------------------------------------------===//

ValueId Lowering::newExpression(const clang::CXXNewExpr *node) {
  for (const clang::Expr *placement : node->placement_arguments())
    expression(placement);
  if (node->isArray() && node->getArraySize() && *node->getArraySize())
    expression(*node->getArraySize());
  clang::QualType type = node->getAllocatedType();
  const clang::RecordDecl *record = type->getAsRecordDecl();
  ValueId object;
  if (const auto *made = llvm::dyn_cast_or_null<clang::CXXConstructExpr>(
          node->getConstructExpr());
      made && record && made->getNumArgs() == 1 &&
      made->getConstructor()->isCopyOrMoveConstructor()) {
    object = expression(made->getArg(0));
  } else if (made && record) {
    Arguments arguments;
    argumentsOf({made->getArgs(), made->getNumArgs()}, made->getConstructor(),
                arguments);
    object = construct(record, made->getConstructor(), arguments, spanOf(node),
                       spanOf(node));
  } else if (const clang::Expr *init = node->getInitializer()) {
    object = expression(init);
  } else {
    object = builder.unknown();
  }
  if (node->isArray() && builder.kindOf(object) != ValueKind::List)
    return builder.add(ValueKind::List, {object}, /*a=*/1);
  return object;
}

ValueId Lowering::deleteExpression(const clang::CXXDeleteExpr *node) {
  const clang::Expr *argument = node->getArgument();
  ValueId object = typed(expression(argument), argument->getType());
  Span span = spanOf(node);
  if (node->isArrayForm())
    object = builder.element(object);
  ValueId callee = builder.attribute(object, language::destructor, span);
  return builder.emitCall(
      {.span = span, .inner = spanOf(argument), .value = callee}, {});
}

ValueId Lowering::unresolvedConstruction(
    clang::QualType type, llvm::ArrayRef<const clang::Expr *> list, Span span) {
  Arguments arguments;
  argumentsOf(list, nullptr, arguments);
  if (const clang::RecordDecl *record = names.classOf(type))
    return construct(record, nullptr, arguments, span, span);
  Values operands;
  for (const Argument &argument : arguments)
    operands.push_back(argument.value);
  return builder.unknown(operands);
}

} // namespace looplint::cpp
