//===- Lowering.cpp - the parts of a file, and functions ------------------===//

#include "Lowering.h"

#include "looplint/Program/Language.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"

namespace looplint::cpp {

void Lowering::run(const Contents &contents) {
  Summary &summary = builder.summary;
  StringId name = summary.intern("<module>");
  module = builder.addFunction(
      {.kind = FunctionKind::Module, .name = name, .qualifiedName = name}, {});
  lowerModule(contents);
  lowerClosures();
  for (const clang::FunctionDecl *function : contents.functions) {
    lowerFunction(function);
    lowerClosures();
  }
  builder.finish();
}

void Lowering::lowerModule(const Contents &contents) {
  llvm::SmallVector<ClassId> classes;
  for (const clang::RecordDecl *record : contents.classes)
    classes.push_back(lowerClass(record));

  builder.open(module);
  for (auto [record, id] : llvm::zip(contents.classes, classes)) {
    Span at = nameSpan(record);
    ValueId value = builder.add(
        {.kind = ValueKind::Class, .a = id.raw(), .span = spanOf(record)});
    builder.bind(builder.global(names.linkage(record)), value, at, at);
  }
  for (const clang::VarDecl *declaration : contents.globals)
    variable(declaration, spanOf(declaration));
  builder.close();
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

void Lowering::lowerFunction(const clang::FunctionDecl *function) {
  FunctionId id = declare(function);
  const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(function);
  thisFunction =
      method && method->isImplicitObjectMemberFunction() ? id : FunctionId();
  lowerBody(id, function);
}

void Lowering::lowerClosures() {
  while (!closures.empty()) {
    Closure closure = closures.front();
    closures.pop_front();
    thisFunction = closure.thisFunction;
    elsewhere = closure.elsewhere;
    lowerBody(closure.id, closure.function);
  }
  elsewhere = {};
}

Parameter Lowering::parameter(const clang::ParmVarDecl *declaration) {
  Parameter result = {.kind = Parameter::Ordinary,
                      .name = builder.summary.intern(declaration->getName()),
                      .defaultValue = {},
                      .annotation = {}};
  if (const clang::RecordDecl *record = names.classOf(declaration->getType()))
    result.annotation = entity(record);
  if (declaration->isParameterPack())
    result.kind = Parameter::Rest;
  if (declaration->hasDefaultArg())
    result.defaultValue = defaultValue(declaration);
  return result;
}

/// A literal; whatever else may run code is evaluated by the call.
ValueId Lowering::defaultValue(const clang::ParmVarDecl *declaration) {
  if (declaration->hasUninstantiatedDefaultArg() ||
      declaration->hasUnparsedDefaultArg())
    return builder.unknown();
  const clang::Expr *value = written(declaration->getDefaultArg());
  const auto *cast = llvm::dyn_cast<clang::CastExpr>(value);
  const auto *reference = llvm::dyn_cast<clang::DeclRefExpr>(value);
  bool isLiteral =
      llvm::isa<clang::IntegerLiteral, clang::CXXBoolLiteralExpr,
                clang::CXXNullPtrLiteralExpr, clang::GNUNullExpr,
                clang::FloatingLiteral, clang::StringLiteral>(value) ||
      (cast && cast->getCastKind() == clang::CK_NullToPointer) ||
      (reference && llvm::isa<clang::EnumConstantDecl>(reference->getDecl()));
  return isLiteral ? evaluated(value) : builder.unknown();
}

FunctionId Lowering::declare(const clang::FunctionDecl *function) {
  Summary &summary = builder.summary;
  llvm::SmallVector<Parameter, 8> parameters;
  const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(function);
  if (method && method->isImplicitObjectMemberFunction())
    parameters.push_back({.name = summary.intern(language::receiver),
                          .annotation = entity(method->getParent())});
  for (const clang::ParmVarDecl *declaration : function->parameters())
    parameters.push_back(parameter(declaration));

  Function result;
  result.kind = FunctionKind::Plain;
  result.isAsync =
      llvm::isa_and_nonnull<clang::CoroutineBodyStmt>(function->getBody());
  result.isEager = startsAtOnce(function);
  if (method && method->isStatic())
    result.binding = Function::Static;
  result.name =
      summary.intern(method ? names.member(method)
                            : names.qualified(function).rsplit('.').second);
  if (!method || summary.string(result.name).empty())
    result.name = summary.intern(function->getNameAsString());
  result.qualifiedName = summary.intern(names.qualified(function));
  result.parent = module;
  result.span = spanOf(function);
  result.nameSpan = nameSpan(function);
  if (const clang::RecordDecl *record =
          names.classOf(function->getReturnType()))
    result.returnAnnotation = entity(record);
  result.linkage = summary.intern(names.linkage(function));
  FunctionId id = builder.addFunction(result, parameters);
  placeParameters(id, function);
  return id;
}

void Lowering::placeParameters(FunctionId id,
                               const clang::FunctionDecl *function) {
  Summary &summary = builder.summary;
  bool hasObject = summary.function(id).kind == FunctionKind::Lambda &&
                   function->hasCXXExplicitFunctionObjectParameter();
  llvm::ArrayRef<clang::ParmVarDecl *> arguments =
      function->parameters().drop_front(hasObject);
  std::uint32_t index =
      summary.function(id).parameters.size() - arguments.size();
  for (const clang::ParmVarDecl *declaration : arguments)
    places[declaration] = {id, index++};
}

void Lowering::lowerBody(FunctionId id, const clang::FunctionDecl *function) {
  scopes.clear();
  moved.clear();
  lambdas.clear();
  builder.open(id);
  enterScope();
  if (const auto *constructor =
          llvm::dyn_cast<clang::CXXConstructorDecl>(function))
    initializers(constructor);
  const clang::Stmt *body = function->getBody();
  if (const auto *coroutine =
          llvm::dyn_cast_or_null<clang::CoroutineBodyStmt>(body))
    body = coroutine->getBody();
  statement(body);
  if (const auto *destructor =
          llvm::dyn_cast<clang::CXXDestructorDecl>(function))
    destroyMembers(destructor);
  builder.close();
}

//===----------------------------------------------------------------------===//
// Places in the file
//===----------------------------------------------------------------------===//

Span Lowering::spanOf(const clang::Stmt *statement) const {
  return elsewhere ? *elsewhere : files.span(statement->getSourceRange());
}

Span Lowering::spanOf(const clang::Decl *declaration) const {
  return elsewhere ? *elsewhere : files.span(declaration->getSourceRange());
}

Span Lowering::nameSpan(const clang::NamedDecl *declaration) const {
  return elsewhere ? *elsewhere : files.span(declaration->getLocation());
}

} // namespace looplint::cpp
