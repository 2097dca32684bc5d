//===- Names.h - what declarations are called -----------------------------===//
//
// A qualified name is for models: no template arguments, no inline namespaces,
// no typedefs. A linkage is for the program: it tells overloads and
// instantiations apart, and is equal in every unit that sees the declaration.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_FRONTEND_CPP_NAMES_H
#define LOOPLINT_FRONTEND_CPP_NAMES_H

#include "Files.h"

#include "llvm/Support/Allocator.h"
#include "llvm/Support/StringSaver.h"

#include <string>

namespace clang {
class ASTContext;
class CXXConstructorDecl;
class CXXMethodDecl;
class CXXRecordDecl;
class Decl;
class DeclContext;
class FunctionDecl;
class NamedDecl;
class QualType;
class RecordDecl;
} // namespace clang

namespace looplint::cpp {

class Names {
public:
  Names(const clang::ASTContext &context, Files &files)
      : context(context), files(files) {}

  bool isProject(const clang::Decl *declaration) const;

  /// "asio.io_context.run"
  llvm::StringRef qualified(const clang::NamedDecl *declaration);
  /// Clang's USR. What only one file sees has its path behind it, since a USR
  /// knows no folders; a function of a header has before it what tells its body
  /// from others.
  llvm::StringRef linkage(const clang::NamedDecl *declaration);
  /// The attribute of its class that a method is.
  llvm::StringRef member(const clang::CXXMethodDecl *method);

  /// The class that a value of \p type leads to through references, pointers
  /// and smart pointers; null where there is none, or it is a lambda's.
  const clang::RecordDecl *classOf(clang::QualType type);
  /// The class of what `->` of an object of class \p record leads to.
  const clang::RecordDecl *pointee(const clang::CXXRecordDecl *record);

private:
  std::string buildQualified(const clang::NamedDecl *declaration);
  std::string buildLinkage(const clang::NamedDecl *declaration);
  std::string variant(const clang::NamedDecl *declaration) const;
  std::string buildMember(const clang::CXXMethodDecl *method);
  std::string plainName(const clang::NamedDecl *declaration) const;
  std::string parameterTypes(const clang::FunctionDecl *function) const;
  std::string templateArguments(const clang::FunctionDecl *function) const;
  static bool isOverloaded(const clang::CXXMethodDecl *method);

  const clang::ASTContext &context;
  Files &files;
  llvm::BumpPtrAllocator memory;
  llvm::StringSaver texts{memory};
  using Table = llvm::DenseMap<const clang::Decl *, llvm::StringRef>;
  Table qualifiedNames;
  Table linkages;
  Table members;
  llvm::DenseMap<const clang::Decl *, const clang::RecordDecl *> pointees;
};

} // namespace looplint::cpp

#endif // LOOPLINT_FRONTEND_CPP_NAMES_H
