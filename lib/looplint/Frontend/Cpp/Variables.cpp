//===- Variables.cpp - declarations, and the end of objects ---------------===//

#include "Lowering.h"
#include "looplint/Program/Language.h"

#include "clang/AST/ASTContext.h"

namespace looplint::cpp {

Place Lowering::placeOf(const clang::ValueDecl *declaration) {
  if (const auto *variable = llvm::dyn_cast<clang::VarDecl>(declaration))
    if (variable->hasGlobalStorage())
      return builder.global(names.linkage(variable));
  auto known = places.find(declaration);
  if (known != places.end())
    return known->second;
  Place place =
      builder.addVariable(builder.current(), declaration->getNameAsString());
  places[declaration] = place;
  return place;
}

ValueId Lowering::variableValue(const clang::ValueDecl *declaration) {
  return builder.variable(placeOf(declaration));
}

void Lowering::bindVariable(const clang::VarDecl *declaration, ValueId value,
                            Span statement) {
  builder.bind(placeOf(declaration), value, statement, nameSpan(declaration));
}

void Lowering::variable(const clang::VarDecl *declaration, Span statement) {
  if (declaration->hasExternalStorage() && !declaration->hasInit())
    return;
  ValueId value;
  if (const clang::Expr *init = declaration->getInit()) {
    value = typed(evaluated(init), origin(init)->getType());
  } else if (const clang::RecordDecl *record =
                 context.getBaseElementType(declaration->getType())
                     ->getAsRecordDecl()) {
    // In C an object begins without a constructor.
    Span at = nameSpan(declaration);
    value = construct(record, nullptr, {}, at, at);
    if (declaration->getType()->isArrayType())
      value = builder.add(ValueKind::List, {value}, /*a=*/1);
  }
  if (declaration->getTLSKind() != clang::VarDecl::TLS_None)
    annotateThreadLocal(declaration, statement);
  if (const auto *parts = llvm::dyn_cast<clang::DecompositionDecl>(declaration))
    decomposition(parts, value ? value : builder.unknown(), statement);
  else if (value)
    bindVariable(declaration, value, statement);
  else
    placeOf(declaration);

  if (declaration->hasLocalStorage() && !scopes.empty() &&
      hasEnd(declaration->getType()))
    scopes.back().objects.push_back(declaration);
}

void Lowering::annotateThreadLocal(const clang::VarDecl *declaration,
                                   Span statement) {
  Place place = placeOf(declaration);
  builder.emit(
      {.kind = OperationKind::Annotate,
       .span = statement,
       .inner = nameSpan(declaration),
       .value = builder.entity(language::threadLocal, ""),
       .variable = place.index,
       .scope = builder.current() == module ? FunctionId() : place.function});
}

void Lowering::decomposition(const clang::DecompositionDecl *declaration,
                             ValueId value, Span statement) {
  Place whole = builder.addVariable(builder.current(), "<parts>");
  places[declaration] = whole;
  builder.bind(whole, value, statement, nameSpan(declaration));
  std::uint32_t position = 0;
  for (const clang::BindingDecl *part : declaration->bindings()) {
    Span at = nameSpan(part);
    ValueId object = builder.variable(whole);
    const auto *member =
        llvm::dyn_cast_or_null<clang::MemberExpr>(part->getBinding());
    ValueId piece =
        member
            ? builder.attribute(object, member->getMemberDecl()->getName(), at)
            : builder.element(object, position);
    Place place = builder.addVariable(builder.current(), part->getName());
    places[part] = place;
    builder.bind(place, typed(piece, part->getType()), statement, at);
    ++position;
  }
}

//===----------------------------------------------------------------------===//
// Scopes
//===----------------------------------------------------------------------===//

void Lowering::enterScope(bool isLoop, bool isSwitch) {
  scopes.emplace_back();
  scopes.back().isLoop = isLoop;
  scopes.back().isSwitch = isSwitch;
}

/// Whether control never comes to what follows \p operation.
static bool leaves(const Operation &operation) {
  return operation.kind == OperationKind::Return ||
         operation.kind == OperationKind::Raise ||
         operation.kind == OperationKind::Break ||
         operation.kind == OperationKind::Continue;
}

void Lowering::leaveScope(const clang::Stmt *block) {
  bool isLeft =
      !builder.isEmpty() && leaves(builder.operation(builder.position() - 1));
  if (!isLeft && !scopes.back().objects.empty()) {
    Span end = spanOf(block);
    end.begin = end.end == 0 ? 0 : end.end - 1;
    endObjects(scopes.size() - 1, end, nullptr);
  }
  scopes.pop_back();
}

void Lowering::endObjects(std::size_t kept, Span at,
                          const clang::Expr *returned) {
  // `return x;` moves x out.
  const auto *handedOut =
      returned ? llvm::dyn_cast<clang::DeclRefExpr>(origin(returned)) : nullptr;
  for (std::size_t i = scopes.size(); i-- > kept;) {
    for (const clang::VarDecl *object : llvm::reverse(scopes[i].objects))
      if (!handedOut || handedOut->getDecl() != object)
        endObject(object, at);
  }
}

void Lowering::endObject(const clang::VarDecl *object, Span at) {
  if (moved.contains(object))
    return;
  ValueId value = typed(variableValue(object), object->getType());
  ValueId callee = builder.attribute(value, language::destructor, at);
  builder.discard(builder.emitCall(
      {.span = at, .inner = nameSpan(object), .value = callee}, {}));
}

/// A smart pointer that can be copied is one owner among several, so its end is
/// not that of the object.
static bool isShared(const clang::CXXRecordDecl *record) {
  for (const clang::CXXConstructorDecl *constructor : record->ctors())
    if (constructor->isCopyConstructor() && !constructor->isDeleted())
      return true;
  return record->needsImplicitCopyConstructor();
}

bool Lowering::hasEnd(clang::QualType type) {
  if (type->isReferenceType() || type->isDependentType())
    return false;
  const clang::CXXRecordDecl *record =
      context.getBaseElementType(type)->getAsCXXRecordDecl();
  if (!record || !record->hasDefinition() || record->hasTrivialDestructor() ||
      record->isLambda())
    return false;
  return !names.pointee(record) || !isShared(record);
}

} // namespace looplint::cpp
