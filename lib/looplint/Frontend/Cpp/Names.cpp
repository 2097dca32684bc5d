//===- Names.cpp ----------------------------------------------------------===//

#include "Names.h"

#include "looplint/Program/Language.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Type.h"
#include "clang/Index/USRGeneration.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace looplint::cpp {

bool Names::isProject(const clang::Decl *declaration) const {
  return files.projectFile(declaration->getLocation()).has_value();
}

//===----------------------------------------------------------------------===//
// Qualified names
//===----------------------------------------------------------------------===//

std::string Names::plainName(const clang::NamedDecl *declaration) const {
  if (llvm::isa<clang::CXXConstructorDecl>(declaration))
    return language::initialiser.str();
  if (llvm::isa<clang::CXXDestructorDecl>(declaration))
    return language::destructor.str();
  if (const auto *tag = llvm::dyn_cast<clang::TagDecl>(declaration))
    if (const clang::TypedefNameDecl *alias = tag->getTypedefNameForAnonDecl())
      return alias->getNameAsString();
  return declaration->getNameAsString();
}

/// Whether a name that is declared in \p scope is also one of the scope around.
static bool isTransparent(const clang::DeclContext *scope) {
  if (const auto *space = llvm::dyn_cast<clang::NamespaceDecl>(scope))
    return space->isInline() || space->isAnonymousNamespace();
  if (const auto *enumeration = llvm::dyn_cast<clang::EnumDecl>(scope))
    return !enumeration->isScoped();
  if (const auto *record = llvm::dyn_cast<clang::CXXRecordDecl>(scope))
    return record->isLambda() || record->isAnonymousStructOrUnion();
  return !llvm::isa<clang::NamespaceDecl, clang::TagDecl, clang::FunctionDecl>(
      scope);
}

std::string Names::buildQualified(const clang::NamedDecl *declaration) {
  llvm::SmallVector<std::string, 6> parts = {plainName(declaration)};
  const clang::DeclContext *scope = declaration->getDeclContext();
  for (; scope && !scope->isTranslationUnit(); scope = scope->getParent())
    if (!isTransparent(scope))
      parts.push_back(plainName(llvm::cast<clang::NamedDecl>(scope)));
  return llvm::join(llvm::reverse(parts), ".");
}

llvm::StringRef Names::qualified(const clang::NamedDecl *declaration) {
  auto [entry, isNew] = qualifiedNames.try_emplace(declaration);
  if (isNew)
    entry->second = texts.save(buildQualified(declaration));
  return entry->second;
}

//===----------------------------------------------------------------------===//
// Linkage
//===----------------------------------------------------------------------===//

std::string Names::buildLinkage(const clang::NamedDecl *declaration) {
  llvm::SmallString<128> usr;
  bool isNameless =
      clang::index::generateUSRForDecl(declaration, usr) || usr.empty();
  std::string linkage = usr.str().str();
  const auto *function = llvm::dyn_cast<clang::FunctionDecl>(declaration);
  if (isNameless)
    linkage = "@" + buildQualified(declaration) + "@" +
              std::to_string(declaration->getLocation().getRawEncoding());
  if (isNameless || !declaration->isExternallyVisible() ||
      (function && function->isMain()))
    linkage += "@" + files.pathOf(declaration->getLocation());
  return linkage;
}

/// What a header's function is in this unit: macros may make it another one
/// elsewhere.
std::string Names::variant(const clang::NamedDecl *declaration) const {
  const auto *function = llvm::dyn_cast<clang::FunctionDecl>(declaration);
  const clang::FunctionDecl *definition =
      function ? function->getDefinition() : nullptr;
  if (!definition || !definition->doesThisDeclarationHaveABody() ||
      files.projectFile(definition->getLocation()).value_or(0) == 0)
    return {};
  if (const auto *pattern = definition->getTemplateInstantiationPattern())
    definition = pattern;
  // Clang computes it when it is first asked for.
  auto *hashed = const_cast<clang::FunctionDecl *>(definition);
  return language::variant(hashed->getODRHash());
}

llvm::StringRef Names::linkage(const clang::NamedDecl *declaration) {
  declaration = llvm::cast<clang::NamedDecl>(declaration->getCanonicalDecl());
  auto [entry, isNew] = linkages.try_emplace(declaration);
  if (isNew)
    entry->second =
        texts.save(variant(declaration) + buildLinkage(declaration));
  return entry->second;
}

//===----------------------------------------------------------------------===//
// Members
//===----------------------------------------------------------------------===//

static bool isCopyOrMove(const clang::Decl *declaration) {
  const auto *constructor =
      llvm::dyn_cast<clang::CXXConstructorDecl>(declaration);
  return constructor && constructor->isCopyOrMoveConstructor();
}

