//===- Classes.cpp - classes, and what constructors do unasked ------------===//

#include "Lowering.h"
#include "looplint/Program/Language.h"

#include "clang/AST/ASTContext.h"

namespace looplint::cpp {

ClassId Lowering::lowerClass(const clang::RecordDecl *record) {
  Summary &summary = builder.summary;
  Class result;
  llvm::StringRef qualified = names.qualified(record);
  result.qualifiedName = summary.intern(qualified);
  result.name = summary.intern(qualified.substr(qualified.rfind('.') + 1));
  result.parent = module;
  result.span = spanOf(record);
  result.nameSpan = nameSpan(record);
  result.linkage = summary.intern(names.linkage(record));
  const auto *withMembers = llvm::dyn_cast<clang::CXXRecordDecl>(record);
  if (withMembers)
    for (const clang::CXXBaseSpecifier &base : withMembers->bases())
      if (const clang::RecordDecl *parent = names.classOf(base.getType()))
        result.bases.push_back(entity(parent));

  result.body = builder.addFunction({.kind = FunctionKind::ClassBody,
                                     .name = result.name,
                                     .qualifiedName = result.qualifiedName,
                                     .parent = module,
                                     .span = result.span,
                                     .nameSpan = result.nameSpan},
                                    {});
  builder.open(result.body);
  if (withMembers)
    bindMembers(withMembers);
  builder.close();
  summary.classes.push_back(std::move(result));
  return ClassId(static_cast<std::uint32_t>(summary.classes.size() - 1));
}

void Lowering::bindMembers(const clang::CXXRecordDecl *record) {
  auto bindMember = [&](const clang::CXXMethodDecl *method) {
    if (method->isDeleted())
      return;
    Place place = builder.addVariable(builder.current(), names.member(method));
    Span at = nameSpan(method);
    builder.bind(place, entity(method), at, at);
  };
  for (const clang::Decl *member : record->decls()) {
    if (const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(member)) {
      // What the compiler adds matters where it was needed.
      if (!method->isImplicit() || method->doesThisDeclarationHaveABody())
        bindMember(method);
      continue;
    }
    const auto *pattern = llvm::dyn_cast<clang::FunctionTemplateDecl>(member);
    if (!pattern)
      continue;
    bool isInstantiated = false;
    for (const clang::FunctionDecl *instance : pattern->specializations()) {
      isInstantiated = true;
      bindMember(llvm::cast<clang::CXXMethodDecl>(instance));
    }
    if (!isInstantiated)
      bindMember(llvm::cast<clang::CXXMethodDecl>(pattern->getTemplatedDecl()));
  }
}

//===----------------------------------------------------------------------===//
// Constructors and destructors
//===----------------------------------------------------------------------===//

void Lowering::initializers(const clang::CXXConstructorDecl *constructor) {
  for (const clang::CXXCtorInitializer *each : constructor->inits())
    initializer(each, nameSpan(constructor));
}

/// A constructor that a class takes over hands on its own parameters.
void Lowering::inheritedArguments(Arguments &arguments) {
  FunctionId constructor = builder.current();
  std::uint32_t count = builder.summary.function(constructor).parameters.size();
  for (std::uint32_t i = 1; i < count; ++i)
    addArgument(builder.variable({constructor, i}), {}, arguments);
}

void Lowering::initializer(const clang::CXXCtorInitializer *initializer,
                           Span around) {
  const clang::Expr *init = initializer->getInit();
  Span span = initializer->isWritten() && !elsewhere
                  ? files.span(initializer->getSourceRange())
                  : around;
  if (initializer->isAnyMemberInitializer()) {
    // A member of class type that nobody mentions is constructed nevertheless.
    if (llvm::isa<clang::ImplicitValueInitExpr>(init))
      return;
    const clang::FieldDecl *field = initializer->getAnyMember();
    ValueId value = typed(evaluated(init), origin(init)->getType());
    builder.emit({.kind = OperationKind::BindAttribute,
                  .span = span,
                  .inner = span,
                  .value = value,
                  .target = thisValue(),
                  .name = builder.summary.intern(field->getName())});
    return;
  }
  const clang::Expr *made = init->IgnoreImplicit();
  const clang::CXXConstructorDecl *called = nullptr;
  Arguments arguments;
  addArgument(thisValue(), span, arguments);
  if (const auto *construction =
          llvm::dyn_cast<clang::CXXConstructExpr>(made)) {
    called = construction->getConstructor();
    argumentsOf({construction->getArgs(), construction->getNumArgs()}, called,
                arguments);
  } else if (const auto *inherited =
                 llvm::dyn_cast<clang::CXXInheritedCtorInitExpr>(made)) {
    called = inherited->getConstructor();
    inheritedArguments(arguments);
  } else {
    evaluated(init);
  }
  if (!called || called->isTrivial())
    return;
  builder.discard(builder.emitCall(
      {.span = span, .inner = span, .value = entity(called)}, arguments));
}

void Lowering::destroyMembers(const clang::CXXDestructorDecl *destructor) {
  Span end = spanOf(destructor);
  end.begin = end.end == 0 ? 0 : end.end - 1;
  llvm::SmallVector<const clang::FieldDecl *, 8> fields(
      destructor->getParent()->fields());
  for (const clang::FieldDecl *field : llvm::reverse(fields)) {
    if (!hasEnd(field->getType()))
      continue;
    ValueId object =
        typed(builder.attribute(thisValue(), field->getName(), end),
              field->getType());
    ValueId callee = builder.attribute(object, language::destructor, end);
    builder.discard(
        builder.emitCall({.span = end, .inner = end, .value = callee}, {}));
  }
  for (const clang::CXXBaseSpecifier &base : destructor->getParent()->bases()) {
    const clang::CXXRecordDecl *parent = base.getType()->getAsCXXRecordDecl();
    if (!parent || parent->hasTrivialDestructor() || !parent->getDestructor())
      continue;
    Arguments arguments;
    addArgument(thisValue(), end, arguments);
    builder.discard(builder.emitCall(
        {.span = end, .inner = end, .value = entity(parent->getDestructor())},
        arguments));
  }
}

} // namespace looplint::cpp
