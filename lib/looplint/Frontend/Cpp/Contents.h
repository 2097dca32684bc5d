//===- Contents.h - what each file of the project defines -----------------===//

#ifndef LOOPLINT_FRONTEND_CPP_CONTENTS_H
#define LOOPLINT_FRONTEND_CPP_CONTENTS_H

#include "Files.h"

#include "llvm/ADT/ArrayRef.h"

#include <vector>

namespace clang {
class Decl;
class FunctionDecl;
class RecordDecl;
class VarDecl;
} // namespace clang

namespace looplint::cpp {

/// In the order of the file, as far as the order matters; templates by their
/// instantiations, or by their pattern where there are none.
struct Contents {
  /// Variables with initialisers and static storage.
  std::vector<const clang::VarDecl *> globals;
  /// Definitions.
  std::vector<const clang::RecordDecl *> classes;
  std::vector<const clang::FunctionDecl *> functions;
};

/// Sorts the definitions below \p topLevel into files, by Files::projectFile.
std::vector<Contents> contentsOf(llvm::ArrayRef<clang::Decl *> topLevel,
                                 Files &files);

} // namespace looplint::cpp

#endif // LOOPLINT_FRONTEND_CPP_CONTENTS_H