bool Names::isOverloaded(const clang::CXXMethodDecl *method) {
  auto overloads = llvm::count_if(
      method->getParent()->lookup(method->getDeclName()),
      [](const clang::NamedDecl *found) {
        if (found->isImplicit() || isCopyOrMove(found))
          return false;
        return llvm::isa<clang::CXXMethodDecl, clang::FunctionTemplateDecl>(
            found);
      });
  return overloads > 1;
}

std::string Names::parameterTypes(const clang::FunctionDecl *function) const {
  std::string types = "(";
  for (const clang::ParmVarDecl *parameter : function->parameters()) {
    if (types.size() > 1)
      types += ", ";
    types += parameter->getType().getCanonicalType().getAsString(
        context.getPrintingPolicy());
  }
  types += ")";
  const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(function);
  return method && method->isConst() ? types + " const" : types;
}

std::string
Names::templateArguments(const clang::FunctionDecl *function) const {
  const clang::TemplateArgumentList *arguments =
      function->getTemplateSpecializationArgs();
  if (!arguments)
    return {};
  std::string text;
  llvm::raw_string_ostream out(text);
  clang::printTemplateArgumentList(out, arguments->asArray(),
                                   context.getPrintingPolicy());
  return text;
}

std::string Names::buildMember(const clang::CXXMethodDecl *method) {
  while (method->size_overridden_methods() != 0)
    method = *method->begin_overridden_methods();
  if (!isProject(method->getParent()))
    return plainName(method);
  bool hasTypes = isOverloaded(method) || isCopyOrMove(method);
  return plainName(method) + templateArguments(method) +
         (hasTypes ? parameterTypes(method) : "");
}

llvm::StringRef Names::member(const clang::CXXMethodDecl *method) {
  auto [entry, isNew] = members.try_emplace(method->getCanonicalDecl());
  if (isNew)
    entry->second = texts.save(buildMember(method));
  return entry->second;
}

//===----------------------------------------------------------------------===//
// Classes
//===----------------------------------------------------------------------===//

static const clang::RecordDecl *recordOf(clang::QualType type) {
  if (const clang::RecordDecl *record = type->getAsRecordDecl())
    return record;
  // In a template's pattern: the class template that is named.
  if (const auto *special = type->getAs<clang::TemplateSpecializationType>())
    if (const auto *pattern = llvm::dyn_cast_or_null<clang::ClassTemplateDecl>(
            special->getTemplateName().getAsTemplateDecl()))
      return pattern->getTemplatedDecl();
  return nullptr;
}

static const clang::CXXMethodDecl *findArrow(const clang::ASTContext &context,
                                             const clang::CXXRecordDecl *record,
                                             unsigned depth = 0) {
  constexpr unsigned deepest = 8;
  if (!record->hasDefinition() || depth == deepest)
    return nullptr;
  clang::DeclarationName name =
      context.DeclarationNames.getCXXOperatorName(clang::OO_Arrow);
  for (const clang::NamedDecl *found : record->lookup(name))
    if (const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(found))
      return method;
  for (const clang::CXXBaseSpecifier &base : record->bases())
    if (const clang::CXXRecordDecl *parent =
            base.getType()->getAsCXXRecordDecl())
      if (const clang::CXXMethodDecl *method =
              findArrow(context, parent, depth + 1))
        return method;
  return nullptr;
}

const clang::RecordDecl *Names::pointee(const clang::CXXRecordDecl *record) {
  auto [entry, isNew] =
      pointees.try_emplace(record->getCanonicalDecl(), nullptr);
  if (!isNew)
    return entry->second;
  const clang::CXXMethodDecl *arrow = findArrow(context, record);
  if (!arrow || !arrow->getReturnType()->isPointerType())
    return nullptr;
  const clang::RecordDecl *target =
      recordOf(arrow->getReturnType()->getPointeeType());
  pointees[record->getCanonicalDecl()] = target;
  return target;
}

const clang::RecordDecl *Names::classOf(clang::QualType type) {
  if (type.isNull())
    return nullptr;
  for (type = type.getNonReferenceType(); type->isPointerType();)
    type = type->getPointeeType();
  const clang::RecordDecl *record = recordOf(type);
  const auto *withMembers =
      llvm::dyn_cast_or_null<clang::CXXRecordDecl>(record);
  if (!withMembers)
    return record;
  if (withMembers->isLambda())
    return nullptr;
  const clang::RecordDecl *target = pointee(withMembers);
  return target ? target : record;
}

} // namespace looplint::cpp
