//===- Contents.cpp -------------------------------------------------------===//

#include "Contents.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/SmallVector.h"

namespace looplint::cpp {

namespace {

/// Walks declarations and never statements, by a list of its own: classes nest
/// as deeply as the program likes.
class Collector {
public:
  explicit Collector(Files &files) : files(files) {}

  void collect(llvm::ArrayRef<clang::Decl *> topLevel);

  std::vector<Contents> contents;

private:
  /// A template with more instantiations than this is a computation, and one
  /// of them is like the other.
  static constexpr unsigned mostInstantiations = 24;

  void visit(const clang::Decl *declaration);
  void visitFunction(const clang::FunctionDecl *function);
  void visitFunctionTemplate(const clang::FunctionTemplateDecl *pattern);
  void visitLambda(const clang::CXXRecordDecl *record);
  void visitClass(const clang::RecordDecl *record);
  void visitClassTemplate(const clang::ClassTemplateDecl *pattern);
  void visitVariable(const clang::VarDecl *variable);
  void push(const clang::DeclContext *scope);
  Contents *contentsAt(const clang::Decl *declaration);

  Files &files;
  llvm::SmallVector<const clang::Decl *> waiting;
};

} // namespace

Contents *Collector::contentsAt(const clang::Decl *declaration) {
  std::optional<unsigned> file = files.projectFile(declaration->getLocation());
  if (!file)
    return nullptr;
  if (contents.size() <= *file)
    contents.resize(*file + 1);
  return &contents[*file];
}

void Collector::push(const clang::DeclContext *scope) {
  std::size_t begin = waiting.size();
  for (const clang::Decl *member : scope->decls())
    waiting.push_back(member);
  std::reverse(waiting.begin() + static_cast<std::ptrdiff_t>(begin),
               waiting.end());
}

void Collector::collect(llvm::ArrayRef<clang::Decl *> topLevel) {
  for (const clang::Decl *declaration : topLevel) {
    waiting.push_back(declaration);
    while (!waiting.empty())
      visit(waiting.pop_back_val());
  }
}

void Collector::visit(const clang::Decl *declaration) {
  if (const auto *function = llvm::dyn_cast<clang::FunctionDecl>(declaration))
    return visitFunction(function);
  if (const auto *variable = llvm::dyn_cast<clang::VarDecl>(declaration))
    return visitVariable(variable);
  // Instantiations are found at their template.
  if (const auto *instance =
          llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(declaration);
      instance &&
      (llvm::isa<clang::ClassTemplatePartialSpecializationDecl>(instance) ||
       instance->getSpecializationKind() != clang::TSK_ExplicitSpecialization))
    return;
  if (const auto *record = llvm::dyn_cast<clang::RecordDecl>(declaration))
    return visitClass(record);
  if (const auto *pattern =
          llvm::dyn_cast<clang::FunctionTemplateDecl>(declaration))
    return visitFunctionTemplate(pattern);
  if (const auto *pattern =
          llvm::dyn_cast<clang::ClassTemplateDecl>(declaration))
    return visitClassTemplate(pattern);
  if (const auto *friendship = llvm::dyn_cast<clang::FriendDecl>(declaration)) {
    if (const clang::NamedDecl *named = friendship->getFriendDecl())
      visit(named);
    return;
  }
  if (llvm::isa<clang::NamespaceDecl, clang::LinkageSpecDecl,
                clang::ExportDecl>(declaration))
    push(llvm::cast<clang::DeclContext>(declaration));
}

/// Copies and moves that are nobody's code: an object stays the object.
static bool isOwnCopy(const clang::FunctionDecl *function) {
  if (!function->isDefaulted())
    return false;
  if (const auto *constructor =
          llvm::dyn_cast<clang::CXXConstructorDecl>(function))
    return constructor->isCopyOrMoveConstructor();
  const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(function);
  return method && (method->isCopyAssignmentOperator() ||
                    method->isMoveAssignmentOperator());
}

/// Whether \p function, written behind its class template, is there as the
/// member of an instantiation.
static bool isInstantiatedPattern(const clang::FunctionDecl *function) {
  if (function->getLexicalDeclContext() == function->getDeclContext())
    return false;
  for (const clang::DeclContext *scope = function->getDeclContext(); scope;
       scope = scope->getParent()) {
    const auto *record = llvm::dyn_cast<clang::CXXRecordDecl>(scope);
    const clang::ClassTemplateDecl *pattern =
        record ? record->getDescribedClassTemplate() : nullptr;
    if (pattern && !pattern->specializations().empty())
      return true;
  }
  return false;
}

void Collector::visitFunction(const clang::FunctionDecl *function) {
  if (!function->doesThisDeclarationHaveABody() || function->isDeleted() ||
      isOwnCopy(function) || isInstantiatedPattern(function))
    return;
  Contents *file = contentsAt(function);
  if (!file)
    return;
  file->functions.push_back(function);
  // Classes inside of it, and inside of its lambdas.
  for (const clang::Decl *local : function->decls())
    if (llvm::isa<clang::RecordDecl>(local))
      waiting.push_back(local);
}

/// The class of a lambda is no class of the program, but what its body declares
/// may be.
void Collector::visitLambda(const clang::CXXRecordDecl *record) {
  const clang::CXXMethodDecl *body = record->getLambdaCallOperator();
  if (!body)
    return;
  for (const clang::Decl *local : body->decls())
    if (llvm::isa<clang::RecordDecl>(local))
      waiting.push_back(local);
}

void Collector::visitFunctionTemplate(
    const clang::FunctionTemplateDecl *pattern) {
  if (!files.projectFile(pattern->getLocation()))
    return;
  unsigned count = 0;
  for (const clang::FunctionDecl *instance : pattern->specializations()) {
    // Another declaration of the template, or an explicit specialisation, which
    // stands for itself elsewhere.
    const clang::FunctionDecl *definition = instance->getDefinition();
    if (!definition || instance->getTemplateSpecializationKind() ==
                           clang::TSK_ExplicitSpecialization)
      continue;
    if (pattern->isCanonicalDecl() && ++count <= mostInstantiations)
      visitFunction(definition);
    count = std::max(count, 1U);
  }
  if (count == 0)
    visitFunction(pattern->getTemplatedDecl());
}

void Collector::visitClass(const clang::RecordDecl *record) {
  if (!record->isThisDeclarationADefinition() || record->isImplicit())
    return;
  const auto *withMembers = llvm::dyn_cast<clang::CXXRecordDecl>(record);
  if (withMembers && withMembers->isLambda())
    return visitLambda(withMembers);
  Contents *file = contentsAt(record);
  if (!file)
    return;
  file->classes.push_back(record);
  push(record);
}

void Collector::visitClassTemplate(const clang::ClassTemplateDecl *pattern) {
  if (!pattern->isCanonicalDecl() || !files.projectFile(pattern->getLocation()))
    return;
  unsigned count = 0;
  for (const clang::ClassTemplateSpecializationDecl *instance :
       pattern->specializations())
    if (instance->getSpecializationKind() !=
            clang::TSK_ExplicitSpecialization &&
        instance->hasDefinition() && ++count <= mostInstantiations)
      visitClass(instance->getDefinition());
  if (count == 0)
    if (const clang::CXXRecordDecl *definition =
            pattern->getTemplatedDecl()->getDefinition())
      visitClass(definition);
}

void Collector::visitVariable(const clang::VarDecl *variable) {
  if (!variable->isThisDeclarationADefinition() ||
      !variable->hasGlobalStorage())
    return;
  if (Contents *file = contentsAt(variable))
    file->globals.push_back(variable);
}

std::vector<Contents> contentsOf(llvm::ArrayRef<clang::Decl *> topLevel,
                                 Files &files) {
  Collector collector(files);
  collector.collect(topLevel);
  return std::move(collector.contents);
}

} // namespace looplint::cpp
