//===- FileId.h - which file ----------------------------------------------===//

#ifndef LOOPLINT_SOURCE_FILEID_H
#define LOOPLINT_SOURCE_FILEID_H

#include "looplint/Support/Id.h"

namespace looplint {

/// A file of this run, numbered in the order of the sorted paths.
using FileId = Id<struct FileTag>;

} // namespace looplint

#endif // LOOPLINT_SOURCE_FILEID_H
