//===- Write.h - a changed file, back to disk -----------------------------===//

#ifndef LOOPLINT_FIX_WRITE_H
#define LOOPLINT_FIX_WRITE_H

#include "looplint/Source/SourceFile.h"

#include "llvm/Support/Error.h"

namespace looplint {

/// Makes the file's present text, which was \p original when it was read, what
/// is on disk. At any moment, whatever happens, the file is the old one or the
/// new one; mode and owner are kept, and of a symbolic link it is the target
/// that changes. What an interrupted run left behind is removed by the next
/// write of the same file.
///
/// Refuses, with the path and the reason: a file that was changed since it was
/// read, one that may not be written, and one whose encoding does not bring the
/// bytes outside of the edits back as they were.
llvm::Error writeBack(const SourceFile &file, llvm::StringRef original);

} // namespace looplint

#endif // LOOPLINT_FIX_WRITE_H
