//===- UnusedImports.h - imports that a repair leaves without a use -------===//

#ifndef LOOPLINT_FIX_UNUSEDIMPORTS_H
#define LOOPLINT_FIX_UNUSEDIMPORTS_H

#include "looplint/Fix/Propose.h"
#include "looplint/Frontend/Python/Layout.h"

namespace looplint {

/// Another file takes the name from this one.
bool isImportedElsewhere(const Program &program, FileId file,
                         llvm::StringRef name);

/// Edits that remove imports from the text of \p edited, one of \p before and
/// \p after: of names that \p before uses and \p after does not. Kept is what
/// may be imported for another reason: by a module that others take the name
/// from, under a comment, and what no model and no standard library knows,
/// which may do something when it is imported.
std::vector<Edit> unusedImports(const FixInput &input, FileId file,
                                const python::Layout &edited,
                                const python::Layout &before,
                                const python::Layout &after);

} // namespace looplint

#endif // LOOPLINT_FIX_UNUSEDIMPORTS_H
