//===- LowerCpp.h - the C++ of a run, lowered -----------------------------===//

#ifndef LOOPLINT_LIB_DRIVER_LOWERCPP_H
#define LOOPLINT_LIB_DRIVER_LOWERCPP_H

#include "looplint/Driver/Configuration.h"
#include "looplint/Driver/Progress.h"
#include "looplint/Program/Summary.h"
#include "looplint/Source/Sources.h"

#include <optional>
#include <vector>

namespace looplint {

/// Lowers the translation units among \p sources, in processes beside this one,
/// and puts what they make of each file into \p summaries, at the file's id. A
/// header gets further ids in \p sources for what further units make of it. A
/// unit that failed leaves an error in its file's summary. \p units gets, for
/// each id, the main file of the unit that the summary is of; invalid for files
/// that no unit has read.
void lowerCpp(const Configuration &configuration,
              const std::vector<std::string> &defines, Sources &sources,
              std::vector<Summary> &summaries, std::vector<FileId> &units,
              Progress &progress);

/// Lowers the unit whose main file is \p unit as if \p file contained \p text;
/// none where there is no such unit, or where it fails. What the compiler has
/// to complain of in other files is told of this one as well.
std::optional<Summary> lowerCppAgain(const Configuration &configuration,
                                     const std::vector<std::string> &defines,
                                     const Sources &sources, FileId unit,
                                     FileId file, llvm::StringRef text);

} // namespace looplint

#endif // LOOPLINT_LIB_DRIVER_LOWERCPP_H
